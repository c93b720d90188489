-- Conditions that an index answers with several keys, in its order, or with its first entry.
CREATE TABLE t (id int, grp int, n int, name text);
INSERT INTO t SELECT i, i % 40, CASE WHEN i % 7 = 0 THEN NULL ELSE (i * 37) % 1000 END, 'n' || i
  FROM generate_series(1, 4000) i;
CREATE INDEX t_id ON t (id);
CREATE INDEX t_grp ON t (grp);
CREATE INDEX t_n ON t (n);
CREATE INDEX t_name ON t (name DESC);

-- OR of equalities
SELECT id, grp FROM t WHERE id = 17 OR id = 2000 OR 3999 = id ORDER BY id;
SELECT id FROM t WHERE id = 5 OR id = 5 OR id = NULL ORDER BY id;
SELECT id FROM t WHERE (id = 5 OR id = 99) AND grp = 5 ORDER BY id;
SELECT id FROM t WHERE id = 5 OR name = 'n7' ORDER BY id;
SELECT count(*) FROM t WHERE grp = 1 OR grp = 2;
PREPARE several(int, int) AS SELECT id, name FROM t WHERE id = $1 OR id = $2 ORDER BY id;
EXECUTE several(4, 8);
EXECUTE several(8, NULL);
EXECUTE several(8, 8);

-- IN lists
SELECT id FROM t WHERE id IN (3, 1, 2, 3, NULL, 100000) ORDER BY id;
SELECT count(*) FROM t WHERE grp IN (1, 2, 3);
SELECT id FROM t WHERE id = ANY (ARRAY[10, 11]) AND grp <> 10 ORDER BY id;

-- a limit over the order of an index, with a filter
SELECT id FROM t WHERE grp = 7 ORDER BY id LIMIT 3;
SELECT id FROM t WHERE grp = 7 ORDER BY id DESC LIMIT 3 OFFSET 2;
SELECT id, n FROM t WHERE n > 900 ORDER BY id LIMIT 4;
SELECT id, n FROM t WHERE n IS NULL ORDER BY id LIMIT 3;
SELECT id FROM t WHERE name = 'n3999' ORDER BY id LIMIT 3;
SELECT id FROM t WHERE false ORDER BY id LIMIT 3;
SELECT id FROM t WHERE n > 10000 ORDER BY id LIMIT 3;
SELECT n, name FROM t WHERE n < 4 ORDER BY n, name LIMIT 5;
SELECT name FROM t WHERE grp = 3 ORDER BY name DESC LIMIT 3;
SELECT n FROM t ORDER BY n DESC LIMIT 2;
SELECT n FROM t ORDER BY n DESC NULLS LAST LIMIT 2;

-- the first and the last key
SELECT min(id), max(id) FROM t;
SELECT min(n), max(n), max(name) FROM t;
SELECT min(n) FROM t WHERE n > 500;
SELECT max(id) FROM t WHERE grp = 9;
SELECT max(id) FROM t WHERE id < 0;
SELECT min(id) FROM t WHERE false;
SELECT max(n) + 1, min(id) * 2 FROM t HAVING max(n) > 5;
SELECT max(id) FROM t GROUP BY grp ORDER BY 1 LIMIT 2;
SELECT max(id), count(*) FROM t;
SELECT (SELECT min(id) FROM t WHERE id > g) FROM generate_series(3998, 4000) g;

-- rows that an open transaction changed
BEGIN;
DELETE FROM t WHERE id IN (1, 4000);
INSERT INTO t VALUES (5000, 1, -5, 'zz');
UPDATE t SET n = 2000 WHERE id = 3;
SELECT min(id), max(id), min(n), max(n), max(name) FROM t;
SELECT id FROM t WHERE grp = 1 ORDER BY id DESC LIMIT 2;
ROLLBACK;
SELECT min(id), max(id), min(n), max(n), max(name) FROM t;
UPDATE t SET n = NULL;
SELECT min(n), max(n) FROM t;
DELETE FROM t;
SELECT min(id), max(id) FROM t;
