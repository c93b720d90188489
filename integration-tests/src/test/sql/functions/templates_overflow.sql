-- numbers that do not fit their template, and where to_number finds the sign
select to_char(1e6::float4, 'MI99.99'), to_char(1e7::float8, 'MI99.99'), to_char(1e9::numeric, 'MI99.99');
select to_char('12345678901'::float8, '9999999999D9999900000000000000000');
select to_char(1e15::float8,'99.99'), to_char(1e14::float8,'99.99'), to_char(1e13::float8,'99.99'), to_char(1e5::float4,'99.99'), to_char(1e4::float4,'99.99999');
select to_char(-1e9::float4,'99.99PR'), to_char(-1e9::float4,'99.99S'), to_char('inf'::float4,'00.99'), to_char('-inf'::float8,'99.99'), to_char('nan'::float4,'99.99999');
select to_number('5.01-', 'FM9.999999MI'), to_number('.-01', 'S99.99'), to_number('1234.56', 'L99,999.99'), to_number('1,234.56', 'L99,999.99');
select to_number(' . 0 1-', ' 9 9 . 9 9 S'), to_number('-12', 'S99'), to_number('12-', '99S'), to_number('<12>', '99PR'), to_number('$1', 'L9');
select to_number('1,234', 'FM9,999'), to_number('1234', '9,999'), to_number('4 7', '9D9');
select to_number('4 7303,3', ',9D');
select to_number('8', '.');
select to_number('', '9'), to_number('x', '9');
