package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.error.SqlException;
import java.util.Arrays;

/**
 * Reads JSON text: checks it, and writes jsonb's canonical text if asked to. In that, keys are
 * sorted by length, then bytes, of several values of a key the last counts, numbers are as numeric
 * prints them, and a blank follows each colon and comma. One use; one thread.
 */
final class JsonReader {
  /** How deep arrays and objects may nest. */
  static final int NESTING_MAX = 6400;

  private final JsonLexer lexer;
  private final ByteSink strings;
  private final ByteSink out;
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

  /** Reads a value that starts at the current token and moves behind it. */
  private void value() {
    switch (lexer.token()) {
      case '{' -> object();
      case '[' -> array();
      case JsonLexer.STRING -> scalar();
      case JsonLexer.NUMBER -> scalar();
      case JsonLexer.TRUE, JsonLexer.FALSE, JsonLexer.NULL -> scalar();
      default -> throw unexpected("JSON value");
    }
  }

  private void scalar() {
    if (out != null) {
      switch (lexer.token()) {
        case JsonLexer.STRING -> JsonText.putString(strings.array(), 0, strings.size(), out);
        case JsonLexer.NUMBER -> putNumber(lexer.tokenStart(), lexer.tokenEnd());
        default ->
            out.put(lexer.text(), lexer.tokenStart(), lexer.tokenEnd() - lexer.tokenStart());
      }
    }
    lexer.next();
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

  private void enter() {
    if (++depth > NESTING_MAX) {
      throw JsonErrors.tooDeep();
    }
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

  private void array() {
    enter();
    put('[');
    lexer.next();
    if (lexer.token() != ']') {
      value();
      while (lexer.token() == ',') {
        putComma();
        lexer.next();
        value();
      }
      if (lexer.token() != ']') {
        throw unexpected("\",\" or \"]\"");
      }
    }
    put(']');
    lexer.next();
    depth--;
  }

  private void object() {
    enter();
    put('{');
    int from = out == null ? 0 : out.size();
    JsonMembers members = out == null ? null : new JsonMembers(from);
    lexer.next();
    if (lexer.token() == JsonLexer.STRING) {
      member(members);
      while (lexer.token() == ',') {
        putComma();
        lexer.next();
        if (lexer.token() != JsonLexer.STRING) {
          throw unexpected("string");
        }
        member(members);
      }
      if (lexer.token() != '}') {
        throw unexpected("\",\" or \"}\"");
      }
    } else if (lexer.token() != '}') {
      throw unexpected("string or \"}\"");
    }
    if (members != null) {
      members.arrange(out);
    }
    put('}');
    lexer.next();
    depth--;
  }

  private void member(JsonMembers members) {
    if (members != null) {
      members.start(Arrays.copyOf(strings.array(), strings.size()), out.size());
      JsonText.putString(strings.array(), 0, strings.size(), out);
      out.put(':');
      out.put(' ');
    }
    lexer.next();
    if (lexer.token() != ':') {
      throw unexpected("\":\"");
    }
    lexer.next();
    value();
    if (members != null) {
      members.finish(out.size());
    }
  }
}
