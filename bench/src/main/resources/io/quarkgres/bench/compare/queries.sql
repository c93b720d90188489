-- full scan
SELECT * FROM item WHERE id >= :n
-- filtered scan
SELECT id, label FROM item WHERE qty > 2500 AND id >= :n
-- group by text
SELECT cat, count(*), sum(qty) FROM item WHERE id >= :n GROUP BY cat
-- sort
SELECT id, qty FROM item WHERE id >= :n ORDER BY qty DESC, id
-- distinct
SELECT DISTINCT cat FROM item WHERE id >= :n
-- union
SELECT id, score FROM line WHERE id < 2000 AND id >= :n UNION SELECT id, qty FROM item WHERE id < 1000
-- in subquery
SELECT id, score FROM line WHERE item IN (SELECT id FROM item WHERE qty > 2500) AND id >= :n
-- row_number
SELECT id, row_number() OVER (PARTITION BY cat ORDER BY qty, id) FROM item WHERE id >= :n
-- text functions
SELECT upper(label), length(label), replace(cat, 'c', 'd') FROM item WHERE id >= :n
-- correlated subquery
SELECT i.id, (SELECT max(l.score) FROM line l WHERE l.item = i.id) FROM item i WHERE i.id < 2000 AND i.id >= :n
-- big sort out
SELECT id, name, zone FROM customer WHERE id >= :n ORDER BY zone, name
-- big group by text
SELECT kind, count(*), sum(paid), avg(units) FROM sale WHERE id >= :n GROUP BY kind
-- big group by number
SELECT customer, sum(paid) AS total FROM sale WHERE id >= :n GROUP BY customer ORDER BY total DESC, customer LIMIT 100
-- big join
SELECT c.zone, count(*), sum(s.paid) FROM sale s JOIN customer c ON c.id = s.customer WHERE s.id >= :n GROUP BY c.zone
-- big join of three
SELECT c.zone, i.cat, sum(s.units) FROM sale s JOIN customer c ON c.id = s.customer JOIN item i ON i.id = s.item
  WHERE s.id >= :n AND c.plan = 'gold' GROUP BY c.zone, i.cat
-- big filter
SELECT count(*), sum(paid * units) FROM sale WHERE paid % 7 = 3 AND day BETWEEN 100 AND 400 AND id >= :n
-- big top
SELECT id, paid FROM sale WHERE id >= :n ORDER BY paid DESC, id LIMIT 500
-- big window
SELECT kind, max(r) FROM (SELECT kind, rank() OVER (PARTITION BY kind ORDER BY paid) AS r FROM sale WHERE id >= :n) t GROUP BY kind
-- common table expressions
WITH t AS (SELECT customer, sum(paid) AS total FROM sale WHERE id >= :n GROUP BY customer),
  u AS (SELECT c.zone, max(t.total) AS most FROM t JOIN customer c ON c.id = t.customer GROUP BY c.zone)
  SELECT zone, most FROM u ORDER BY zone
