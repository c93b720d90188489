CREATE EXTENSION vector;
CREATE TABLE docs (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, lang text NOT NULL,
  body text, meta jsonb, at timestamptz DEFAULT now(), price numeric(8, 2), embedding vector(3));
CREATE INDEX ON docs USING hnsw (embedding vector_cosine_ops);
CREATE INDEX ON docs (lang);
INSERT INTO docs (lang, body, meta, price, embedding)
  SELECT 'en', 'passage ' || g, '{"page": 1}', g * 1.5, '[1,0,0]' FROM generate_series(1, 100) g;
INSERT INTO docs (lang, body, embedding) VALUES ('de', 'Pumpe', '[0,1,0]') RETURNING id;
UPDATE docs SET body = upper(body) WHERE id = 1;
DELETE FROM docs WHERE id = 2;
BEGIN; SAVEPOINT s; ROLLBACK TO s; COMMIT;
SELECT 1;
SELECT id, body, embedding <=> '[1,0,0]' AS distance FROM docs
  WHERE lang = 'en' AND meta ->> 'page' = '1' ORDER BY embedding <=> '[1,0,0]' LIMIT 3;
SELECT lang, count(*), sum(price), min(at), max(id), avg(price) FROM docs
  GROUP BY lang HAVING count(*) > 0 ORDER BY 1;
SELECT a.id, b.body FROM docs a JOIN docs b ON b.id = a.id + 1 LEFT JOIN docs c ON c.id = a.id
  WHERE a.body LIKE 'p%' AND EXISTS (SELECT FROM docs d WHERE d.id = a.id) ORDER BY b.body DESC LIMIT 5;
WITH w AS (SELECT id, row_number() OVER (PARTITION BY lang ORDER BY id) AS n FROM docs)
  SELECT DISTINCT n FROM w WHERE n < 3 UNION ALL SELECT 0;
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relname = 'docs' AND a.attnum > 0 ORDER BY a.attnum;
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public';
EXPLAIN SELECT * FROM docs WHERE id = 5;
SHOW server_version;
DROP TABLE docs;
