-- Columns of the select list are grouped by one for one, also where two compute the same.
CREATE TABLE g (a int, b int);
INSERT INTO g VALUES (1, 1), (1, 2), (2, 1);
SELECT a, count(*) FROM g GROUP BY a, ROLLUP (a) ORDER BY 1, 2;
SELECT a AS x, a AS y, count(*) FROM g GROUP BY x, ROLLUP (y) ORDER BY 1, 2, 3;
SELECT * FROM (SELECT a AS x, a AS y, count(*), grouping(a) FROM g GROUP BY ROLLUP (x), y) q ORDER BY 1, 2, 3;
SELECT * FROM (SELECT a AS x, a AS y, count(*) FROM g GROUP BY GROUPING SETS ((x), (y), (x, y))) q ORDER BY 1, 2, 3;
SELECT a AS x, a AS y, a + 1 AS z, count(*) FROM g GROUP BY 1, CUBE (2) HAVING a = 1 ORDER BY 1, 2, 3;
SELECT a AS x, a AS y, count(*) FROM g GROUP BY x, y ORDER BY 1;
SELECT a + 1, count(*), grouping(a + 1) FROM g GROUP BY a + 1, CUBE (a + 1) ORDER BY 1, 2;
