package io.quarkgres.vector.ivfflat;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.index.RowNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * The lists of an index as they were written down: their centres, and which row is in which. A page
 * begins with a byte that tells what follows, numbers big-endian:
 *
 * <pre>
 *   1  8 bytes: among how many entries the centres were found, 4 bytes: dimensions; centres: floats
 *   2  entries: 8 bytes row id, 4 bytes hash of the key, 4 bytes number of the list
 * </pre>
 *
 * <p>Lists are numbered from 0 on as their centres come; a single list has no centre. Keys are not
 * in it: they come back with the rows, and a row with another key goes to the list nearest to it.
 * Used by one thread.
 */
final class SavedLists {
  private static final int PAGE_BYTES = 1 << 20;
  private static final int CENTRES = 1;
  private static final int CENTRES_AT = 13;
  private static final int ENTRIES = 2;
  private static final int ENTRY_BYTES = 16;

  /** So many entries are looked at before others may change the lists. */
  private static final int SLICE = 4096;

  private final float[][] centres;
  private final long trainedCount;
  private final RowNumbers numbers;

  /** For each number the hash of the key, and the list. */
  private final int[] hashes;

  private final int[] lists;

  private SavedLists(float[][] centres, long trainedCount, int entries) {
    this.centres = centres;
    this.trainedCount = trainedCount;
    numbers = new RowNumbers(entries);
    hashes = new int[entries];
    lists = new int[entries];
  }

  /** Takes pages that {@link #write} made; {@code rowOf} tells a row's id now by the one then. */
  static SavedLists read(List<byte[]> pages, LongUnaryOperator rowOf) {
    List<float[]> centres = new ArrayList<>();
    long trainedCount = 0;
    int entries = 0;
    for (byte[] page : pages) {
      if (page[0] == CENTRES) {
        trainedCount = Datums.readLong(page, 1);
        readCentres(page, centres);
      } else {
        entries += page.length / ENTRY_BYTES;
      }
    }
    SavedLists result = new SavedLists(centres.toArray(float[][]::new), trainedCount, entries);
    int n = 0;
    for (byte[] page : pages) {
      for (int at = 1; page[0] == ENTRIES && at < page.length; at += ENTRY_BYTES) {
        result.numbers.add(rowOf.applyAsLong(Datums.readLong(page, at)));
        result.hashes[n] = Datums.readInt(page, at + 8);
        result.lists[n++] = Datums.readInt(page, at + 12);
      }
    }
    return result;
  }

  private static void readCentres(byte[] page, List<float[]> centres) {
    int dimensions = Datums.readInt(page, 9);
    for (int at = CENTRES_AT; at < page.length; ) {
      float[] centre = new float[dimensions];
      for (int d = 0; d < dimensions; d++, at += Float.BYTES) {
        centre[d] = Float.intBitsToFloat(Datums.readInt(page, at));
      }
      centres.add(centre);
    }
  }

  float[][] centres() {
    return centres;
  }

  /** Returns among how many entries the centres were found. */
  long trainedCount() {
    return trainedCount;
  }

  /** Returns the list of a row whose key has a hash, or -1. */
  int find(long row, int hash) {
    int number = numbers.find(row, n -> hashes[n] == hash);
    return number < 0 ? -1 : lists[number];
  }

  /**
   * Writes lists beside searches and writers; entries that are moved meanwhile may be left out.
   *
   * @param lock held while entries are looked at
   */
  static void write(
      Lists lists, long trainedCount, KeySpace space, Lock lock, Consumer<ByteSink> pages) {
    ByteSink page = new ByteSink(PAGE_BYTES + SLICE * ENTRY_BYTES);
    writeCentres(lists.centres(), trainedCount, page, pages);
    page.truncate(0);
    page.put(ENTRIES);
    for (int number = 0; number < lists.count(); number++) {
      EntryList list = lists.lists()[number];
      int done = 0;
      do {
        lock.lock();
        try {
          int end = Math.min(list.count(), done + SLICE);
          for (int i = done; i < end; i++) {
            page.putLong(list.entry(i).rowId);
            page.putInt(space.hash(list.entry(i).key));
            page.putInt(number);
          }
        } finally {
          lock.unlock();
        }
        done += SLICE;
        if (page.size() >= PAGE_BYTES) {
          pages.accept(page);
          page.truncate(1);
        }
      } while (done < list.count());
    }
    if (page.size() > 1) {
      pages.accept(page);
    }
  }

  private static void writeCentres(
      float[][] centres, long trainedCount, ByteSink page, Consumer<ByteSink> pages) {
    int done = 0;
    do {
      page.truncate(0);
      page.put(CENTRES);
      page.putLong(trainedCount);
      page.putInt(centres.length == 0 ? 0 : centres[0].length);
      for (; done < centres.length && page.size() < PAGE_BYTES; done++) {
        for (float coordinate : centres[done]) {
          page.putInt(Float.floatToRawIntBits(coordinate));
        }
      }
      pages.accept(page);
    } while (done < centres.length);
  }
}
