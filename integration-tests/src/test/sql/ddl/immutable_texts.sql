-- What is printed as settings say is not immutable, anything else is.
CREATE TABLE g (a int, b text, c text GENERATED ALWAYS AS (a || b) STORED);
INSERT INTO g VALUES (1, 'x');
SELECT * FROM g;
CREATE INDEX ON g ((a || 'x'));
CREATE INDEX ON g ((a::text));
CREATE TABLE h (d date, c text GENERATED ALWAYS AS (d || 'x') STORED);
CREATE TABLE h (d date, c text GENERATED ALWAYS AS (d::text) STORED);
CREATE TABLE h (d timestamptz, c text GENERATED ALWAYS AS ('x' || d) STORED);
CREATE TABLE h (d text, c date GENERATED ALWAYS AS (d::date) STORED);
CREATE TABLE h (d int[], c text GENERATED ALWAYS AS (d::text) STORED);
CREATE TABLE h (d numeric, f bool, u uuid, t time, c text GENERATED ALWAYS AS (d || ' ' || f || ' ' || u || t) STORED);
CREATE INDEX ON h ((d::text));
CREATE INDEX ON h ((now()));
CREATE INDEX ON h ((sum(d)));
CREATE INDEX ON h ((SELECT 1));
CREATE INDEX ON h (d) WHERE random() > 0.5;
CREATE INDEX ON h (d) WHERE count(*) > 1;
