-- storage parameters that are given twice, or are no numbers
CREATE TABLE t (a int, b bit(3), v bit varying);
CREATE INDEX ON t (a) WITH (fillfactor = 70, fillfactor = 80);
CREATE INDEX ON t (a) WITH (fillfactor = 99999999999);
CREATE INDEX ON t (a) WITH (fillfactor = 101);
CREATE INDEX ON t (a) WITH (fillfactor = nan);
CREATE TABLE u (a int) WITH (fillfactor = 70, fillfactor = 80);
CREATE TABLE u (a int) WITH (fillfactor = 9);
ALTER TABLE t SET (fillfactor = 70, fillfactor = 80);
-- what has an order may have no hash
CREATE INDEX ON t USING hash (b);
CREATE INDEX ON t USING hash (v);
SET work_mem = 2147483648;
SET work_mem = '3TB';
SET seq_page_cost = 1e400;
-- the type with its length stands in the hint
ALTER TABLE t ALTER a TYPE box;
ALTER TABLE t ALTER v TYPE numeric(5, 2);
ALTER TABLE t ALTER v TYPE timestamp(3);
