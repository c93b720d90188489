-- a vector has a megabyte, a JSON string a quarter of a gigabyte
select length((select string_agg(g::text, ' ') from generate_series(1, 100000) g)::tsvector);
select length((select string_agg(g::text, ' ') from generate_series(1, 300000) g)::tsvector);
select to_tsvector('simple', (select string_agg(g::text, ' ') from generate_series(1, 300000) g));
