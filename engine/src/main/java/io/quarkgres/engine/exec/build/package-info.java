/**
 * From plans to running statements.
 *
 * <p>Read {@link io.quarkgres.engine.exec.build.Execution} first, what a session runs, then {@code
 * OperatorBuilder}, the one switch from plans to operators; plans with more to them have builders
 * of their own, such as {@code JoinBuilder} and {@code SubplanBuilder}. In: a planned statement and
 * an {@link io.quarkgres.engine.exec.ExecutionContext}. Out: a tree of operators, and their blocks.
 *
 * <p>Used by the statement's thread. {@code ParallelPlan} tells which parts of a plan several
 * workers may run; each of them gets a builder of its own. Invariant: a statement that changes data
 * runs to its end, with its checks, before its first row leaves.
 */
package io.quarkgres.engine.exec.build;
