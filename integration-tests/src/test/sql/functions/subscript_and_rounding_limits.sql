-- kinds of subscripts, places that round and trunc reach, digits that a float is written with
SELECT ('{"a": [1, 2]}'::jsonb)['a'][1], ('[1, 2]'::jsonb)[0::smallint];
SELECT ('[1, 2]'::jsonb)[1.5];
SELECT ('[1, 2]'::jsonb)[true];
SELECT (ARRAY[1])[1][1][1][1][1][1][1];
SELECT length(round(7.7e3000, -2999)::text), round(7.7e3000, -3001), trunc(7.7e3000, -3000) = 7e3000;
SELECT round(6e-3000, 2999) = 1e-2999, trunc(6e-3000, 2999), scale(round(1.5, 5000));
SELECT to_char(1.25::float4, '9.99999999'), to_char(4.5e9::float4, '99999999999.99'), to_char(12345.678::float8, '99999.9999999999999');
SELECT to_char(2.5::float8, '9.99'), to_char(7::int, '9.99'), to_char(7.1::numeric, '9.999999999999999999');
SELECT * FROM jsonb_to_recordset('[{"p": 1, "q": "x"}, {"q": null}]') AS r (p int, q text);
