CREATE TABLE t (id int PRIMARY KEY, s text DEFAULT 'dflt', n numeric(5, 1));
COPY t FROM STDIN;
1	plain	1.25
2	\N	\N
3	tab\there\nnl \\ back	0
4		-1
\.
COPY t (id, n) FROM STDIN;
5	5
\.
COPY t FROM STDIN (FORMAT csv);
6,csv,1.5
7,"quo""ted, comma",2
8,,
9,"",
10,"multi
line",3
\.
COPY t FROM STDIN (FORMAT csv, HEADER, DELIMITER ';', NULL 'nil');
id;s;n
11;nil;nil
12;"nil";1
\.
COPY t FROM STDIN (DELIMITER '|', NULL '');
13|x|
14||4
\.
SELECT * FROM t ORDER BY id;
COPY t FROM STDIN;
20	only two
\.
COPY t FROM STDIN;
20	a	1	extra
\.
COPY t FROM STDIN;
abc	a	1
\.
COPY t FROM STDIN;
21	a	1
1	dup	1
\.
COPY t FROM STDIN;
22	a	123456
\.
COPY t FROM STDIN (FORMAT csv);
23,"unterminated,1
\.
COPY t (id, id) FROM STDIN;
1	1
\.
COPY nope FROM STDIN;
1
\.
COPY t FROM STDIN;
\N	a	1
\.
COPY t (id, s) FROM STDIN (FORMAT csv, FORCE_NOT_NULL (s), FORCE_NULL (id));
30,
\.
SELECT id, s IS NULL, s = '' FROM t WHERE id >= 20 ORDER BY id;
COPY t FROM STDIN (FORMAT csv, HEADER match);
id,wrong,n
31,a,1
\.
COPY t FROM STDIN WHERE id > 40;
40	skip	1
41	keep	1
\.
SELECT id FROM t WHERE id >= 31 ORDER BY id;
COPY t FROM STDIN;
\.
SELECT count(*) FROM t;
