/**
 * The file that values go to when memory is short, and come back from.
 *
 * <p>Read {@link io.quarkgres.storage.memory.cold.ColdFile} first. In: one column of one chunk at a
 * time, as a series of numbers and arrays ({@code FrameOutput}). Out: a {@code ColdPlace}, by which
 * the same series is read again ({@code FrameInput}), until the place is given back.
 *
 * <p>The file belongs to one process and ends with it: it has no name once it is open, nothing in
 * it is needed after a restart, and it plays no part in durability. It is made when it is first
 * needed. A frame begins at a multiple of {@value
 * io.quarkgres.storage.memory.cold.FreeSpace#UNIT_BYTES}; numbers are in the machine's byte order:
 *
 * <pre>
 *   8  number, which no other frame of the process ever has
 *   n  payload
 *   4  CRC-32C of number and payload
 * </pre>
 *
 * <p>A place may be given back and written over while somebody reads it. The number and the sum
 * tell the reader so; whether the frame was really replaced, or is damaged, is known to who owns
 * the place. Threads: any; no lock is held while the disk works.
 */
package io.quarkgres.storage.memory.cold;
