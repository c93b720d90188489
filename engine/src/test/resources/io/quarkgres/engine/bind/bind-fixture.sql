-- The relations of BindFixture, for a real PostgreSQL that expectations are recorded from.
create table t (a int primary key, b text, c numeric(10,2), d date, e jsonb, f json);
create table u (a int, b text, x int);
create table arr (id int, tags text[], m int[]);
create table w (id bigint, ts timestamptz, tsn timestamp, f8 float8, f4 real, s smallint,
  vc varchar(10), ch char(5), by bytea, uu uuid, iv interval, bo boolean, n name, o oid);
create table gi (id int generated always as identity, x int,
  y int generated always as (x * 2) stored);
create sequence sq;
create table ser (id int default 1 + 1, v text default 'x', k int unique check (k > 0));
create unique index ser_lower on ser (lower(v)) where k > 1;
create view v as select t.a, t.b from t;
