package io.quarkgres.engine.type.json;

import io.quarkgres.engine.type.number.NumericOrder;
import io.quarkgres.engine.type.number.NumericText;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.DecimalBuilder;
import java.util.Arrays;

/**
 * Sort keys of jsonb, made from its canonical text. Kinds are ordered null, string, number,
 * boolean, array, object; containers by how many members they have, then member by member. At the
 * top, a scalar counts as an array of one, below every true array but the empty one. One use; one
 * thread.
 */
final class JsonbOrder {
  private static final int NULL = 1;
  private static final int STRING = 2;
  private static final int NUMBER = 3;
  private static final int BOOLEAN = 4;
  private static final int ARRAY = 5;
  private static final int OBJECT = 6;

  private final byte[] text;
  private final int end;
  private final ByteSink out;
  private int at;

  /** For each open container, where its count is to be written, and the count. */
  private int[] countsAt = new int[8];

  private int[] counts = new int[8];
  private int depth;

  private JsonbOrder(byte[] text, int start, int length, ByteSink out) {
    this.text = text;
    this.at = start;
    this.end = start + length;
    this.out = out;
  }

  static void sortKey(byte[] text, int start, int length, ByteSink out) {
    new JsonbOrder(text, start, length, out).document();
  }

  private void document() {
    if (text[at] != '{' && text[at] != '[') {
      out.put(ARRAY);
      out.putInt(1);
      out.put(0);
    }
    value();
    while (depth > 0) {
      int c = text[at++];
      switch (c) {
        case ',' -> at++;
        case ']', '}' -> close();
        default -> {
          at--;
          counts[depth - 1]++;
          member();
        }
      }
    }
  }

  /** Encodes an element, or a key and its value. */
  private void member() {
    if (isObject(depth - 1)) {
      string();
      at += 2; // colon and blank
    }
    value();
  }

  private boolean isObject(int level) {
    return out.array()[countsAt[level] - 1] == OBJECT;
  }

  private void open(int kind) {
    if (depth == counts.length) {
      counts = Arrays.copyOf(counts, depth * 2);
      countsAt = Arrays.copyOf(countsAt, depth * 2);
    }
    out.put(kind);
    countsAt[depth] = out.size();
    counts[depth++] = 0;
    out.putInt(0);
    if (kind == ARRAY && depth == 1) {
      out.put(1);
    }
    at++;
  }

  private void close() {
    depth--;
    out.setInt(countsAt[depth], counts[depth]);
  }

  /** Encodes a scalar or opens a container. */
  private void value() {
    switch (text[at]) {
      case '{' -> open(OBJECT);
      case '[' -> open(ARRAY);
      case '"' -> {
        out.put(STRING);
        string();
      }
      case 'n' -> {
        out.put(NULL);
        at += 4;
      }
      case 't' -> {
        out.put(BOOLEAN);
        out.put(1);
        at += 4;
      }
      case 'f' -> {
        out.put(BOOLEAN);
        out.put(0);
        at += 5;
      }
      default -> number();
    }
  }

  private void string() {
    at = JsonText.unescape(text, at, out);
    out.put(0);
  }

  private void number() {
    int from = at;
    while (at < end && isNumberPart(text[at])) {
      at++;
    }
    out.put(NUMBER);
    DecimalBuilder number = new DecimalBuilder(1);
    NumericText.parse(text, from, at - from, number);
    NumericOrder.sortKey(number.build(), 0, out);
  }

  private static boolean isNumberPart(byte b) {
    return b >= '0' && b <= '9' || b == '-' || b == '.';
  }
}
