"""asyncpg: binary formats only, prepares every statement, Flush instead of Sync, reads types by itself."""

import asyncio
import io
import unittest

import asyncpg

from fixtures import DATABASE, HOST, PORT, TYPE_VALUES, USER, same


class AsyncpgTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.db = await asyncpg.connect(host=HOST, port=PORT, user=USER, database=DATABASE)

    async def asyncTearDown(self):
        await self.db.close()

    async def test_settings_and_version(self):
        self.assertEqual(self.db.get_server_version().major, 15)
        self.assertEqual(self.db.get_settings().client_encoding.upper().replace("-", ""), "UTF8")
        other = await asyncpg.connect(
            host=HOST, port=PORT, user=USER, database=DATABASE,
            server_settings={"application_name": "suite", "search_path": "pg_catalog"},
        )
        self.assertEqual(await other.fetchval("SHOW application_name"), "suite")
        self.assertEqual(await other.fetchval("SHOW search_path"), "pg_catalog")
        await other.close()

    async def test_types(self):
        for name, values in TYPE_VALUES:
            for value in values:
                with self.subTest(type=name, value=value):
                    back = await self.db.fetchval(f"SELECT $1::{name}", value)
                    self.assertTrue(same(value, back), back)

    async def test_table_of_types(self):
        columns = ", ".join(f"c{i} {name}" for i, (name, _) in enumerate(TYPE_VALUES))
        await self.db.execute(f"CREATE TEMP TABLE all_types (id int PRIMARY KEY, {columns})")
        row = [values[0] for _, values in TYPE_VALUES]
        marks = ", ".join(f"${i + 2}" for i in range(len(row)))
        await self.db.execute(f"INSERT INTO all_types VALUES ($1, {marks})", 1, *row)
        got = await self.db.fetchrow("SELECT * FROM all_types WHERE id = $1", 1)
        self.assertEqual(list(got)[1:], row)

    async def test_json_record_and_enum_like_types(self):
        self.assertEqual(await self.db.fetchval("SELECT $1::jsonb", '{"a": [1, null]}'), '{"a": [1, null]}')
        self.assertEqual(await self.db.fetchval("SELECT $1::json", '{"a":1}'), '{"a":1}')
        await self.db.set_type_codec("jsonb", schema="pg_catalog", encoder=lambda v: v, decoder=len)
        self.assertEqual(await self.db.fetchval("SELECT '[1]'::jsonb"), 3)
        self.assertEqual(tuple(await self.db.fetchval("SELECT ROW(1, 'x'::text, NULL::int8)")), (1, "x", None))
        self.assertEqual(await self.db.fetchval("SELECT ARRAY[ROW(1, 2)]"), [(1, 2)])
        self.assertEqual(await self.db.fetchval("SELECT 'pg_class'::regclass::text"), "pg_class")

    async def test_prepared_statements(self):
        statement = await self.db.prepare("SELECT a + $1 AS total, 'x'::text AS t FROM generate_series(1, $2) a")
        self.assertEqual([p.name for p in statement.get_parameters()], ["int4", "int4"])
        self.assertEqual([a.name for a in statement.get_attributes()], ["total", "t"])
        self.assertEqual([r["total"] for r in await statement.fetch(10, 3)], [11, 12, 13])
        self.assertEqual(statement.get_statusmsg(), "SELECT 3")
        self.assertEqual(await statement.fetchval(1, 1), 2)

    async def test_prepared_statement_after_a_change_of_the_table(self):
        await self.db.execute("CREATE TEMP TABLE changing (a int)")
        await self.db.execute("INSERT INTO changing VALUES (1)")
        query = "SELECT * FROM changing"
        self.assertEqual(tuple(await self.db.fetchrow(query)), (1,))
        await self.db.execute("ALTER TABLE changing ADD COLUMN b text DEFAULT 'new'")
        self.assertEqual(tuple(await self.db.fetchrow(query)), (1, "new"))

    async def test_transactions(self):
        await self.db.execute("CREATE TEMP TABLE t (a int PRIMARY KEY)")
        async with self.db.transaction():
            await self.db.execute("INSERT INTO t VALUES (1)")
            with self.assertRaises(asyncpg.UniqueViolationError):
                async with self.db.transaction():
                    await self.db.execute("INSERT INTO t VALUES (2)")
                    await self.db.execute("INSERT INTO t VALUES (1)")
            await self.db.execute("INSERT INTO t VALUES (3)")
        with self.assertRaises(ZeroDivisionError):
            async with self.db.transaction(isolation="repeatable_read"):
                await self.db.execute("INSERT INTO t VALUES (4)")
                raise ZeroDivisionError
        self.assertEqual([r[0] for r in await self.db.fetch("SELECT a FROM t ORDER BY a")], [1, 3])
        with self.assertRaises(asyncpg.ReadOnlySQLTransactionError):
            async with self.db.transaction(readonly=True):
                await self.db.execute("CREATE TABLE never (a int)")

    async def test_errors(self):
        cases = [
            ("SELECT 1/0", "22012"),
            ("SELECT nope", "42703"),
            ("SELECT * FROM nope", "42P01"),
            ("SELEC 1", "42601"),
            ("SELECT nope()", "42883"),
            ("SELECT 'x'::int", "22P02"),
            ("SELECT 99999999999::int", "22003"),
        ]
        for query, state in cases:
            with self.subTest(query=query):
                with self.assertRaises(asyncpg.PostgresError) as caught:
                    await self.db.fetch(query)
                self.assertEqual(caught.exception.sqlstate, state)
        await self.db.execute("CREATE TEMP TABLE e (a int CONSTRAINT positive CHECK (a > 0))")
        with self.assertRaises(asyncpg.CheckViolationError) as caught:
            await self.db.execute("INSERT INTO e VALUES ($1)", -1)
        self.assertEqual(caught.exception.constraint_name, "positive")
        self.assertEqual(caught.exception.table_name, "e")
        with self.assertRaises(asyncpg.DataError):
            await self.db.fetchval("SELECT $1::int", "not a number")

    async def test_many_executions_in_one_round_trip(self):
        await self.db.execute("CREATE TEMP TABLE m (a int PRIMARY KEY, b text)")
        await self.db.executemany("INSERT INTO m VALUES ($1, $2)", [(i, f"v{i}") for i in range(2000)])
        self.assertEqual(await self.db.fetchval("SELECT count(*) FROM m"), 2000)
        # All or nothing: the batch is one implicit transaction.
        with self.assertRaises(asyncpg.UniqueViolationError):
            await self.db.executemany("INSERT INTO m VALUES ($1, $2)", [(9000, "x"), (1, "twice")])
        self.assertEqual(await self.db.fetchval("SELECT count(*) FROM m"), 2000)

    async def test_cursors(self):
        async with self.db.transaction():
            seen = [r[0] async for r in self.db.cursor("SELECT generate_series(1, $1::int)", 120, prefetch=50)]
            self.assertEqual(seen, list(range(1, 121)))
            cursor = await self.db.cursor("SELECT generate_series(1, 10)")
            self.assertEqual(await cursor.forward(3), 3)
            self.assertEqual((await cursor.fetchrow())[0], 4)
            self.assertEqual([r[0] for r in await cursor.fetch(100)], [5, 6, 7, 8, 9, 10])

    async def test_copy(self):
        await self.db.execute("CREATE TEMP TABLE c (a int, b text, v float8)")
        rows = [(1, "one", 1.5), (2, None, -2.0), (3, "tab\tand\nline", 0.0)]
        self.assertEqual(await self.db.copy_records_to_table("c", records=rows), "COPY 3")
        self.assertEqual([tuple(r) for r in await self.db.fetch("SELECT * FROM c ORDER BY a")], rows)
        out = io.BytesIO()
        await self.db.copy_from_query("SELECT a, b FROM c WHERE a < $1 ORDER BY a", 3, output=out, format="csv")
        self.assertEqual(out.getvalue(), b"1,one\n2,\n")
        out.seek(0)
        self.assertEqual(
            await self.db.copy_to_table("c", source=out, columns=["a", "b"], format="csv"), "COPY 2")
        binary = io.BytesIO()
        await self.db.copy_from_table("c", output=binary, format="binary")
        self.assertTrue(binary.getvalue().startswith(b"PGCOPY\n\xff\r\n\x00"))

    async def test_cancel_by_timeout(self):
        with self.assertRaises(asyncio.TimeoutError):
            await self.db.fetch("SELECT pg_sleep(60)", timeout=0.2)
        self.assertEqual(await self.db.fetchval("SELECT 1"), 1)

    async def test_notices_and_status(self):
        notices = []
        self.db.add_log_listener(lambda _, message: notices.append(message))
        await self.db.execute("DROP TABLE IF EXISTS not_there")
        self.assertEqual(await self.db.execute("CREATE TEMP TABLE s (a int)"), "CREATE TABLE")
        self.assertEqual(await self.db.execute("INSERT INTO s VALUES (1), (2)"), "INSERT 0 2")
        self.assertEqual(await self.db.execute("UPDATE s SET a = a + 1; DELETE FROM s WHERE a = 3"), "DELETE 1")
        await asyncio.sleep(0)
        self.assertEqual([n.sqlstate for n in notices], ["00000"])

    async def test_pool_resets_sessions(self):
        async with asyncpg.create_pool(
            host=HOST, port=PORT, user=USER, database=DATABASE, min_size=2, max_size=4
        ) as pool:
            async with pool.acquire() as first:
                await first.execute("SET statement_timeout = 12345")
                await first.execute("SELECT pg_advisory_lock(42)")
            totals = await asyncio.gather(
                *(pool.fetchval("SELECT sum(g) FROM generate_series(1, $1) g", n) for n in range(1, 21)))
            self.assertEqual(totals, [n * (n + 1) // 2 for n in range(1, 21)])
            for _ in range(4):
                self.assertEqual(await pool.fetchval("SHOW statement_timeout"), "0")

    async def test_vectors(self):
        await self.db.execute("CREATE EXTENSION IF NOT EXISTS vector")
        await self.db.set_type_codec(
            "vector", encoder=lambda v: str(v), decoder=lambda s: [float(x) for x in s[1:-1].split(",")])
        await self.db.execute("CREATE TEMP TABLE v (id int, e vector(3))")
        await self.db.executemany(
            "INSERT INTO v VALUES ($1, $2)", [(1, [1.0, 0.0, 0.0]), (2, [0.0, 1.0, 0.0]), (3, [0.9, 0.1, 0.0])])
        near = await self.db.fetch("SELECT id, e FROM v ORDER BY e <=> $1 LIMIT 2", [1.0, 0.0, 0.0])
        self.assertEqual([r["id"] for r in near], [1, 3])
        self.assertEqual(near[0]["e"], [1.0, 0.0, 0.0])


if __name__ == "__main__":
    unittest.main()
