-- NOT IN looks values up whatever the widths of the integers, and with several columns.
CREATE TABLE l (a int, b int8, c int2);
CREATE TABLE r (a int8, b int, c int);
INSERT INTO l SELECT i, i % 7, i % 5 FROM generate_series(1, 20000) i;
INSERT INTO r SELECT i * 2, i % 7, i % 5 FROM generate_series(1, 20000) i;
SELECT count(*) FROM l WHERE a NOT IN (SELECT a FROM r);
SELECT count(*) FROM l WHERE b NOT IN (SELECT b FROM r WHERE b < 3);
SELECT count(*) FROM l WHERE c NOT IN (SELECT c FROM r WHERE c > 2);
SELECT count(*) FROM l WHERE (a, b) NOT IN (SELECT a, b FROM r);
SELECT count(*) FROM l WHERE (a, c) IN (SELECT a, c FROM r) OR a < 3;
INSERT INTO r VALUES (NULL, 3, 3), (7, NULL, 0);
SELECT count(*) FROM l WHERE a NOT IN (SELECT a FROM r);
SELECT count(*) FROM l WHERE (a, b) NOT IN (SELECT a, b FROM r);
SELECT count(*) FROM l WHERE ((a, b) IN (SELECT a, b FROM r)) IS NULL;
INSERT INTO l VALUES (NULL, 3, 3), (NULL, 100, 3), (NULL, NULL, NULL);
SELECT a, b, (a, b) IN (SELECT a, b FROM r WHERE a IS NOT NULL AND b IS NOT NULL) FROM l WHERE a IS NULL ORDER BY b;
SELECT a, b, (a, b) IN (SELECT a, b FROM r WHERE false) FROM l WHERE a IS NULL ORDER BY b;
