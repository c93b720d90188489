package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.data.ByteSink;

/**
 * The text that a cast to text gives, which for a few types is not what they print. Thread: any.
 */
public final class TextForms {
  private TextForms() {}

  /** Appends an argument, which is not NULL, cast to text. */
  public static void cast(Row r, int i, ByteSink out) {
    if (r.type(i).oid() == Oids.BOOL) {
      out.putAscii(r.bool(i) ? "true" : "false");
      return;
    }
    int start = out.size();
    r.type(i).print(r.column(i), r.position(), out, r.context().types());
    if (r.type(i).oid() == Oids.BPCHAR) {
      int end = out.size();
      while (end > start && out.array()[end - 1] == ' ') {
        end--;
      }
      out.truncate(end);
    }
  }
}
