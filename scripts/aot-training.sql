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
SELECT * FROM sales WHERE id > :n;
SELECT id, amount, price FROM sales WHERE amount > 100 AND id > :n ORDER BY amount DESC, id LIMIT 500;
SELECT id, amount, kind FROM sales WHERE customer = 7 AND amount > 300 AND id > :n ORDER BY amount, kind LIMIT 9;
SELECT c.zone, d.lang, s.kind, count(*), avg(s.amount) FROM sales s JOIN customers c ON s.customer = c.id
  JOIN docs d ON d.id = s.customer WHERE s.id > :n GROUP BY c.zone, d.lang, s.kind ORDER BY c.zone, s.kind;
WITH a AS (SELECT id, zone FROM customers WHERE zone <> 'zone 1'),
  t AS (SELECT s.customer, count(*) AS n, sum(s.amount) AS total FROM sales s JOIN a ON a.id = s.customer
    WHERE s.id > :n GROUP BY s.customer HAVING sum(s.amount) > 100)
  SELECT a.zone, sum(t.total), avg(t.n) FROM t JOIN a ON a.id = t.customer GROUP BY a.zone ORDER BY 2 DESC;
SELECT id, kind, rank() OVER (PARTITION BY customer ORDER BY amount DESC) FROM sales WHERE id > :n;
SELECT DISTINCT kind FROM sales WHERE id > :n;
SELECT id, kind FROM sales WHERE id > :n UNION SELECT id, name FROM customers;
SELECT kind FROM sales WHERE id > :n EXCEPT SELECT name FROM customers;
SELECT id, concat(upper(name), ' ', zone), replace(name, 'omer', '-'), length(zone) FROM customers
  WHERE name LIKE 'cust%' AND id > :n ORDER BY id;
SELECT * FROM generate_series(:n, 2000);
SELECT id, body, embedding <=> '[1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1]' AS distance FROM docs
  WHERE lang = 'en' AND meta ->> 'page' = '1' AND id > :n
  ORDER BY embedding <=> '[1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1]' LIMIT 3;
COPY customers TO STDOUT;
TRUNCATE customers;
COPY customers FROM STDIN;
