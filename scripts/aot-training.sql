-- What a training run has a server do: see AotTraining.java. A bit of everything that clients send,
-- and the kinds of queries whose speed from the first second on matters.
CREATE EXTENSION vector;
CREATE TABLE docs (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, lang text NOT NULL,
  body text, meta jsonb, at timestamptz DEFAULT now(), price numeric(8, 2), embedding vector(16));
CREATE INDEX ON docs USING hnsw (embedding vector_cosine_ops);
CREATE INDEX ON docs (lang);
INSERT INTO docs (lang, body, meta, price, embedding)
  SELECT 'en', 'passage ' || g, '{"page": 1}', g * 1.5, array_fill(g, ARRAY[16])::vector
  FROM generate_series(1, 500) g;
INSERT INTO docs (lang, body, embedding)
  VALUES ('de', 'Pumpe', array_fill(1, ARRAY[16])::vector) RETURNING id;
UPDATE docs SET body = upper(body) WHERE id = 1;
DELETE FROM docs WHERE id = 2;
BEGIN; SAVEPOINT s; ROLLBACK TO s; COMMIT;
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relname = 'docs' AND a.attnum > 0 ORDER BY a.attnum;
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public';
EXPLAIN SELECT * FROM docs WHERE id = 5;
SHOW server_version;
CREATE TABLE sales (id int PRIMARY KEY, customer int, kind text, amount int, price float8, day date);
INSERT INTO sales SELECT g, g % 300, 'kind ' || g % 20, g * 7 % 1000, g / 8.0, date '2024-01-01' + g % 365
  FROM generate_series(1, 20000) g;
CREATE INDEX ON sales (customer);
CREATE TABLE customers (id int PRIMARY KEY, name text, zone text);
INSERT INTO customers SELECT g, 'customer ' || g, 'zone ' || g % 4 FROM generate_series(0, 299) g;
CREATE TABLE log (id int, note text);
CREATE TABLE visits (id int, customer int, page int, kind int, score int);
INSERT INTO visits SELECT g, g * 7919 % 300, g * 31 % 500, g % 5, g * 7907 % 10000 FROM generate_series(0, 19999) g;
CREATE TABLE pages (id int, title text, cost int);
INSERT INTO pages SELECT g, 'page ' || g, 5 + g % 40 FROM generate_series(0, 499) g;
-- repeated
SELECT 1;
SELECT * FROM sales WHERE id = :n;
SELECT name FROM customers WHERE id = :n;
INSERT INTO log VALUES (:n, 'a note');
UPDATE customers SET zone = 'zone 1' WHERE id = :n;
BEGIN;
UPDATE sales SET amount = amount + 1 WHERE id = :n;
COMMIT;
DELETE FROM log WHERE id = :n;
SELECT id, kind, amount FROM sales WHERE amount > 800 AND id > :n;
SELECT * FROM sales WHERE customer = 7 AND id > :n ORDER BY id DESC LIMIT 5;
SELECT kind, count(*), sum(amount), avg(price), min(day), max(id) FROM sales WHERE id > :n
  GROUP BY kind HAVING count(*) > 1 ORDER BY kind;
SELECT customer, sum(amount * 2 + id) FROM sales WHERE id > :n GROUP BY customer ORDER BY 2 DESC, 1 LIMIT 10;
SELECT c.zone, s.kind, sum(s.amount) FROM sales s JOIN customers c ON c.id = s.customer
  WHERE s.id > :n GROUP BY c.zone, s.kind;
SELECT s.id, c.name FROM sales s LEFT JOIN customers c ON c.id = s.customer
  WHERE s.amount < 20 AND s.id > :n AND EXISTS (SELECT FROM docs d WHERE d.id = c.id) ORDER BY c.name;
SELECT id FROM sales WHERE customer IN (SELECT id FROM customers WHERE zone = 'zone 2') AND id > :n;
SELECT c.id, (SELECT max(s.amount) FROM sales s WHERE s.customer = c.id) FROM customers c WHERE c.id > :n;
WITH w AS (SELECT id, row_number() OVER (PARTITION BY kind ORDER BY amount, id) AS n FROM sales WHERE id > :n)
  SELECT DISTINCT n FROM w WHERE n < 30 UNION SELECT 0;
SELECT upper(kind), length(kind), abs(amount - 500), round(cast(price AS numeric), 1), concat(kind, ' ', id)
  FROM sales WHERE kind LIKE 'kind 1%' AND id > :n;
SELECT id, amount FROM sales WHERE id > :n ORDER BY amount DESC, id;
SELECT c.zone, p.cost, sum(v.score * p.cost), count(*) FROM visits v JOIN customers c ON v.customer = c.id
  JOIN pages p ON p.id = v.page WHERE v.id > :n AND v.kind = 1 GROUP BY c.zone, p.cost ORDER BY c.zone, p.cost;
SELECT kind, score, rank() OVER (PARTITION BY kind ORDER BY score DESC) FROM visits WHERE id > :n AND page < 50;
SELECT * FROM visits WHERE id > :n ORDER BY score DESC, id LIMIT 100;
SELECT kind, count(*), avg(score), sum(page), min(score), max(page) FROM visits WHERE id > :n GROUP BY kind ORDER BY kind;
SELECT title FROM pages WHERE id > :n EXCEPT SELECT 'page ' || g FROM generate_series(1, 300) g;
SELECT DISTINCT page FROM visits WHERE id > :n AND score > 5000;
WITH t AS (SELECT customer, sum(score) AS total FROM visits WHERE id > :n GROUP BY customer HAVING sum(score) > 500),
  z AS (SELECT c.zone, t.total FROM t JOIN customers c ON c.id = t.customer WHERE t.total > 1000)
  SELECT zone, count(*), avg(total) FROM z GROUP BY zone ORDER BY zone;
SELECT p.id, (SELECT max(v.score) FROM visits v WHERE v.page = p.id) AS best FROM pages p WHERE p.id > :n;
SELECT id, concat(upper(title), ' ', cost), replace(title, 'page', 'leaf') FROM pages WHERE title LIKE 'page 1%' AND id > :n;
SELECT * FROM generate_series(:n, 2000);
INSERT INTO log VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'), (5, 'e');
UPDATE log SET note = 'changed' WHERE id < 3;
DELETE FROM log WHERE id < 6;
SELECT id, body, embedding <=> '[1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1]' AS distance FROM docs
  WHERE lang = 'en' AND meta ->> 'page' = '1' AND id > :n
  ORDER BY embedding <=> '[1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1]' LIMIT 3;
COPY customers TO STDOUT;
TRUNCATE customers;
COPY customers FROM STDIN;
