package io.quarkgres.engine.function.text;

import static io.quarkgres.engine.function.kernel.Columns.bytes;
import static io.quarkgres.engine.function.kernel.Columns.of;

import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** LIKE, ILIKE and their negations; a pattern is read once for rows that share it. Thread: any. */
final class LikeFunctions {
  private LikeFunctions() {}

  static void register(KernelTable t) {
    ScalarKernel like = (c, a, s, n, x) -> match(a, s, n, true, false);
    ScalarKernel notLike = (c, a, s, n, x) -> match(a, s, n, true, true);
    t.scalar("textlike", like);
    t.scalar("namelike", like);
    t.scalar("textnlike", notLike);
    t.scalar("namenlike", notLike);
    t.scalar("bytealike", (c, a, s, n, x) -> match(a, s, n, false, false));
    t.scalar("byteanlike", (c, a, s, n, x) -> match(a, s, n, false, true));
    ScalarKernel iLike = (c, a, s, n, x) -> match(lowered(a, s, n), s, n, true, false);
    ScalarKernel notILike = (c, a, s, n, x) -> match(lowered(a, s, n), s, n, true, true);
    t.scalar("texticlike", iLike);
    t.scalar("nameiclike", iLike);
    t.scalar("texticnlike", notILike);
    t.scalar("nameicnlike", notILike);
    t.row("like_escape", (r, o) -> escape(r, o, true));
    t.row("like_escape_bytea", (r, o) -> escape(r, o, false));
  }

  private static Column[] lowered(Column[] arguments, Selection rows, int size) {
    return new Column[] {
      CaseFunctions.lower(bytes(arguments[0]), rows, size),
      CaseFunctions.lower(bytes(arguments[1]), rows, size)
    };
  }

  private static Column match(
      Column[] arguments, Selection rows, int size, boolean isText, boolean isNegated) {
    BytesColumn texts = bytes(arguments[0]);
    BytesColumn patterns = bytes(arguments[1]);
    boolean[] out = new boolean[size];
    LikePattern pattern = null;
    int last = -1;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      if (pattern == null || !isSame(patterns, last, p)) {
        pattern = LikePattern.of(patterns.heap(), patterns.starts()[p], patterns.lengths()[p]);
        last = p;
      }
      out[p] =
          pattern.matches(texts.heap(), texts.starts()[p], texts.lengths()[p], isText) != isNegated;
    }
    return of(out);
  }

  /** Tells whether two positions hold the same bytes, at once when they share them. */
  static boolean isSame(BytesColumn column, int i, int j) {
    if (column.lengths()[i] != column.lengths()[j]) {
      return false;
    }
    int left = column.starts()[i];
    int right = column.starts()[j];
    int length = column.lengths()[i];
    return left == right
        || Arrays.equals(column.heap(), left, left + length, column.heap(), right, right + length);
  }

  private static void escape(Row r, Out o, boolean isText) {
    boolean isSingle = (isText ? Utf8.count(r.heap(1), r.start(1), r.length(1)) : r.length(1)) <= 1;
    o.bytes(
        LikePattern.withBackslashes(
            r.heap(0), r.start(0), r.length(0), r.heap(1), r.start(1), r.length(1), isSingle));
  }
}
