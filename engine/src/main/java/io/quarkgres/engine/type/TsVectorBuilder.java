package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import java.util.Arrays;
import java.util.TreeMap;

/** Collects lexemes and positions in any order. Used by one thread. */
public final class TsVectorBuilder {
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

  /** Returns the encoded vector, see {@link TsVector}. */
  public ByteSink build() {
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
