DROP TABLE IF EXISTS item;
DROP TABLE IF EXISTS customer;
DROP TABLE IF EXISTS line;
DROP TABLE IF EXISTS sale;
CREATE TABLE item (id int, label text, cat text, qty int, price float8);
INSERT INTO item SELECT g, 'item ' || g, 'c' || g * 7919 % 100, g * 7907 % 5000, (g * 7901 % 100000) / 100.0
  FROM generate_series(0, 4999) AS t(g);
CREATE TABLE customer (id int, name text, zone text, plan text);
INSERT INTO customer SELECT g, 'customer ' || g, 'zone ' || g * 7919 % 8,
    CASE g * 7907 % 3 WHEN 0 THEN 'gold' WHEN 1 THEN 'silver' ELSE 'bronze' END
  FROM generate_series(0, 49999) AS t(g);
CREATE TABLE line (id int, item int, score int);
INSERT INTO line SELECT g, g * 7919 % 2000, g * 7907 % 1000 FROM generate_series(0, 9999) AS t(g);
CREATE TABLE sale (id int, customer int, item int, units int, paid int, day int, kind text);
INSERT INTO sale SELECT g, g::bigint * 104729 % 50000, g::bigint * 104723 % 5000, 1 + g % 20,
    1 + g::bigint * 104717 % 10000, g % 730, 'kind ' || g::bigint * 104711 % 20
  FROM generate_series(0, 499999) AS t(g);
