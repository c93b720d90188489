-- The alias of merged columns is a name like others, and hidden like others.
SELECT j.a, x.b FROM (SELECT 1 AS a, 2 AS b) x JOIN (SELECT 1 AS a, 3 AS c) y USING (a) AS j WHERE x.a = 1;
SELECT j.b FROM (SELECT 1 AS a, 2 AS b) x JOIN (SELECT 1 AS a, 3 AS c) y USING (a) AS j;
SELECT j.* FROM ((SELECT 1 AS a, 2 AS b) x JOIN (SELECT 1 AS a, 3 AS c) y USING (a) AS j) AS k;
SELECT k.* FROM ((SELECT 1 AS a, 2 AS b) x JOIN (SELECT 1 AS a, 3 AS c) y USING (a) AS j) AS k;
SELECT * FROM (SELECT 1 AS a, 2 AS b) x JOIN (SELECT 1 AS a, 3 AS c) y USING (a) AS x;
SELECT * FROM (SELECT 1 AS a) x JOIN (SELECT 1 AS a) y USING (a) AS j JOIN (SELECT 1 AS a) j USING (a);
SELECT * FROM (SELECT 1 AS a) x JOIN (SELECT 1 AS a) y USING (a) AS j, (SELECT 2 AS q) j;
