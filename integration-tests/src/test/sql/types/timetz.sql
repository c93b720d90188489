SELECT '10:30+02'::timetz, '10:30:15.5-08:30'::timetz, '10:30'::timetz, '2024-01-01 10:30+01'::timetz;
SELECT 'nope'::timetz;
SELECT '10:30+02'::timetz = '08:30+00'::timetz, '10:30+02'::timetz < '10:30+01'::timetz;
SELECT x FROM (VALUES ('10:00+00'::timetz), ('10:00+02'), ('09:00+00'), (NULL)) v(x) ORDER BY x;
SELECT '10:30+02'::timetz::time, '10:30'::time::timetz, '10:30+02'::timetz + interval '1 hour', extract(hour FROM '10:30+02'::timetz), extract(timezone FROM '10:30+02'::timetz);
SELECT '10:30+02'::timetz AT TIME ZONE 'UTC', '10:30:15.98765+00'::timetz(2);
