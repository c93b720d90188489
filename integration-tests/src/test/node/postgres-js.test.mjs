// postgres.js: describes every statement, pipelines by itself, names its statements.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import postgres from 'postgres';
import { config } from './fixtures.mjs';

const sql = postgres({ ...config, max: 4, onnotice: () => {} });
after(() => sql.end());

test('parameters are described by the server', async () => {
  const [row] = await sql`SELECT ${5}::int + 1 AS i, ${'x'} || 'y' AS t, ${true}::bool AS b, ${sql.json({ a: 1 })} AS j`;
  assert.deepEqual({ ...row }, { i: 6, t: 'xy', b: true, j: { a: 1 } });
  const [dates] = await sql`SELECT ${new Date('2024-02-29T12:00:00Z')}::timestamptz AS d, ${[1, 2]}::int[] AS a`;
  assert.equal(dates.d.toISOString(), '2024-02-29T12:00:00.000Z');
  assert.deepEqual(dates.a, [1, 2]);
});

test('helpers for rows and lists', async () => {
  await sql`CREATE TABLE people (id int PRIMARY KEY, name text, tags text[])`;
  const people = [{ id: 1, name: 'Ann', tags: ['a'] }, { id: 2, name: 'Bob', tags: [] }];
  assert.equal((await sql`INSERT INTO people ${sql(people)}`).count, 2);
  assert.deepEqual((await sql`SELECT id FROM people WHERE name IN ${sql(['Ann', 'Zoe'])}`).map((r) => r.id), [1]);
  await sql`UPDATE people SET ${sql({ name: 'Anna' }, 'name')} WHERE id = ${1}`;
  assert.equal((await sql`SELECT name FROM people WHERE id = 1`)[0].name, 'Anna');
  assert.deepEqual((await sql`SELECT tags FROM people WHERE id = ANY(${[1]}::int[])`)[0].tags, ['a']);
  await sql`DROP TABLE people`;
});

test('pipelined queries, one of which fails', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) => (i === 20 ? sql`SELECT 1 / ${0}::int AS n` : sql`SELECT ${i}::int AS n`)));
  results.forEach((result, i) => {
    if (i === 20) {
      assert.equal(result.reason.code, '22012');
    } else {
      assert.equal(result.value[0].n, i);
    }
  });
});

test('transactions and savepoints', async () => {
  await sql`CREATE TABLE tx (a int PRIMARY KEY)`;
  await sql.begin(async (t) => {
    await t`INSERT INTO tx VALUES (1)`;
    await t.savepoint((s) => s`INSERT INTO tx VALUES (1)`).catch((e) => assert.equal(e.code, '23505'));
    await t`INSERT INTO tx VALUES (2)`;
  });
  await sql.begin((t) => [t`INSERT INTO tx VALUES (3)`, t`INSERT INTO tx VALUES (3)`]).catch(() => {});
  assert.deepEqual((await sql`SELECT a FROM tx ORDER BY a`).map((r) => r.a), [1, 2]);
  await sql`DROP TABLE tx`;
});

test('cursors', async () => {
  const sizes = [];
  await sql`SELECT g FROM generate_series(1, 95) g`.cursor(30, (rows) => sizes.push(rows.length));
  assert.deepEqual(sizes, [30, 30, 30, 5]);
});

test('unsafe and simple', async () => {
  const results = await sql.unsafe('SELECT 1 AS a; SELECT 2 AS b').simple();
  assert.deepEqual([results[0][0].a, results[1][0].b], [1, 2]);
});
