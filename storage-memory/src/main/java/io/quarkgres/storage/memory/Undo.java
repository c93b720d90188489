package io.quarkgres.storage.memory;

/**
 * One link in the chain from a row's newest version to its older ones: how to undo one change of
 * it. Rows of one batch that need no link of their own (fresh rows) share one. Thread: any; {@code
 * next} is written under the chunk's lock.
 */
final class Undo {
  /** The change this row took part in. */
  final UndoBatch batch;

  /** The row's position in the batch; -1 in a shared link. */
  final int position;

  /** The next older change, or {@code null}. */
  Undo next;

  Undo(UndoBatch batch, int position, Undo next) {
    this.batch = batch;
    this.position = position;
    this.next = next;
  }
}
