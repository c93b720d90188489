-- The least and the greatest intervals can be read.
SELECT interval '-9223372036854775808 us', interval '9223372036854775807 us';
SELECT interval '-9223372036854775809 us';
SELECT interval '9223372036854775808 us';
SELECT interval '-9223372036854775808 microseconds ago';
SELECT interval '-9223372036854775.808 ms', interval '9223372036854775.807 ms';
SELECT interval '-2147483648 days', interval '-2147483648 months';
SELECT interval '2147483648 days';
SELECT interval '-2147483649 days';
SELECT interval '1 -9223372036854775808';
SELECT interval '-178956970 years -8 mons', interval '-178956970-8';
