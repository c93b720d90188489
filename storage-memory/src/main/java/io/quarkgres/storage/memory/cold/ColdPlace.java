package io.quarkgres.storage.memory.cold;

/** Where a frame lies in the cold file, as long as its owner has not given it back. Thread: any. */
public final class ColdPlace {
  final long offset;
  final long payloadBytes;
  final long number;
  private volatile boolean spoiled;

  /** Where it lies in its table's list of places, -1 if in none; guarded by that list. */
  private int listIndex = -1;

  ColdPlace(long offset, long payloadBytes, long number) {
    this.offset = offset;
    this.payloadBytes = payloadBytes;
    this.number = number;
  }

  /** Makes a place that nothing lies at, for values that are lost. */
  public static ColdPlace nowhere() {
    return new ColdPlace(0, 0, 0);
  }

  /** Returns how many bytes the values take there. */
  public long bytes() {
    return payloadBytes;
  }

  /**
   * Says that the frame must never be read again, as it should have been changed and could not be.
   */
  public void spoil() {
    spoiled = true;
  }

  boolean isSpoiled() {
    return spoiled;
  }

  /** Returns what {@link #setListIndex} set. */
  public int listIndex() {
    return listIndex;
  }

  /** Notes the place's index in a list of its owner's. */
  public void setListIndex(int index) {
    listIndex = index;
  }
}
