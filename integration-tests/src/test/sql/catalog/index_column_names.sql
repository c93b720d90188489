-- Columns of an index that are expressions are named after these.
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t ((a + 1), (lower(b::text)), (b::text), (CASE WHEN a = 1 THEN 2 END), ((a)), (coalesce(a, b)), ((a IS NULL)));
SELECT attname FROM pg_attribute WHERE attrelid = 'i'::regclass ORDER BY attnum;
CREATE INDEX ON t ((a + 1), (lower(b::text)), (b::text));
CREATE INDEX ON t (abs(a), abs(b));
CREATE INDEX ON t (a) INCLUDE (b);
CREATE INDEX ON t (a, a);
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relname LIKE 't\_%' ORDER BY 1, a.attnum;
