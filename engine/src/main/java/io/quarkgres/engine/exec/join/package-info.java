/**
 * Joins: by hash, by nested loop, by running the right side for each left row, and NOT IN.
 *
 * <p>Read {@code PairJoinOperator} first, what joins with a kept right side have in common, then
 * {@code HashJoinOperator}. In: two operators, keys and conditions compiled. Out: blocks of the
 * columns of both sides. {@code JoinTable} is the hash table of the right side; {@code
 * PartitionedJoin} joins sides that do not fit into working memory, partition by partition.
 *
 * <p>Used by one thread; a table that is built may be probed by several. Invariant: each left row
 * is tested against each candidate once, so that outer joins know what has found no match.
 */
package io.quarkgres.engine.exec.join;
