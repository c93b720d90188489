/**
 * The window functions proper: ranks, neighbours and values of the frame.
 *
 * <p>Read {@link io.quarkgres.engine.function.window.WindowFunctions} first. In: a partition's
 * argument columns in window order, and where peers and frames lie. Out: a column with a result for
 * each row of the partition. Thread: any.
 *
 * <p>Frames are computed elsewhere; aggregates over windows are not here.
 */
package io.quarkgres.engine.function.window;
