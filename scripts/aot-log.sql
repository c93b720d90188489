-- What the training's data directory has in its log before the training starts on it: see make-aot-cache.
CREATE TABLE recovered (id int PRIMARY KEY, name text, amount bigint, price float8, cost numeric, day date);
INSERT INTO recovered SELECT g, 'name ' || g, g, g / 7.0, g / 8.0, date '2026-01-01' + g % 365
  FROM generate_series(1, 40000) g;
CHECKPOINT;
UPDATE recovered SET name = name || '!', amount = amount + 1, price = price + 1;
UPDATE recovered SET cost = cost + 1, day = day + 1;
DELETE FROM recovered WHERE id % 10 = 0;
-- repeated
UPDATE recovered SET amount = amount + 1 WHERE id = :n;
