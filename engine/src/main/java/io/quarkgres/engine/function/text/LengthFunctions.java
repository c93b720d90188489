package io.quarkgres.engine.function.text;

import static io.quarkgres.engine.function.kernel.Columns.bytes;
import static io.quarkgres.engine.function.kernel.Columns.of;

import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.compare.BytesComparisons;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** Lengths of texts and byte strings. Thread: any. */
final class LengthFunctions {
  private LengthFunctions() {}

  static void register(KernelTable t) {
    ScalarKernel characters = (c, a, s, n, x) -> characters(bytes(a[0]), s, n);
    ScalarKernel octets = (c, a, s, n, x) -> octets(bytes(a[0]), 1, s, n);
    ScalarKernel bits = (c, a, s, n, x) -> octets(bytes(a[0]), Byte.SIZE, s, n);
    t.scalar("textlen", characters);
    t.scalar(
        "bpcharlen",
        (c, a, s, n, x) ->
            characters(BytesComparisons.withoutTrailingBlanks(bytes(a[0]), s), s, n));
    t.scalar("textoctetlen", octets);
    t.scalar("bpcharoctetlen", octets);
    t.scalar("byteaoctetlen", octets);
    t.scalar("bit_length(text)", bits);
    t.scalar("bit_length(bytea)", bits);
  }

  private static Column characters(BytesColumn texts, Selection rows, int size) {
    int[] out = new int[size];
    int[] starts = texts.starts();
    int[] lengths = texts.lengths();
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      out[p] = Utf8.count(texts.heap(), starts[p], lengths[p]);
    }
    return of(out);
  }

  private static Column octets(BytesColumn texts, int unit, Selection rows, int size) {
    int[] out = new int[size];
    int[] lengths = texts.lengths();
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      out[p] = lengths[p] * unit;
    }
    return of(out);
  }
}
