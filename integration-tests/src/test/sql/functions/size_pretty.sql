select pg_size_pretty(x) from (values (1::numeric),(1.5),(10239.9),(10240),(10240.5),(-10240),(1e6),(123456789.7),(20971519),(20971520),(20971007.9),(1e12),(1e18),(1e25),(-1e25),(0),('NaN')) v(x);
select pg_size_pretty('Infinity'::numeric);
