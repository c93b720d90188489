/**
 * Subqueries in expressions, and common table expressions.
 *
 * <p>Read {@code SubplanEvaluator} first: an {@link io.quarkgres.engine.expr.Evaluator} that runs a
 * plan for each row, or once where nothing of it depends on the row. {@code SubplanRun} is one run,
 * {@code SubplanTest} the comparison of IN, ANY and ALL; {@code CorrelatedAggregate} computes an
 * aggregate of matching rows for whole blocks. {@code CteStore} keeps the rows of a WITH query,
 * {@code RecursiveUnionOperator} runs a recursive one.
 *
 * <p>Used by one thread. Invariant: a WITH query that changes data runs once and to its end,
 * whoever reads of it how much.
 */
package io.quarkgres.engine.exec.subquery;
