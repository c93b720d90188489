-- Windows whose partition and order begin alike are computed over one sort.
CREATE TABLE s (dept text, id int, pay int);
INSERT INTO s VALUES ('a', 1, 10), ('a', 2, 30), ('a', 3, 20), ('b', 4, 5), ('b', 5, NULL),
  ('b', 6, 7), (NULL, 7, 1), (NULL, 8, 2);

SELECT id, row_number() OVER (PARTITION BY dept ORDER BY id), sum(pay) OVER (PARTITION BY dept)
  FROM s ORDER BY id;
SELECT id, sum(pay) OVER (PARTITION BY dept), row_number() OVER (PARTITION BY dept ORDER BY id),
    count(*) OVER ()
  FROM s ORDER BY id;
SELECT id, sum(pay) OVER (PARTITION BY dept ORDER BY id),
    sum(pay) OVER (PARTITION BY dept ORDER BY id ROWS 1 PRECEDING),
    max(pay) OVER (PARTITION BY dept ORDER BY id DESC)
  FROM s ORDER BY id;
SELECT id, rank() OVER (ORDER BY dept), rank() OVER (ORDER BY dept, id),
    rank() OVER (ORDER BY dept NULLS FIRST)
  FROM s ORDER BY id;
SELECT id, first_value(id) OVER (PARTITION BY dept, pay), last_value(id) OVER (PARTITION BY dept ORDER BY pay, id)
  FROM s ORDER BY id;
SELECT * FROM (
  SELECT id, dept, row_number() OVER (PARTITION BY dept ORDER BY id) AS r,
      sum(pay) OVER (PARTITION BY dept) AS total FROM s) w
  WHERE dept = 'a' AND r > 1 ORDER BY id;
SELECT id, sum(sum(pay)) OVER (PARTITION BY dept), rank() OVER (PARTITION BY dept ORDER BY id)
  FROM s GROUP BY dept, id ORDER BY id;
