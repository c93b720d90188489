package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** {@code parse_ident}: a qualified name taken apart. One use; one thread. */
final class IdentifierParser {
  private final String text;
  private final boolean isStrict;
  private final BytesBuilder parts = new BytesBuilder(4);
  private int at;

  private IdentifierParser(String text, boolean isStrict) {
    this.text = text;
    this.isStrict = isStrict;
  }

  static void apply(Row r, Out o) {
    IdentifierParser parser = new IdentifierParser(r.text(0), r.bool(1));
    parser.parse();
    ArrayValue.of(Oids.TEXT, parser.parts.build()).appendTo(o.builder());
  }

  private SqlException invalid(String detail) {
    return new SqlException(
        SqlState.INVALID_PARAMETER_VALUE,
        "string is not a valid identifier: \"" + text + "\"",
        detail,
        null);
  }

  private void skipBlanks() {
    while (at < text.length()
        && (text.charAt(at) == ' ' || text.charAt(at) >= '\t' && text.charAt(at) <= '\r')) {
      at++;
    }
  }

  private void parse() {
    boolean isBehindPoint = false;
    skipBlanks();
    while (true) {
      if (at < text.length() && text.charAt(at) == '"') {
        quoted();
      } else if (at < text.length() && isStart(text.charAt(at))) {
        plain();
      } else if (at < text.length() && text.charAt(at) == '.') {
        throw invalid("No valid identifier before \".\".");
      } else {
        throw invalid(isBehindPoint ? "No valid identifier after \".\"." : null);
      }
      skipBlanks();
      if (at < text.length() && text.charAt(at) == '.') {
        isBehindPoint = true;
        at++;
        skipBlanks();
      } else if (at == text.length() || !isStrict) {
        return;
      } else {
        throw invalid(null);
      }
    }
  }

  private void quoted() {
    StringBuilder part = new StringBuilder();
    at++;
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        throw invalid("String has unclosed double quotes.");
      }
      part.append(text, at, quote);
      at = quote + 1;
      if (at == text.length() || text.charAt(at) != '"') {
        break;
      }
      part.append('"');
      at++;
    }
    if (part.isEmpty()) {
      throw invalid("Quoted identifier must not be empty.");
    }
    parts.append(part.toString());
  }

  private void plain() {
    StringBuilder part = new StringBuilder();
    while (at < text.length() && isPart(text.charAt(at))) {
      char c = text.charAt(at++);
      part.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
    }
    parts.append(part.toString());
  }

  private static boolean isStart(char c) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c > 127;
  }

  private static boolean isPart(char c) {
    return isStart(c) || c >= '0' && c <= '9' || c == '$';
  }
}
