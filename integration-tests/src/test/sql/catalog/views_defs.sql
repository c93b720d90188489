CREATE TABLE t (id int PRIMARY KEY, v text, n numeric);
CREATE VIEW a AS SELECT id, upper(v) AS u FROM t WHERE n > 1.5 ORDER BY id;
CREATE VIEW b AS SELECT v, count(*) AS c FROM t GROUP BY v HAVING count(*) > 1;
CREATE VIEW c AS SELECT x.id, y.v FROM t x LEFT JOIN t y ON x.id = y.id;
SELECT pg_get_viewdef('a'::regclass), pg_get_viewdef('a'::regclass, true);
SELECT pg_get_viewdef('b'::regclass);
SELECT pg_get_viewdef('c'::regclass);
SELECT definition FROM pg_views WHERE viewname = 'a';
SELECT pg_get_viewdef('t'::regclass);
