-- what is wrong with a row is told with the number of its line
CREATE TABLE t (id int PRIMARY KEY, s varchar(3), c char(2) NOT NULL, d int CHECK (d > 0), r int GENERATED ALWAYS AS (10 / (id - 7)) STORED);
COPY t (id, c, d) FROM stdin;
1	ab	1
2	ab	0
3	x	1
\.
COPY t (id, c) FROM stdin;
1	ab
2	\N
3	x
4	\N
\.
COPY t (id, c, d) FROM stdin;
1	ab	1
2	ab	1
2	x	1
4	x	1
\.
COPY t (id, c) FROM stdin;
1	ab
7	ab
8	ab
\.
COPY t (id, c) FROM stdin;
1	ab
x	ab
\.
SELECT count(*) FROM t;
COPY t (id, c) FROM stdin;
1	ab
2	cd
\.
SELECT * FROM t ORDER BY id;
