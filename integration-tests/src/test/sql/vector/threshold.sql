-- Rows nearer than a distance, nearest first: with and without an index, with other filters, the query written twice.
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE t (id int, g int, v vector(3));
INSERT INTO t SELECT i, i % 10, ARRAY[i, i % 7, 1]::vector FROM generate_series(1, 2000) i;
INSERT INTO t VALUES (0, 0, NULL);
SELECT id, v <-> '[50.1,1,1]' AS d FROM t WHERE v <-> '[50.1,1,1]' < 3 ORDER BY d, id LIMIT 10;
CREATE INDEX ON t USING hnsw (v vector_l2_ops);
SELECT id, v <-> '[50.1,1,1]' AS d FROM t WHERE v <-> '[50.1,1,1]' < 3 ORDER BY d LIMIT 10;
SELECT id FROM t WHERE v <-> '[50.1,1,1]' <= 0.2 ORDER BY v <-> '[50.1,1,1]' LIMIT 10;
SELECT id FROM t WHERE 3 > (v <-> '[50.1,1,1]') AND g IN (0, 2) ORDER BY v <-> '[50.1,1,1]' LIMIT 10;
SELECT id FROM t WHERE v <-> '[50.1,1,1]' < -1 ORDER BY v <-> '[50.1,1,1]' LIMIT 10;
SELECT id FROM t WHERE v <-> '[50.1,1,1]' < NULL ORDER BY v <-> '[50.1,1,1]' LIMIT 10;
SELECT id FROM t WHERE v <-> '[50.1,1,1]' > 10 ORDER BY v <-> '[50.1,1,1]' LIMIT 1;
-- a threshold from elsewhere bounds nothing
SELECT id FROM t WHERE v <-> '[60,4,1]' < 0.5 ORDER BY v <-> '[50.1,1,1]' LIMIT 10;
PREPARE near(vector, vector, float8, int) AS
  SELECT id FROM t WHERE v <-> $2 < $3 ORDER BY v <-> $1 LIMIT $4;
EXECUTE near('[50.1,1,1]', '[50.1,1,1]', 2, 10);
EXECUTE near('[50.1,1,1]', '[60,4,1]', 0.5, 10);
EXECUTE near('[50.1,1,1]', NULL, 0.5, 10);
EXECUTE near('[50.1,1,1]', '[50.1,1,1]', NULL, 10);
