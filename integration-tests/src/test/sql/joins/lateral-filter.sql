-- A condition on one table is checked before what stands LATERAL beside it is run.
CREATE TABLE n (id int PRIMARY KEY, v int);
INSERT INTO n SELECT g, g % 7 FROM generate_series(1, 200) g;
SET statement_timeout = '10s';

SELECT a.id, count(*) FROM n a, n b LEFT JOIN LATERAL (SELECT c.v FROM n c CROSS JOIN n d CROSS JOIN n e CROSS JOIN n f WHERE a.id > b.id GROUP BY c.v) x ON true WHERE NOT EXISTS (SELECT 1 FROM n q WHERE q.id <> b.id OFFSET 1) GROUP BY a.id;
SELECT a.id, b.id, x.v FROM n a, n b LEFT JOIN LATERAL (SELECT c.v FROM n c WHERE c.id = a.id + b.id) x ON true WHERE a.id < 3 AND b.id IN (SELECT max(q.id) - 1 FROM n q WHERE q.v = b.v) ORDER BY 1, 2;
SELECT a.id, b.id, x.v FROM n a, n b LEFT JOIN LATERAL (SELECT c.v FROM n c WHERE c.id = a.id + b.id) x ON true WHERE a.id > 198 AND b.id < 4 AND x.v IS NULL AND b.v <> a.v ORDER BY 1, 2;
SELECT a.id, x.k, x.w FROM n a CROSS JOIN LATERAL (SELECT c.id AS k, sum(c.v) OVER (PARTITION BY c.id) AS w FROM n c WHERE c.id > a.id) x WHERE x.k < 4 AND a.id < 3 ORDER BY 1, 2;
SELECT a.id, x.s FROM n a CROSS JOIN LATERAL (SELECT sum(c.v) AS s FROM n c WHERE c.id < a.id) x WHERE x.s BETWEEN 10 AND 30 ORDER BY 1;
SELECT a.id, x.g FROM n a CROSS JOIN LATERAL generate_series(1, a.v) x(g) WHERE x.g > 5 AND a.id < 30 ORDER BY 1, 2;
SELECT a.id, x.v FROM n a LEFT JOIN LATERAL (SELECT c.v FROM n c WHERE c.id = a.id * 90) x ON x.v > 5 WHERE a.id < 4 ORDER BY 1;
SELECT a.id, x.v FROM n a CROSS JOIN LATERAL (SELECT c.v FROM n c WHERE c.id > a.id ORDER BY c.id LIMIT 2) x WHERE x.v = 3 AND a.id < 20 ORDER BY 1, 2;
