-- V in the template of to_number divides by a power of ten, which has 16 digits.
SELECT to_number('12.34', '99V99'), to_number('1234', '99V99'), to_number('12', '99V99');
SELECT to_number('-12', 'S99V9'), to_number('12a', '99V9'), to_number('100', '9V99');
SELECT to_number('1234567', '99999V99999999999999999999');
SELECT to_number('123456789012345', '9V99999999999999'), to_number('99', '9V9999999999999999');
SELECT to_number('12345.6', '999V99.9');
