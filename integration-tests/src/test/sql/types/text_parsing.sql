SELECT 'it''s', E'it\'s', E'a\\b', 'a\b', E'\b\f\n\r\t' = chr(8) || chr(12) || chr(10) || chr(13) || chr(9), E'\141\x62\u0063', length(E'\000141');
SELECT 'multi
line', 'con' 
'cat', E'e'
'\n' = 'e\n';
SELECT N'national', n'x', pg_typeof(N'x');
SELECT $$it's$$, $a$b$$c$a$, $_x$y$_x$, $$$$, length($$
$$);
SET standard_conforming_strings = off;
SELECT 'a\nb' = E'a\nb';
SET standard_conforming_strings = on;
SELECT 'a\nb' = E'a\\nb';
SELECT U&'d\0061t\+000061', U&'\\', U&'!0061' UESCAPE '!';
SELECT U&'\00';
SELECT U&'\D800';
SELECT B'0101', X'ff', b'', x'AbC';
SELECT B'012';
SELECT X'fg';
SELECT 'a' || E'\n' || 'b', 'tab	in text', ' leading and trailing ';
SELECT '' = ' ', '' IS NULL, length(' '), 'a ' = 'a';
SELECT 1e3, 1E-2, .5, 5., 0.50, 00012, 1_000;
SELECT 9223372036854775807, 9223372036854775808, -9223372036854775808, 1e1000 > 0;
SELECT 'x'::text, text 'x', CAST('x' AS text), 'x'::pg_catalog.text, "text"('x'), 'x'::"text";
SELECT int2 '1', float4 '1.5', interval '1' hour, timestamp with time zone '2024-01-01 00:00+00', time without time zone '10:00', double precision '1.5', character varying 'v', bit varying '101', national character varying 'n';
