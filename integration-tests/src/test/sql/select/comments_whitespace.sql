SELECT 1 -- trailing comment
;
SELECT /* in the middle */ 2;
/* leading */ SELECT 3;
SELECT 4 /* a /* nested */ comment */ + 5;
SELECT
	6
	AS
six
;
SELECT 'a -- not a comment', 'b /* neither */';
SELECT "x -- y" FROM (SELECT 1 AS "x -- y") s;
SELECT 1--2;
;
SELECT 5-- -3
;
SELECT 2 */* star */3;
SELECT $$a -- b /* c */$$, $tag$ $$ ' " $tag$;
SELECT '--' || '/*';
SELECT 1/**/+/**/1;
SELECT(1)+(2);
SELECT'x'AS y;
SELECT 1.5+.5,1.+2;
SELECT 1,2,
3;
