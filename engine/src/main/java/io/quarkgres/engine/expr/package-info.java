/**
 * Expression evaluation over blocks: a bound expression becomes a tree of evaluators.
 *
 * <p>Read {@link io.quarkgres.engine.expr.Evaluator} first, then {@link
 * io.quarkgres.engine.expr.ExpressionCompiler} and {@link io.quarkgres.engine.expr.Frame}. In: a
 * block, the rows of it that matter, and the frame with parameters and outer columns. Out: a column
 * aligned with the block's positions, of which only the asked ones mean anything.
 *
 * <p>Invariants: an operand that SQL does not compute for a row (behind a false AND, an arm of CASE
 * not taken) is not computed for it, so it cannot raise its error. Evaluators are immutable and
 * used by any thread; everything that changes lies in the frame, which belongs to one execution and
 * one thread at a time. No boxing and no allocation per row in numeric paths.
 *
 * <p>It knows no operators, storage or SQL text; subqueries come in through {@link
 * io.quarkgres.engine.expr.SubplanCompiler}.
 */
package io.quarkgres.engine.expr;
