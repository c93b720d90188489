/**
 * The syntax tree: plain data that says what the text of a statement says, and nothing more.
 *
 * <p>Read {@link io.quarkgres.engine.ast.Statement} first, then {@link
 * io.quarkgres.engine.ast.Query} and {@link io.quarkgres.engine.ast.Expression}. The parser makes
 * these trees, the binder reads them. They are immutable; any thread may hold them, and the
 * statement cache does.
 *
 * <p>What holds everywhere: identifiers are already folded to lower case (unquoted) or taken
 * verbatim (quoted) and cut to 63 bytes; string constants are decoded; lists are never {@code
 * null}; a component may be {@code null} only where its record says so. {@code position} is the
 * 0-based offset, in UTF-16 units of the whole query string, of the place that PostgreSQL would
 * point at in an error about the node (for an infix operator the operator itself), or -1.
 *
 * <p>SQL that PostgreSQL's own grammar rewrites arrives rewritten in the same way: {@code EXTRACT},
 * {@code POSITION}, {@code SUBSTRING}, {@code OVERLAY}, {@code TRIM}, {@code AT TIME ZONE}, {@code
 * OVERLAPS} and {@code COLLATION FOR} are calls of functions of {@code pg_catalog}; {@code int},
 * {@code varchar(3)} or {@code double precision} are qualified type names ({@code
 * pg_catalog.int4}); {@code TABLE t} is {@code SELECT * FROM t}. No name is looked up here.
 */
package io.quarkgres.engine.ast;
