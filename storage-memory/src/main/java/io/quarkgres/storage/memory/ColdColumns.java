package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.storage.memory.cold.ColdFile;
import io.quarkgres.storage.memory.cold.ColdPlace;
import io.quarkgres.storage.memory.column.ChunkColumn;

/**
 * The columns of one chunk that a scan found absent, with the places that had their values then,
 * and later the values. A frame does not change as long as its place is not given back, so they are
 * those of the moment of the look. Used by one thread after another.
 */
final class ColdColumns {
  private final Chunk chunk;
  private final int[] projection;
  private final ColdPlace[] places;
  private final ChunkColumn[] loaded;

  private ColdColumns(Chunk chunk, int[] projection) {
    this.chunk = chunk;
    this.projection = projection;
    places = new ColdPlace[projection.length];
    loaded = new ChunkColumn[projection.length];
  }

  /** Notes which of the projected columns are absent. Called under the chunk's lock. */
  static ColdColumns of(Chunk chunk, int[] projection) {
    ColdColumns result = null;
    for (int c = 0; c < projection.length; c++) {
      if (projection[c] >= 0 && chunk.column(projection[c]).isAbsent()) {
        result = result == null ? new ColdColumns(chunk, projection) : result;
        result.places[c] = chunk.column(projection[c]).place();
      }
    }
    return result;
  }

  Chunk chunk() {
    return chunk;
  }

  /** Returns how many bytes are to be read. */
  long bytes() {
    long sum = 0;
    for (ColdPlace place : places) {
      sum += place == null ? 0 : place.bytes();
    }
    return sum;
  }

  /** Tells whether this has what another one asks for. */
  boolean covers(ColdColumns wanted) {
    for (int c = 0; c < places.length; c++) {
      if (wanted.places[c] != null && wanted.places[c] != places[c]) {
        return false;
      }
    }
    return true;
  }

  /** Reads the values; returns false if the chunk has others by now. */
  boolean read() {
    MemoryTable table = chunk.table();
    for (int c = 0; c < places.length; c++) {
      if (places[c] != null) {
        loaded[c] =
            table.storage().columnMemory().read(places[c], table.columns().get(projection[c]));
        if (loaded[c] == null) {
          if (ReadBack.isCurrent(chunk, projection[c], places[c])) {
            throw ColdFile.corrupted(places[c]);
          }
          return false;
        }
      }
    }
    return true;
  }

  /** Puts the first positions of what was read in the places of columns that are missing. */
  void share(Column[] columns, int count) {
    for (int c = 0; c < columns.length; c++) {
      if (columns[c] == null && loaded[c] != null) {
        columns[c] = loaded[c].share(count);
      }
    }
  }

  /** Puts what was read in place, unless somebody else did or the place has others. */
  void install() {
    synchronized (chunk) {
      for (int c = 0; c < places.length; c++) {
        if (places[c] != null) {
          ChunkColumn now = chunk.column(projection[c]);
          if (now.isAbsent() && now.place() == places[c]) {
            chunk.install(projection[c], loaded[c]);
          }
        }
      }
    }
  }
}
