-- Dates beyond what timestamps reach can be compared with these.
SELECT jsonb_path_query('"1000000-01-01"', '$.datetime() > "2020-01-01 12:00:00".datetime()');
SELECT jsonb_path_query('"1000000-01-01"', '$.datetime() < "2000000-01-01".datetime()');
SELECT jsonb_path_query('"1000000-01-01"', '$.datetime()');
SELECT jsonb_path_query_tz('"1000000-01-01"', '$.datetime() > "2020-01-01 12:00:00+01".datetime()');
SELECT jsonb_path_query_tz('"2020-01-01"', '$.datetime() < "2020-01-01 00:30:00+01".datetime()');
SELECT jsonb_path_query('"9999999-01-01"', '$.datetime()');
SELECT jsonb_path_query('"300000-01-01 10:00:00"', '$.datetime()');
SELECT jsonb_path_query('"10:20:30"', '$.datetime() == "10:20:30".datetime()');
