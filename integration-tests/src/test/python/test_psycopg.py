"""psycopg 3: parameters in text and in binary, server-side cursors, pipeline mode, COPY."""

import datetime as dt
import unittest

import psycopg
from pgvector.psycopg import register_vector
from psycopg import errors, sql
from psycopg.rows import class_row, dict_row
from psycopg.types.json import Jsonb

from fixtures import DATABASE, HOST, PORT, TYPE_VALUES, USER, same

INFO = f"host={HOST} port={PORT} user={USER} dbname={DATABASE}"


class PsycopgTest(unittest.TestCase):
    def setUp(self):
        self.db = psycopg.connect(INFO, autocommit=True)

    def tearDown(self):
        self.db.close()

    def test_connection_info(self):
        info = self.db.info
        self.assertEqual(info.server_version // 10000, 15)
        self.assertEqual(info.encoding, "utf-8")
        self.assertEqual(info.parameter_status("integer_datetimes"), "on")
        self.assertEqual(self.db.execute("SELECT current_user").fetchone(), (USER,))

    def test_types_in_text_and_binary(self):
        for binary_result in (False, True):
            for mark in ("%t", "%b", "%s"):
                for name, values in TYPE_VALUES:
                    for value in values:
                        if value == [] and mark == "%b":
                            continue
                        with self.subTest(type=name, value=value, mark=mark, binary=binary_result):
                            cursor = self.db.cursor(binary=binary_result)
                            back = cursor.execute(f"SELECT {mark}::{name}", (value,)).fetchone()[0]
                            self.assertTrue(same(value, back), back)

    def test_small_integers_are_sent_as_int2(self):
        self.db.execute("CREATE TEMP TABLE small (id int8, name varchar(10), n numeric)")
        self.db.execute("INSERT INTO small VALUES (%s, %s, %s), (%s, 'b', %s)", (1, "a", 2, 2**40, 1.5))
        rows = self.db.execute("SELECT id FROM small WHERE id = %s AND n >= %s LIMIT %s", (1, 2, 10)).fetchall()
        self.assertEqual(rows, [(1,)])
        self.assertEqual(
            self.db.execute("SELECT count(*) FROM small WHERE id = ANY(%s)", ([1, 2**40],)).fetchone(), (2,))
        self.assertEqual(
            self.db.execute("SELECT name FROM small WHERE name = ANY(%s)", (["a", "z"],)).fetchall(), [("a",)])

    def test_json_and_adapters(self):
        value = {"a": [1, 2.5, None, "x"], "b": {"c": True}}
        self.assertEqual(self.db.execute("SELECT %s", (Jsonb(value),)).fetchone()[0], value)
        self.assertEqual(self.db.execute("SELECT '{\"a\": 1}'::json -> 'a'").fetchone()[0], 1)
        self.assertEqual(self.db.execute("SELECT ROW(1, 'x')").fetchone()[0], ("1", "x"))

    def test_prepared_statements(self):
        for i in range(8):
            row = self.db.execute("SELECT %s::int + 1", (i,), prepare=True).fetchone()
            self.assertEqual(row, (i + 1,))
        self.assertEqual(
            self.db.execute("SELECT count(*) FROM pg_prepared_statements").fetchone(), (1,))
        self.db.execute("DEALLOCATE ALL")
        self.assertEqual(self.db.execute("SELECT %s::int + 1", (1,), prepare=True).fetchone(), (2,))

    def test_rows_and_description(self):
        cursor = self.db.cursor(row_factory=dict_row)
        cursor.execute("SELECT 1 AS a, 'x'::varchar(7) AS b, 1.5::numeric(6, 2) AS c")
        self.assertEqual([(d.name, d.type_code) for d in cursor.description], [("a", 23), ("b", 1043), ("c", 1700)])
        self.assertEqual(cursor.description[1].display_size, 7)
        self.assertEqual((cursor.description[2].precision, cursor.description[2].scale), (6, 2))
        self.assertEqual(cursor.fetchone()["b"], "x")
        cursor.execute("SELECT 1 WHERE false")
        self.assertEqual(cursor.rowcount, 0)

    def test_transactions(self):
        self.db.execute("CREATE TEMP TABLE t (a int PRIMARY KEY)")
        with self.db.transaction():
            self.db.execute("INSERT INTO t VALUES (1)")
            with self.assertRaises(errors.UniqueViolation):
                with self.db.transaction():
                    self.db.execute("INSERT INTO t VALUES (1)")
            with self.db.transaction() as inner:
                self.db.execute("INSERT INTO t VALUES (2)")
                raise psycopg.Rollback(inner)
        self.assertEqual(self.db.execute("SELECT a FROM t").fetchall(), [(1,)])
        with psycopg.connect(INFO) as other:
            with self.assertRaises(errors.DivisionByZero):
                other.execute("SELECT 1/0")
            self.assertEqual(other.info.transaction_status, psycopg.pq.TransactionStatus.INERROR)
            with self.assertRaises(errors.InFailedSqlTransaction):
                other.execute("SELECT 1")
            other.rollback()
            other.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            other.read_only = True
            with self.assertRaises(errors.ReadOnlySqlTransaction):
                other.execute("CREATE TABLE never (a int)")
            other.rollback()

    def test_error_fields(self):
        self.db.execute("CREATE TEMP TABLE e (a int PRIMARY KEY, b int NOT NULL)")
        self.db.execute("INSERT INTO e VALUES (1, 1)")
        with self.assertRaises(errors.UniqueViolation) as caught:
            self.db.execute("INSERT INTO e VALUES (1, 2)")
        report = caught.exception.diag
        self.assertEqual(report.sqlstate, "23505")
        self.assertEqual(report.constraint_name, "e_pkey")
        self.assertEqual(report.message_detail, "Key (a)=(1) already exists.")
        with self.assertRaises(errors.NotNullViolation) as caught:
            self.db.execute("INSERT INTO e (a) VALUES (2)")
        self.assertEqual(caught.exception.diag.column_name, "b")
        with self.assertRaises(errors.SyntaxError) as caught:
            self.db.execute("SELECT FROM WHERE")
        self.assertEqual(caught.exception.diag.statement_position, "13")

    def test_batches(self):
        self.db.execute("CREATE TEMP TABLE b (a int, t text)")
        cursor = self.db.cursor()
        cursor.executemany("INSERT INTO b VALUES (%s, %s)", [(i, str(i)) for i in range(500)])
        self.assertEqual(cursor.rowcount, 500)
        cursor.executemany("INSERT INTO b VALUES (%s, 'r') RETURNING a", [(1000,), (1001,)], returning=True)
        self.assertEqual(cursor.fetchone(), (1000,))
        self.assertTrue(cursor.nextset())
        self.assertEqual(cursor.fetchone(), (1001,))
        cursor.execute("SELECT 1; SELECT 'two'")
        self.assertEqual(cursor.fetchone(), (1,))
        self.assertTrue(cursor.nextset())
        self.assertEqual(cursor.fetchone(), ("two",))

    def test_pipelines(self):
        self.db.execute("CREATE TEMP TABLE p (a int PRIMARY KEY)")
        with self.db.pipeline() as pipeline:
            for i in range(100):
                self.db.execute("INSERT INTO p VALUES (%s)", (i,))
            counted = self.db.execute("SELECT count(*) FROM p")
            pipeline.sync()
            self.assertEqual(counted.fetchone(), (100,))
        with self.assertRaises(errors.UniqueViolation):
            with self.db.pipeline() as pipeline:
                self.db.execute("INSERT INTO p VALUES (200)")
                self.db.execute("INSERT INTO p VALUES (1)")
                self.db.execute("INSERT INTO p VALUES (201)")
        self.assertEqual(self.db.execute("SELECT count(*) FROM p WHERE a = 201").fetchone(), (0,))
        self.assertEqual(self.db.execute("SELECT 'goes on'").fetchone(), ("goes on",))

    def test_server_side_cursors(self):
        with self.db.transaction():
            with self.db.cursor(name="big") as cursor:
                cursor.itersize = 30
                cursor.execute("SELECT generate_series(1, %s)", (100,))
                self.assertEqual([r[0] for r in cursor], list(range(1, 101)))
            with self.db.cursor(name="scrolls", scrollable=True) as cursor:
                cursor.execute("SELECT generate_series(1, 10)")
                cursor.scroll(5)
                self.assertEqual(cursor.fetchone(), (6,))
                cursor.scroll(-2)
                self.assertEqual(cursor.fetchone(), (5,))
        rows = [r[0] for r in self.db.cursor().stream("SELECT generate_series(1, 1000)")]
        self.assertEqual(len(rows), 1000)

    def test_copy(self):
        self.db.execute("CREATE TEMP TABLE c (a int, b text, at timestamptz)")
        at = dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.timezone.utc)
        rows = [(1, "one", at), (2, None, at), (3, "tab\tline\nback\\slash", None)]
        cursor = self.db.cursor()
        with cursor.copy("COPY c FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        self.assertEqual(cursor.rowcount, 3)
        with cursor.copy("COPY c FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["int4", "text", "timestamptz"])
            for row in rows:
                copy.write_row(row)
        for form in ("text", "binary"):
            with cursor.copy(f"COPY (SELECT DISTINCT * FROM c ORDER BY a) TO STDOUT (FORMAT {form})") as copy:
                copy.set_types(["int4", "text", "timestamptz"])
                self.assertEqual(list(copy.rows()), rows)
        with self.assertRaises(errors.QueryCanceled):
            with cursor.copy("COPY c FROM STDIN") as copy:
                copy.write("7\tx\t\\N\n")
                raise psycopg.errors.QueryCanceled("given up")
        self.assertEqual(self.db.execute("SELECT count(*) FROM c").fetchone(), (6,))
        with self.assertRaises(errors.InvalidTextRepresentation):
            with cursor.copy("COPY c FROM STDIN") as copy:
                copy.write("nan\tx\t\\N\n")
        self.assertEqual(self.db.execute("SELECT 1").fetchone(), (1,))

    def test_composed_statements_and_classes(self):
        class Item:
            def __init__(self, a, b):
                self.a, self.b = a, b

        self.db.execute(
            sql.SQL("CREATE TEMP TABLE {} (a int, {} text)").format(sql.Identifier("We ird"), sql.Identifier("b")))
        self.db.execute(sql.SQL("INSERT INTO {} VALUES (1, {})").format(sql.Identifier("We ird"), sql.Literal("q'q")))
        items = self.db.cursor(row_factory=class_row(Item)).execute('SELECT * FROM "We ird"').fetchall()
        self.assertEqual((items[0].a, items[0].b), (1, "q'q"))

    def test_cancel(self):
        import threading

        canceller = threading.Timer(0.2, self.db.cancel_safe)
        canceller.start()
        with self.assertRaises(errors.QueryCanceled):
            self.db.execute("SELECT pg_sleep(60)")
        canceller.join()
        self.assertEqual(self.db.execute("SELECT 1").fetchone(), (1,))

    def test_vectors(self):
        self.db.execute("CREATE EXTENSION IF NOT EXISTS vector")
        register_vector(self.db)
        import numpy

        self.db.execute("CREATE TEMP TABLE v (id int, e vector(3))")
        cursor = self.db.cursor()
        with cursor.copy("COPY v FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["int4", "vector"])
            for i, vector in enumerate(([1, 0, 0], [0, 1, 0], [0.9, 0.1, 0])):
                copy.write_row([i, numpy.array(vector, dtype="float32")])
        self.db.execute("INSERT INTO v VALUES (3, %s)", (numpy.array([0, 0, 1.5]),))
        for binary in (False, True):
            cursor = self.db.cursor(binary=binary)
            cursor.execute("SELECT id, e FROM v ORDER BY e <-> %s LIMIT 2", (numpy.array([1, 0, 0]),))
            rows = cursor.fetchall()
            self.assertEqual([r[0] for r in rows], [0, 2])
            self.assertEqual(list(rows[0][1]), [1.0, 0.0, 0.0])
        with self.assertRaises(errors.DataException):
            self.db.execute("INSERT INTO v VALUES (4, %s)", (numpy.array([1, 2]),))


if __name__ == "__main__":
    unittest.main()
