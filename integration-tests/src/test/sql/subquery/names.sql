-- Names of columns that are sub-selects.
SELECT (SELECT 1 AS a UNION SELECT 1), (VALUES (1)), ((SELECT 1 AS b)), (SELECT 1)::text;
SELECT CASE WHEN true THEN 2 ELSE (SELECT 1) END, coalesce((SELECT 1)), (SELECT 1 LIMIT 1)::int;
SELECT (SELECT CASE WHEN true THEN 1 END), (SELECT 3::text), CASE WHEN true THEN 1 ELSE (SELECT 2 AS x) END;
