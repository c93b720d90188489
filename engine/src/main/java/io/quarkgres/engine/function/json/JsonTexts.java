package io.quarkgres.engine.function.json;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.type.json.JsonText;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Documents written in another way: with lines, or without nulls. Thread: any. */
final class JsonTexts {
  private static final int INDENTATION = 4;
  private static final int DEPTH_MAX = 2_000;

  private JsonTexts() {}

  static void register(KernelTable t) {
    t.row(
        "jsonb_pretty",
        (r, o) -> {
          ByteSink out = new ByteSink(2 * r.length(0) + 16);
          pretty(r.heap(0), r.start(0), r.start(0) + r.length(0), out);
          o.bytes(out);
        });
    for (String type : new String[] {"json", "jsonb"}) {
      boolean isCanonical = type.equals("jsonb");
      t.row(
          type + "_strip_nulls",
          (r, o) -> {
            ByteSink out = new ByteSink(r.length(0));
            stripNulls(JsonSlice.of(r, 0), isCanonical, 0, out);
            o.bytes(out);
          });
    }
  }

  /** Writes each member of canonical text on a line of its own. */
  private static void pretty(byte[] text, int start, int end, ByteSink out) {
    int depth = 0;
    for (int i = start; i < end; i++) {
      byte b = text[i];
      switch (b) {
        case '"' -> {
          int behind = JsonScan.skipString(text, i);
          out.put(text, i, behind - i);
          i = behind - 1;
        }
        case '{', '[' -> {
          out.put(b);
          depth++;
          boolean isEmpty = text[i + 1] == '}' || text[i + 1] == ']';
          if (!isEmpty) {
            line(depth, out);
          }
        }
        case '}', ']' -> {
          depth--;
          line(depth, out);
          out.put(b);
        }
        case ',' -> {
          out.put(',');
          line(depth, out);
          i++;
        }
        default -> out.put(b);
      }
    }
  }

  private static void line(int depth, ByteSink out) {
    out.put('\n');
    for (int i = 0; i < depth * INDENTATION; i++) {
      out.put(' ');
    }
  }

  private static void stripNulls(JsonSlice value, boolean isCanonical, int depth, ByteSink out) {
    if (depth > DEPTH_MAX) {
      throw new SqlException(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
    }
    boolean isFirst = true;
    switch (value.kind()) {
      case OBJECT -> {
        out.put('{');
        for (JsonSlice.Member member : value.members()) {
          if (member.value().kind() == JsonSlice.Kind.NULL) {
            continue;
          }
          comma(isFirst, isCanonical, out);
          isFirst = false;
          JsonText.putString(member.key(), 0, member.key().length, out);
          out.putAscii(isCanonical ? ": " : ":");
          stripNulls(member.value(), isCanonical, depth + 1, out);
        }
        out.put('}');
      }
      case ARRAY -> {
        out.put('[');
        for (JsonSlice element : value.elements()) {
          comma(isFirst, isCanonical, out);
          isFirst = false;
          stripNulls(element, isCanonical, depth + 1, out);
        }
        out.put(']');
      }
      case STRING -> {
        byte[] text = value.unescaped();
        JsonText.putString(text, 0, text.length, out);
      }
      case NUMBER, BOOLEAN, NULL -> value.append(out);
    }
  }

  private static void comma(boolean isFirst, boolean isCanonical, ByteSink out) {
    if (!isFirst) {
      out.putAscii(isCanonical ? ", " : ",");
    }
  }
}
