/// Golden SQL scripts: `src/test/sql/<area>/<feature>.sql` with what a real PostgreSQL answered.
///
/// Read [io.quarkgres.it.golden.ScriptRunner] first. In: a script and a connection; out: its
/// transcript. `scripts/record-golden` writes the transcript of a real PostgreSQL to
/// `<feature>.expected`; [io.quarkgres.it.golden.GoldenSqlIT] compares that of our server with it.
/// One thread runs one script after another, each in a database of its own.
///
/// A script is a list of statements that end in `;`. The data of a `COPY ... FROM STDIN` follow its
/// statement and end with a line `\.`. Comment lines `-- simple-only` (not run a second time
/// through the extended protocol, because PostgreSQL itself answers differently there) is the only
/// directive. The transcript holds, for each statement:
///
/// ```
/// > SELECT ...;                           the statement, each line with "> " before it
/// NOTICE 42P07: message                   notices and warnings, with DETAIL and HINT lines
/// : id int4<TAB>name varchar(20)          the columns with their types
/// 1<TAB>\N                                rows; NULL \N, tab \t, newline \n, backslash \\
/// ERROR 22012: message                    or an error: DETAIL, HINT, POSITION, FIELDS lines
/// = SELECT 1 [T]                          the command tag; [T] in a transaction, [E] in a failed one
/// PARAMETER TimeZone=UTC                  a ParameterStatus
/// ```
///
/// Rows that were sent before an error are left out: how many depends on the executor.
package io.quarkgres.it.golden;
