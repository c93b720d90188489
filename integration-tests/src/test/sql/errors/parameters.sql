-- simple-only
-- Parameters outside a prepared statement.
SELECT $1;
SELECT $1 + 1;
SELECT $0;
SELECT 1 WHERE $1 = 2;
SELECT $99999999999;
PREPARE p (int) AS SELECT $2;
