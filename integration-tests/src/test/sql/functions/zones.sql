-- offsets as zones, and abbreviations whose meaning changed
set timezone = '04:30';
show timezone;
select timestamptz '2020-01-01 00:00:00+00', to_char(timestamptz '2020-01-01 00:00:00+00', 'OF TZH:TZM');
set timezone = '00:30';
select timestamptz '2020-01-01 00:00:00+00';
set timezone = '-04:30';
select timestamptz '2020-01-01 00:00:00+00';
reset timezone;
select timestamptz '2011-03-27 01:59:59 MSK', timestamptz '2011-03-27 02:00:00 MSK', timestamptz '2011-03-27 02:59:59 MSK', timestamptz '2011-03-27 03:00:00 MSK';
select timestamp '2011-03-27 02:00:00' at time zone 'MSK', timestamp '2011-03-27 01:59:59' at time zone 'MSK';
select timestamptz '2014-10-25 21:00:00 UTC' at time zone 'MSK', timestamptz '2014-10-25 21:59:59 UTC' at time zone 'MSK', timestamptz '2014-10-25 22:00:00 UTC' at time zone 'MSK';
