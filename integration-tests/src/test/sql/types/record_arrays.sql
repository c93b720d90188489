-- arrays of anonymous records, and arrays of the catalog's vectors
select array_position(ids, (1, 1)), array_positions(ids, (1, 1)) from (values (array[(0, 0), (1, 1)]), (array[(1, 1)])) as f (ids);
select array_agg(x) || array_agg(x) from (values (row(1,2)), (row(3,4))) v(x);
select row(1,2) || array_agg(x) from (values (row(3,4)), (row(5,6))) v(x);
select array_to_json(array_agg(q), false) from (select x as b, x * 2 as c from generate_series(1,3) x) q;
select row(1,1.1) = any (array[row(7,7.7), row(1,1.1), row(0,0.0)]), row(1,1.1) = any (array[row(7,7.7), row(1,1.0)]);
with recursive g(f, t) as (values (1,2),(2,3),(3,1)), s(f, t, cyc, path) as (
  select f, t, false, array[row(f, t)] from g where f = 1
  union all
  select g.f, g.t, row(g.f, g.t) = any(path), path || row(g.f, g.t) from g, s where g.f = s.t and not cyc)
select * from s order by array_length(path, 1);
select array['11 22 33'::int2vector], pg_typeof(array['11 22 33'::int2vector]);
select array(select '11 22 33'::oidvector from generate_series(1,3)), pg_typeof(array(select '1'::oidvector));
select unnest(array['11 22 33'::int2vector, '4']);
select array['1 2'::int2vector, null], array['1 2'::int2vector, '3'], (array['1 2'::int2vector])[1];
select array[]::oidvector;
select array[1,2]::int2vector;
