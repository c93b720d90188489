/**
 * The arithmetic of distances: sums over two vectors of floats.
 *
 * <p>Read {@link io.quarkgres.vector.kernel.Sum} first, which says what is added and in which
 * order, then {@link io.quarkgres.vector.kernel.Kernel} and {@link
 * io.quarkgres.vector.kernel.ArrayKernel}. There are two sets of loops, plain ones and ones over
 * the lanes of the Vector API; each is written once, for all sums, and copied for each sum by
 * {@link io.quarkgres.vector.kernel.Specialised}, so that what differs between sums costs nothing.
 * {@link io.quarkgres.vector.kernel.Lanes} chooses, once a process.
 *
 * <p>In: arrays, or addresses in {@link io.quarkgres.vector.kernel.Memory}. Out: floats, the same
 * bit for bit from all kernels. Thread: any. The package knows no metric: see {@link
 * io.quarkgres.vector.Metric}.
 */
package io.quarkgres.vector.kernel;
