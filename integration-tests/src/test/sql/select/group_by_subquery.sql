-- Expressions with a subquery in GROUP BY, and GROUPING in a subquery.
CREATE TABLE o (id int PRIMARY KEY, a int, b int, t text);
CREATE TABLE i (k int, v int);
INSERT INTO o VALUES (1, 1, 10, 'x'), (2, 1, 20, 'y'), (3, 2, 30, 'x'), (4, NULL, 40, NULL);
INSERT INTO i VALUES (1, 100), (1, 200), (2, 300), (NULL, 400);

SELECT a + (SELECT max(v) FROM i) AS s, count(*) FROM o GROUP BY a + (SELECT max(v) FROM i) ORDER BY 1;
SELECT (SELECT sum(v) FROM i WHERE i.k = o.a) AS s, count(*) FROM o GROUP BY (SELECT sum(v) FROM i WHERE i.k = o.a) ORDER BY 1;
SELECT (SELECT sum(x.v) FROM i x WHERE x.k = o.a) AS s, count(*) FROM o GROUP BY (SELECT sum(y.v) FROM i y WHERE y.k = o.a) ORDER BY 1;
SELECT (SELECT sum(v) FROM i WHERE i.k = o.a) AS s, count(*) FROM o GROUP BY (SELECT sum(v) FROM i WHERE i.k = o.b) ORDER BY 1;
SELECT (SELECT sum(v) FROM i WHERE i.k = o.a) AS s, count(*) FROM o GROUP BY (SELECT min(v) FROM i WHERE i.k = o.a) ORDER BY 1;
SELECT EXISTS (SELECT 1 FROM i WHERE i.k = o.a) AS e, count(*) FROM o GROUP BY EXISTS (SELECT 1 FROM i WHERE i.k = o.a) ORDER BY 1;
SELECT a IN (SELECT k FROM i WHERE k IS NOT NULL) AS e, sum(b) FROM o GROUP BY a IN (SELECT k FROM i WHERE k IS NOT NULL) ORDER BY 1;
SELECT a IN (SELECT k FROM i WHERE k > 1) AS e, sum(b) FROM o GROUP BY a IN (SELECT k FROM i WHERE k > 2) ORDER BY 1;
SELECT a + (SELECT v FROM i ORDER BY v DESC LIMIT 1), count(*) FROM o GROUP BY a + (SELECT v FROM i ORDER BY v DESC LIMIT 1) ORDER BY 1;
SELECT a + (SELECT v FROM i ORDER BY v DESC LIMIT 1), count(*) FROM o GROUP BY a + (SELECT v FROM i ORDER BY v LIMIT 1) ORDER BY 1;
SELECT DISTINCT a + (SELECT max(v) FROM i) FROM o ORDER BY a + (SELECT max(v) FROM i);
SELECT DISTINCT a + (SELECT max(v) FROM i) FROM o ORDER BY a + (SELECT min(v) FROM i);
SELECT count(*) FROM o GROUP BY (SELECT sum(v) OVER (ORDER BY v) FROM i LIMIT 1) HAVING (SELECT sum(v) OVER (ORDER BY v) FROM i LIMIT 1) > 0;
SELECT (SELECT g FROM generate_series(1, 3) g WHERE g = o.a), count(*) FROM o GROUP BY (SELECT g FROM generate_series(1, 3) g WHERE g = o.a) ORDER BY 1;
SELECT (VALUES (1), (2) LIMIT 1), count(*) FROM o GROUP BY (VALUES (1), (2) LIMIT 1);
SELECT (SELECT 1 UNION SELECT 1), count(*) FROM o GROUP BY (SELECT 1 UNION SELECT 1);

SELECT a, (SELECT grouping(o.a) FROM i LIMIT 1) FROM o GROUP BY ROLLUP (a) ORDER BY 1, 2;
SELECT a, (SELECT max(grouping(o.a, i.k)) FROM i GROUP BY i.k LIMIT 1) FROM o GROUP BY a ORDER BY 1;
SELECT a, (SELECT grouping(o.a, i.k) FROM i GROUP BY i.k LIMIT 1) FROM o GROUP BY a ORDER BY 1;
SELECT a, (SELECT grouping(o.a, i.k) FROM i GROUP BY o.a, i.k ORDER BY 1 LIMIT 1) FROM o GROUP BY a ORDER BY 1;
SELECT a, (SELECT grouping(i.k, o.a + 1) FROM i GROUP BY o.a + 1, i.k ORDER BY 1 LIMIT 1) FROM o GROUP BY a ORDER BY 1;
