-- What cannot yield a row is not run: each of these joins would take hours.
CREATE TABLE n (id int PRIMARY KEY, v int, t text);
INSERT INTO n SELECT g, g % 7, 't' || g % 5 FROM generate_series(1, 300) g;
CREATE TABLE e (id int, v int);
SET statement_timeout = '10s';

SELECT count(*) FROM n a FULL JOIN n b ON true FULL JOIN n c ON true FULL JOIN n d ON true FULL JOIN n f ON true WHERE '{"a": 2}'::jsonb = '3'::jsonb;
SELECT a.v, sum(b.v) FROM n a CROSS JOIN n b CROSS JOIN n c CROSS JOIN n d CROSS JOIN n f WHERE 1 = 2 GROUP BY a.v;
SELECT count(*) FROM (SELECT a.v FROM n a CROSS JOIN n b CROSS JOIN n c CROSS JOIN n d OFFSET 1) x WHERE NULL::boolean;
SELECT count(*), max(y.m) FROM n LEFT JOIN (SELECT max(a.v) AS m FROM n a, n b, n c, n d, n f GROUP BY a.t) y ON false;
SELECT count(*) FROM n JOIN (SELECT max(a.v) AS m FROM n a, n b, n c, n d, n f GROUP BY a.t) y ON n.v = y.m AND NULL;
WITH w AS MATERIALIZED (SELECT a.v FROM n a, n b, n c, n d, n f) SELECT count(*) FROM w JOIN w x ON w.v = x.v WHERE false;
SELECT v FROM n WHERE false UNION ALL SELECT a.v FROM n a, n b, n c, n d, n f WHERE false;
SELECT a.v FROM n a, n b, n c, n d, n f WHERE false INTERSECT SELECT 1;
SELECT 1 EXCEPT SELECT v FROM n WHERE false;
SELECT count(*) FROM n WHERE false GROUP BY ROLLUP (v);
SELECT count(*) FROM n WHERE false GROUP BY v;
SELECT 1 / 0 FROM n WHERE false;
SELECT x FROM (SELECT 1 / 0 AS x FROM n) s WHERE false;

-- The side that gives rows soon has none.
WITH w AS MATERIALIZED (SELECT a.v FROM n a, n b, n c, n d, n f) SELECT count(*) FROM e LEFT JOIN w ON true;
WITH w AS MATERIALIZED (SELECT a.v FROM n a, n b, n c, n d, n f) SELECT count(*) FROM e JOIN w ON e.v = w.v;
WITH w AS MATERIALIZED (SELECT a.v FROM n a, n b, n c, n d, n f) SELECT count(*) FROM e WHERE EXISTS (SELECT 1 FROM w WHERE w.v > e.v);
WITH w AS MATERIALIZED (SELECT a.v FROM n a, n b, n c) SELECT count(*) FROM e LEFT JOIN n ON true LEFT JOIN w ON true FULL JOIN (SELECT 4 AS c) x ON e.v = x.c WHERE e.v IN (SELECT v FROM n);
-- and later, in a subquery that runs for every row, it has some
SELECT n.id, (SELECT count(*) FROM (SELECT v FROM e WHERE e.v = n.id UNION ALL SELECT v FROM n z WHERE z.id = n.id AND n.id % 2 = 0) q JOIN n y ON y.v = q.v) FROM n WHERE id < 6 ORDER BY 1;
SELECT n.id, (SELECT count(y.id) FROM n z LEFT JOIN n y ON y.v = z.v WHERE z.id = n.id AND n.id % 2 = 0) FROM n WHERE id < 6 ORDER BY 1;

-- The one side that IN asks about has no row left before the others are joined.
SELECT count(*) FROM n a CROSS JOIN n b CROSS JOIN n c CROSS JOIN n d WHERE a.v + 100 IN (SELECT v FROM n);
SELECT count(*) FROM n a CROSS JOIN n b LEFT JOIN n c ON true LEFT JOIN n d ON true WHERE EXISTS (SELECT 1 FROM n x WHERE x.v = b.v + 100);
SELECT count(*) FROM n a CROSS JOIN n b CROSS JOIN n c CROSS JOIN n d WHERE NOT EXISTS (SELECT 1 FROM n x WHERE x.v = d.v);
SELECT count(*), count(b.v) FROM n a LEFT JOIN e b ON a.v = b.v WHERE a.v IN (SELECT z.v FROM n z WHERE z.id < 3);
SELECT count(*), count(a.v) FROM e a RIGHT JOIN n b ON a.v = b.v WHERE b.v IN (SELECT z.v FROM n z WHERE z.id < 3);
SELECT count(*), count(a.v) FROM n a FULL JOIN (SELECT 100 AS v) b ON a.v = b.v WHERE b.v IN (SELECT z.v + 97 FROM n z);
SELECT count(*), count(b.v) FROM n a LEFT JOIN (SELECT 3 AS v) b ON a.v = b.v WHERE b.v IN (SELECT z.v FROM n z);
SELECT count(*) FROM n a LEFT JOIN (SELECT 3 AS v) b ON a.v = b.v WHERE NOT EXISTS (SELECT 1 FROM n z WHERE z.v = b.v);

-- A window function that nothing refers to is not computed.
SELECT x.v FROM (SELECT v, string_agg(t, ',') OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE GROUP) AS s FROM n) x ORDER BY 1 LIMIT 3;
SELECT x.v, x.r FROM (SELECT v, row_number() OVER w AS r, 1 / (v - v) / count(*) OVER w AS s FROM n WINDOW w AS (PARTITION BY v ORDER BY id)) x WHERE v = 3 ORDER BY 2 LIMIT 3;
SELECT x.v, x.b FROM (SELECT v, sum(v) OVER (ORDER BY id) AS a, sum(v) OVER (ORDER BY id DESC) AS b, max(id) OVER () AS c FROM n) x ORDER BY 2, 1 LIMIT 3;
