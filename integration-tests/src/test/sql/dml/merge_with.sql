-- MERGE takes WITH but not WITH RECURSIVE
CREATE TABLE stock (part text PRIMARY KEY, amount int);
WITH arrival (part, amount) AS (VALUES ('bolt', 5))
  MERGE INTO stock s USING arrival a ON s.part = a.part WHEN NOT MATCHED THEN INSERT VALUES (a.part, a.amount);
WITH RECURSIVE arrival (part, amount) AS (VALUES ('nut', 5))
  MERGE INTO stock s USING arrival a ON s.part = a.part WHEN NOT MATCHED THEN INSERT VALUES (a.part, a.amount);
SELECT * FROM stock;
