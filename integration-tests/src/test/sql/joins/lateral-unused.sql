-- Outer columns that only unused columns of a lateral sub-select refer to.
CREATE TABLE a (x int, y int);
INSERT INTO a VALUES (1, 2), (3, 4);
SELECT count(*) FROM a CROSS JOIN LATERAL (SELECT a.x) l;
SELECT a.y FROM a CROSS JOIN LATERAL (SELECT a.x + 1 AS z, a.y) l ORDER BY 1;
SELECT count(*) FROM a LEFT JOIN LATERAL (SELECT a FROM a b WHERE b.x < a.y) l ON true;
SELECT y, (SELECT count(*) FROM (SELECT a.x FROM a b) q) FROM a ORDER BY 1;
