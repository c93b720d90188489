package io.quarkgres.engine.type.json;

import io.quarkgres.engine.type.number.NumericText;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.error.SqlException;
import java.util.Arrays;

/**
 * Reads JSON text: checks it, and writes jsonb's canonical text if asked to. In that, keys are
 * sorted by length, then bytes, of several values of a key the last counts, numbers are as numeric
 * prints them, and a blank follows each colon and comma. Nesting is kept on an explicit stack, so
 * that deep text cannot exhaust the thread's. One use; one thread.
 */
final class JsonReader {
  /** How deep arrays and objects may nest. */
  static final int NESTING_MAX = 10_000;

  private static final int STRING_BYTES_MAX = 0x0fff_ffff;

  /** Stands for the members of an open object that is only checked. */
  private static final JsonMembers CHECKED_ONLY = new JsonMembers(0);

  private final JsonLexer lexer;
  private final ByteSink strings;
  private final ByteSink out;

  /** The members of each open object; {@code null} for an open array. */
  private JsonMembers[] open = new JsonMembers[16];

  private int depth;

  private JsonReader(byte[] text, int start, int length, ByteSink out) {
    this.out = out;
    this.strings = out == null ? null : new ByteSink(32);
    this.lexer = new JsonLexer(text, start, length, strings);
  }

  /** Raises 22P02 unless the text is JSON. */
  static void check(byte[] text, int start, int length) {
    new JsonReader(text, start, length, null).document();
  }

  /** Appends the canonical text of JSON text; raises 22P02 and 22P05. */
  static void canonical(byte[] text, int start, int length, ByteSink out) {
    new JsonReader(text, start, length, out).document();
  }

  private void document() {
    lexer.next();
    value();
    while (depth > 0) {
      JsonMembers members = open[depth - 1];
      if (members == null) {
        afterElement();
      } else {
        afterMember(members);
      }
    }
    if (lexer.token() != JsonLexer.END) {
      throw unexpected("end of input");
    }
  }

  private SqlException unexpected(String wanted) {
    if (lexer.token() == JsonLexer.END) {
      return JsonErrors.invalid(lexer, "The input string ended unexpectedly.");
    }
    return JsonErrors.invalid(
        lexer, "Expected " + wanted + ", but found \"" + lexer.tokenText() + "\".");
  }

  /** Reads a scalar, or opens containers down to the first scalar or empty container. */
  private void value() {
    while (true) {
      switch (lexer.token()) {
        case '{' -> {
          if (openObject()) {
            return;
          }
        }
        case '[' -> {
          if (openArray()) {
            return;
          }
        }
        case JsonLexer.STRING,
            JsonLexer.NUMBER,
            JsonLexer.TRUE,
            JsonLexer.FALSE,
            JsonLexer.NULL -> {
          scalar();
          return;
        }
        default -> throw unexpected("JSON value");
      }
    }
  }

  private void scalar() {
    int from = lexer.tokenStart();
    int to = lexer.tokenEnd();
    if (out != null && lexer.token() == JsonLexer.NUMBER) {
      // the token behind a number is checked before the number's range
      lexer.next();
      putNumber(from, to);
      return;
    }
    if (out != null) {
      switch (lexer.token()) {
        case JsonLexer.STRING -> putString();
        default -> out.put(lexer.text(), from, to - from);
      }
    }
    lexer.next();
  }

  private void putString() {
    if (strings.size() > STRING_BYTES_MAX) {
      throw JsonErrors.stringTooLong(STRING_BYTES_MAX);
    }
    JsonText.putString(strings.array(), 0, strings.size(), out);
  }

  /** JSON's numbers are as numeric prints them, but for exponents, -0 and excessive lengths. */
  private void putNumber(int from, int to) {
    byte[] text = lexer.text();
    boolean same = to - from < 1000;
    boolean zero = true;
    for (int i = from; i < to; i++) {
      same &= (text[i] | 32) != 'e';
      zero &= text[i] < '1' || text[i] > '9';
    }
    if (same && !(zero && text[from] == '-')) {
      out.put(text, from, to - from);
      return;
    }
    DecimalBuilder number = new DecimalBuilder(1);
    NumericText.parse(text, from, to - from, number);
    NumericText.print(number.build(), 0, out);
  }

  private void push(JsonMembers members) {
    if (depth == NESTING_MAX) {
      throw JsonErrors.tooDeep();
    }
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
    }
    open[depth++] = members;
  }

  private void put(char c) {
    if (out != null) {
      out.put(c);
    }
  }

  private void putComma() {
    if (out != null) {
      out.put(',');
      out.put(' ');
    }
  }

  /** Returns whether the array was empty, and so is closed again. */
  private boolean openArray() {
    push(null);
    put('[');
    boolean empty = lexer.next() == ']';
    if (empty) {
      close(']');
    }
    return empty;
  }

  private void close(char bracket) {
    put(bracket);
    lexer.next();
    depth--;
  }

  private void afterElement() {
    if (lexer.token() == ',') {
      putComma();
      lexer.next();
      value();
    } else if (lexer.token() == ']') {
      close(']');
    } else {
      throw unexpected("\",\" or \"]\"");
    }
  }

  /** Returns whether the object was empty, and so is closed again. */
  private boolean openObject() {
    JsonMembers members = CHECKED_ONLY;
    put('{');
    if (out != null) {
      members = new JsonMembers(out.size());
    }
    push(members);
    if (lexer.next() == '}') {
      close('}');
      return true;
    }
    if (lexer.token() != JsonLexer.STRING) {
      throw unexpected("string or \"}\"");
    }
    key(members);
    return false;
  }

  /** Reads a key and its colon and moves to the value. */
  private void key(JsonMembers members) {
    if (out != null) {
      members.start(Arrays.copyOf(strings.array(), strings.size()), out.size());
      putString();
      out.put(':');
      out.put(' ');
    }
    if (lexer.next() != ':') {
      throw unexpected("\":\"");
    }
    lexer.next();
  }

  private void afterMember(JsonMembers members) {
    if (out != null) {
      members.finish(out.size());
    }
    if (lexer.token() == ',') {
      putComma();
      if (lexer.next() != JsonLexer.STRING) {
        throw unexpected("string");
      }
      key(members);
      value();
    } else if (lexer.token() == '}') {
      if (out != null) {
        members.arrange(out);
      }
      close('}');
    } else {
      throw unexpected("\",\" or \"}\"");
    }
  }
}
