/**
 * Window functions.
 *
 * <p>Read {@code WindowOperator} first: it sorts its input, cuts it into partitions, and computes
 * each function over each partition. In: rows, and the calls of one window. Out: the same rows with
 * a column a call. {@code FrameBounds} finds where each row's frame begins and ends, {@code
 * WindowAggregate} keeps an aggregate over a moving frame.
 *
 * <p>Used by one thread. Invariant: a partition is held in memory as a whole, one at a time.
 */
package io.quarkgres.engine.exec.window;
