/**
 * Prints stored definitions as SQL again: views, defaults, conditions, index expressions.
 *
 * <p>Read {@link io.quarkgres.engine.deparse.Deparser} first. In: the syntax tree of a definition
 * and the {@code BindTrace} that binding it left, so everything in it is resolved. Out:
 * PostgreSQL's text for it: qualified columns, casts with their types, parentheses, line breaks.
 * One class a part: queries, FROM, expressions, constants, calls of special syntax; {@code SqlText}
 * knows how lines are broken, {@code Style} what "pretty" changes, {@code ObjectNames} what is
 * qualified.
 *
 * <p>Runs on the statement's thread. Invariant: what is printed means the same when it is read back
 * under the search path that it was printed for. It reads no table and changes nothing.
 */
package io.quarkgres.engine.deparse;
