-- bracket expressions of SIMILAR TO keep what is inside them
SELECT 'a%b' SIMILAR TO 'a[%]b', 'axb' SIMILAR TO 'a[%]b', 'a.b' SIMILAR TO 'a[.]b', 'axb' SIMILAR TO 'a[.]b';
SELECT s, s SIMILAR TO '[[:digit:]_]+' AS under, s SIMILAR TO '[_[:digit:]%]%' AS percent
  FROM (VALUES ('12_3'), ('a'), ('%a'), ('1a'), ('_')) v (s);
SELECT s, s SIMILAR TO '[^[:alpha:]_]' FROM (VALUES ('a'), ('_'), ('1'), ('%')) v (s);
SELECT s, s SIMILAR TO '[]x]y', s SIMILAR TO '[^]x]y' FROM (VALUES (']y'), ('xy'), ('zy')) v (s);
SELECT '(a)' SIMILAR TO '[(]a[)]', 'a' SIMILAR TO '[[:alpha:](]', '(' SIMILAR TO '[[:alpha:](]';
