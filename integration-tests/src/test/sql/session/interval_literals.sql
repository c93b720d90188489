-- What a literal of an interval means depends on the fields of its column, also when statements look alike.
CREATE TABLE t (a int, c interval year to month, d interval second(0), e interval);
INSERT INTO t VALUES (1, '1', '1.6', '1');
INSERT INTO t VALUES (2, '2', '2.6', '2');
INSERT INTO t VALUES (3, '3', '3.6', '3');
INSERT INTO t VALUES (4, '4', '4.6', '4');
UPDATE t SET c = '5' WHERE a = 1;
UPDATE t SET c = '6' WHERE a = 2;
UPDATE t SET c = '7' WHERE a = 3;
SELECT * FROM t ORDER BY a;
SELECT a FROM t WHERE c > '1' ORDER BY a;
SELECT a FROM t WHERE c > '2' ORDER BY a;
SELECT a FROM t WHERE c > '3' ORDER BY a;
SELECT 'a b'::regclass;
SELECT ' pg_class '::regclass, 'pg_catalog . pg_class'::regclass;
