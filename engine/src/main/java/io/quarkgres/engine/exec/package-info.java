/**
 * The executor: operators that pull blocks from their inputs.
 *
 * <p>Read {@link io.quarkgres.engine.exec.Execution} first, what a session runs, then {@link
 * io.quarkgres.engine.exec.Operator} and {@code OperatorBuilder}, the one switch from plans to
 * operators. In: a planned statement, parameters, a snapshot. Out: blocks of result columns, pulled
 * one at a time by the session as the client takes them.
 *
 * <p>Invariants: a block that was handed up never changes; an operator is used by one thread at a
 * time, checks for interruption once a block, accounts for the memory it keeps, and frees it when
 * closed. One file an operator. Aggregations of big tables are the exception to the one thread:
 * {@code WorkerGroups} runs operators of the same plan in several, which share a {@code Fragment}.
 *
 * <p>What an operator keeps counts against its share of the {@code MemoryAccount}; beyond that it
 * goes on in temporary files: {@code RowSorter} where rows are sorted, {@code Overflow} and {@code
 * PartitionedJoin} where they are hashed, {@code KeptBlocks} where they are read again.
 *
 * <p>It knows no SQL text, no names and no wire format.
 */
package io.quarkgres.engine.exec;
