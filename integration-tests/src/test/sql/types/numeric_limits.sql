-- the largest and the smallest numerics
select length((9::numeric * 10::numeric ^ 131071)::text);
select round(5.5e131071, -131072);
select lcm(9999 * (10::numeric) ^ 131068 + (10::numeric ^ 131068 - 1), 2);
select 10::numeric ^ 131072;
select 10.0 ^ -2147483648, 10.0 ^ -2147483647, 10.0 ^ -140000;
select length((1.1 ^ -2147483648)::text), length((0.123456789012345678901234567890 ^ 150000)::text);
select length((1e131071 + 1)::text), 1e131071 * 10 > 0;
