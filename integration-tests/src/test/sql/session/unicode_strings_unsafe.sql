-- A string with Unicode escapes is refused where a backslash is an escape in any string.
SET standard_conforming_strings = off;
SELECT U&'\0061';
SELECT U&"\0061" FROM (SELECT 1 AS a) x;
SELECT E'\u0061';
SET standard_conforming_strings = on;
SELECT U&'\0061';
