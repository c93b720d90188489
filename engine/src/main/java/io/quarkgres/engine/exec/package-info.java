/**
 * The executor: operators that pull blocks from their inputs. Here is what all operators share;
 * each family has a package of its own, and {@code exec.build} makes them of plans.
 *
 * <p>Read {@link io.quarkgres.engine.exec.Operator} first, then {@link
 * io.quarkgres.engine.exec.ExecutionContext} and {@code exec.build}. In: a planned statement,
 * parameters, a snapshot. Out: blocks of result columns, pulled one at a time by the session as the
 * client takes them.
 *
 * <p>Invariants: a block that was handed up never changes; an operator is used by one thread at a
 * time, checks for interruption once a block, accounts for the memory it keeps, and frees it when
 * closed. One file an operator. What an operator keeps counts against its share of the {@code
 * MemoryAccount}; beyond that it goes on in temporary files: {@code sort.RowSorter} where rows are
 * sorted, {@code Overflow} and {@code join.PartitionedJoin} where they are hashed, {@code
 * KeptBlocks} where they are read again.
 *
 * <p>The packages stand in this order, and none uses one behind it: this one, {@code scan}, {@code
 * sort}, {@code join}, {@code parallel}, {@code aggregate}, {@code window}, {@code subquery},
 * {@code modify}, {@code build}. None knows SQL text, names or a wire format.
 */
package io.quarkgres.engine.exec;
