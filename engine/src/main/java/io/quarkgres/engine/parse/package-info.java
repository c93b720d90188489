/**
 * Text to syntax tree: a hand-written lexer and a recursive descent parser for PostgreSQL 15's
 * dialect.
 *
 * <p>Read {@link io.quarkgres.engine.parse.Parser} first: a query string goes in, a list of {@link
 * io.quarkgres.engine.parse.ParsedStatement} comes out, or an error 42601 with PostgreSQL's words
 * and position. {@link io.quarkgres.engine.parse.lex} makes tokens; {@code Grammar} joins the
 * parsers, one a family of statements, which call each other through it. {@code ExpressionParser}
 * climbs precedences, {@code PrimaryParser} reads what has none.
 *
 * <p>A parse uses one thread and shares nothing. No name is looked up and no value checked: that is
 * the binder's part. What is recognised but not built raises 0A000 here only when the tree has no
 * place for it (XML functions, statements of which nothing is built).
 *
 * <p>Nesting is limited ({@code Tokens.DEPTH_MAX}, SQLSTATE 54001), long chains of operators, joins
 * and set operations are not: they are read in loops, but make left-deep trees, which the stages
 * after this one must walk in loops too or guard.
 */
package io.quarkgres.engine.parse;
