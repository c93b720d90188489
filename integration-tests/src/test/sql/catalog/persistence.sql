-- Sequences, tables and the path say what is unlogged and what is temporary.
CREATE UNLOGGED TABLE u (a serial, b int GENERATED ALWAYS AS IDENTITY);
CREATE UNLOGGED TABLE made AS SELECT 1 AS a;
CREATE UNLOGGED SEQUENCE s;
CREATE SEQUENCE p;
SELECT relname, relpersistence FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1;
ALTER TABLE u SET LOGGED;
SELECT relname, relpersistence FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1;
ALTER TABLE u ADD c int GENERATED ALWAYS AS IDENTITY;
ALTER TABLE u SET UNLOGGED;
SELECT relname, relpersistence FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1;
SET search_path = pg_temp, public;
SELECT current_schema() ~ '^pg_temp_', current_schemas(false)::text ~ '^{pg_temp_.*,public}$';
CREATE TABLE t (a serial);
SELECT relname, relpersistence FROM pg_class WHERE relname LIKE 't\_%' OR relname = 't' ORDER BY 1;
SELECT current_schema() ~ '^pg_temp_';
SET search_path = public, pg_temp;
SELECT current_schema();
