-- DROP of functions that are not there, or that are PostgreSQL's.
DROP FUNCTION nofunc(int);
DROP FUNCTION nofunc;
DROP FUNCTION nofunc();
DROP FUNCTION noschema.f(int);
DROP FUNCTION nofunc(notype);
DROP AGGREGATE noagg(int);
DROP AGGREGATE noagg(*);
DROP PROCEDURE nop(int);
DROP PROCEDURE nop;
DROP ROUTINE nor(int, text[]);
DROP FUNCTION IF EXISTS nofunc(int);
DROP FUNCTION IF EXISTS noschema.f(int);
DROP FUNCTION IF EXISTS nofunc(notype);
DROP FUNCTION lower(text);
DROP FUNCTION lower;
DROP FUNCTION sum(int);
DROP AGGREGATE lower(text);
DROP PROCEDURE lower(text);
