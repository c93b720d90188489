-- a view of something temporary is temporary, too
create schema perm;
create temp table tmp_base (a int);
create table perm_base (a int);
create view over_temp as select * from tmp_base;
create view over_both as select p.a from perm_base p join tmp_base t on t.a = p.a;
create view over_view as select * from over_temp;
create view over_perm as select * from perm_base;
create view perm.v as select * from tmp_base;
select relname, relpersistence, relnamespace::regnamespace::text like 'pg_temp%' as is_temp from pg_class where relname like 'over%' order by 1;
