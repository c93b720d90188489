-- Sub-selects that run for many outer rows, beyond where the table is put into a hash table.
CREATE TABLE head (id int, k int8, s text);
CREATE TABLE line (id int, head_id int, score int, s text);
INSERT INTO head SELECT g, nullif(g % 7, 3), nullif('s' || g % 5, 's2') FROM generate_series(1, 40) g;
INSERT INTO line SELECT g, nullif(g % 23, 5), (g * 37) % 50, 's' || g % 6 FROM generate_series(1, 200) g;
INSERT INTO line VALUES (201, NULL, NULL, NULL), (202, 12, NULL, 's1');
SELECT h.id, (SELECT max(l.score) FROM line l WHERE l.head_id = h.id) FROM head h ORDER BY h.id;
SELECT h.id, (SELECT count(*) FROM line l WHERE l.head_id = h.k) FROM head h ORDER BY h.id LIMIT 12;
SELECT h.id, (SELECT count(l.score) + coalesce(sum(l.score), -1) FROM line l WHERE l.head_id = h.id AND l.s = h.s) FROM head h ORDER BY h.id LIMIT 12;
SELECT h.id, (SELECT string_agg(l.s, ',' ORDER BY l.id) FROM line l WHERE l.head_id = h.id AND l.score < 20) FROM head h ORDER BY h.id LIMIT 12;
SELECT h.id, (SELECT max(l.score) FROM line l WHERE l.head_id = h.id AND l.score > h.id) FROM head h ORDER BY h.id LIMIT 12;
SELECT h.id, (SELECT count(*) FILTER (WHERE l.score > 10) FROM line l WHERE l.head_id + 1 = h.id) FROM head h ORDER BY h.id LIMIT 12;
SELECT h.id, (SELECT l.id FROM line l WHERE l.head_id = h.id ORDER BY l.score DESC NULLS LAST, l.id LIMIT 1) FROM head h ORDER BY h.id LIMIT 12;
SELECT h.id, ARRAY(SELECT l.id FROM line l WHERE l.s = h.s AND l.score = 1 ORDER BY 1) FROM head h ORDER BY h.id LIMIT 12;
SELECT h.id, (SELECT l.id FROM line l WHERE l.head_id = h.id) FROM head h WHERE id > 22 ORDER BY h.id LIMIT 3;
SELECT h.id, (SELECT l.id FROM line l WHERE l.head_id = h.id) FROM head h ORDER BY h.id;
SELECT count(*) FROM head h WHERE 20 < (SELECT avg(l.score) FROM line l WHERE l.head_id = h.id);
SELECT h.id, x.n, x.top FROM head h, LATERAL (SELECT count(*) AS n, max(score) AS top FROM line l WHERE l.head_id = h.id) x ORDER BY h.id LIMIT 12;
-- Only rows that some outer row asks for are computed.
SELECT h.id, (SELECT max(100 / (l.score - 45)) FROM line l WHERE l.head_id = h.id) FROM head h WHERE id < 5 ORDER BY h.id;
SELECT h.id, (SELECT max(100 / (l.score - 45)) FROM line l WHERE l.head_id = h.id) FROM head h WHERE id < 12 ORDER BY h.id;
-- Two levels.
SELECT h.id, (SELECT sum((SELECT max(l2.score) FROM line l2 WHERE l2.id = l.id + h.id)) FROM line l WHERE l.head_id = h.id) FROM head h ORDER BY id LIMIT 12;
-- The own changes of a statement are not seen.
UPDATE head h SET k = (SELECT count(*) FROM head x WHERE x.k = h.k);
SELECT k, count(*) FROM head GROUP BY k ORDER BY k;
