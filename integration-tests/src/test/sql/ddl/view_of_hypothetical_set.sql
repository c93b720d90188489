-- views with ordered-set and hypothetical-set aggregates
CREATE TABLE jump (team text, metres numeric);
INSERT INTO jump VALUES ('red', 5.1), ('red', 6.2), ('blue', 4.4), ('blue', NULL);
CREATE VIEW standing AS
  SELECT team, rank(5.5, 'm') WITHIN GROUP (ORDER BY metres DESC NULLS LAST, team) AS place,
         percentile_disc(0.5) WITHIN GROUP (ORDER BY metres) AS middle, mode() WITHIN GROUP (ORDER BY metres) AS usual
  FROM jump GROUP BY team;
SELECT * FROM standing ORDER BY team;
SELECT pg_get_viewdef('standing'), pg_get_viewdef('standing', true);
DROP VIEW standing;
DROP TABLE jump;
