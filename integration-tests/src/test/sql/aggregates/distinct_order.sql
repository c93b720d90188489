-- DISTINCT with ORDER BY: a cast that the function's signature asks for is no part of the argument
select string_agg(distinct f1, ',' order by f1) from (values ('b'::varchar),('a'),('b'),(null)) t(f1);
select string_agg(distinct f1, ',' order by f1::text) from (values ('b'::varchar),('a'),('b')) t(f1);
select string_agg(distinct f1::text, ',' order by f1::text desc) from (values ('b'::varchar),('a'),('b')) t(f1);
select string_agg(distinct f1, ',' order by f1) from (values ('b'::name),('a'),('b')) t(f1);
select array_agg(distinct x order by x desc nulls last) from (values (1),(2),(null),(2)) t(x);
select array_agg(distinct x order by -x) from (values (1),(2)) t(x);
