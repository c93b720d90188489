/**
 * What it costs to understand a statement before it runs.
 *
 * <p>Read {@link io.quarkgres.bench.plan.PlanningBenchmark} first. In: the texts of {@code Texts}
 * over the tables of {@code Shop}. Out: JMH's table, microseconds a statement. Thread: JMH's.
 */
package io.quarkgres.bench.plan;
