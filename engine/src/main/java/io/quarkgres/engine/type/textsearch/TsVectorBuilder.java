package io.quarkgres.engine.type.textsearch;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Collects lexemes and positions in any order. Used by one thread. */
public final class TsVectorBuilder {
  private static final int BYTES_MAX = (1 << 20) - 1;

  private final TreeMap<byte[], int[]> lexemes = new TreeMap<>(Arrays::compareUnsigned);

  /** Adds a lexeme with some positions, or none. */
  public void add(byte[] lexeme, int... positions) {
    int[] before = lexemes.putIfAbsent(lexeme, positions);
    if (before != null && positions.length > 0) {
      int[] all = Arrays.copyOf(before, before.length + positions.length);
      System.arraycopy(positions, 0, all, before.length, positions.length);
      lexemes.put(lexeme, all);
    }
  }

  /** Raises 54000 when lexemes and positions are more bytes than PostgreSQL has offsets for. */
  static void requireFits(long bytes) {
    if (bytes > BYTES_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "string is too long for tsvector (%d bytes, max %d bytes)".formatted(bytes, BYTES_MAX));
    }
  }

  /** Counts bytes as PostgreSQL keeps them: positions begin at an even offset. */
  private long keptBytes() {
    long bytes = 0;
    for (Map.Entry<byte[], int[]> e : lexemes.entrySet()) {
      bytes += e.getKey().length;
      if (e.getValue().length > 0) {
        int count = Math.min(e.getValue().length, TsPosition.COUNT_MAX);
        bytes = (bytes + 1 & -2) + Short.BYTES * (1L + count);
      }
    }
    return bytes;
  }

  /** Returns the encoded vector, see {@link TsVector}; raises 54000 for one that is too long. */
  public ByteSink build() {
    requireFits(keptBytes());
    ByteSink out = new ByteSink(16 + 24 * lexemes.size());
    out.putInt(lexemes.size());
    lexemes.forEach((lexeme, positions) -> {
      int[] kept = ordered(positions);
      out.put(lexeme, 0, lexeme.length);
      out.put(0);
      out.putShort(kept.length);
      for (int position : kept) {
        out.putShort(position);
      }
    });
    return out;
  }

  /** Returns positions by place, each place once, with the greatest weight given for it. */
  private static int[] ordered(int[] positions) {
    if (positions.length < 2) {
      return positions;
    }
    Integer[] sorted = Arrays.stream(positions).boxed().toArray(Integer[]::new);
    Arrays.sort(sorted, (a, b) -> Integer.compare(TsPosition.place(a), TsPosition.place(b)));
    int[] kept = new int[Math.min(sorted.length, TsPosition.COUNT_MAX)];
    int n = 0;
    for (int position : sorted) {
      if (n > 0 && TsPosition.place(kept[n - 1]) == TsPosition.place(position)) {
        kept[n - 1] = Math.max(kept[n - 1], position);
      } else if (n < kept.length) {
        kept[n++] = position;
      }
    }
    return Arrays.copyOf(kept, n);
  }
}
