package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.DecimalBuilder;

/**
 * Sort keys of jsonb, made from its canonical text. Kinds are ordered null, string, number, boolean,
 * array, object; containers by how many members they have, then member by member. At the top, a
 * scalar counts as an array of one, below every true array but the empty one. One use; one thread.
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
    switch (text[at]) {
      case '{' -> object();
      case '[' -> array(true);
      default -> {
        out.put(ARRAY);
        out.putInt(1);
        out.put(0);
        value();
      }
    }
  }

  private void value() {
    switch (text[at]) {
      case '{' -> object();
      case '[' -> array(false);
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

  private void array(boolean top) {
    out.put(ARRAY);
    int countAt = out.size();
    out.putInt(0);
    if (top) {
      out.put(1);
    }
    int count = 0;
    at++;
    while (text[at] != ']') {
      value();
      count++;
      skipComma();
    }
    at++;
    out.setInt(countAt, count);
  }

  private void object() {
    out.put(OBJECT);
    int countAt = out.size();
    out.putInt(0);
    int count = 0;
    at++;
    while (text[at] != '}') {
      string();
      at += 2; // colon and blank
      value();
      count++;
      skipComma();
    }
    at++;
    out.setInt(countAt, count);
  }

  private void skipComma() {
    if (text[at] == ',') {
      at += 2;
    }
  }
}
