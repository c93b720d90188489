package io.quarkgres.engine.type.json;

import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of errors about JSON. Thread: any. */
final class JsonErrors {
  private static final int CONTEXT_BYTES = 50;

  private JsonErrors() {}

  static SqlException invalid(JsonLexer lexer, String detail) {
    return new SqlException(
            SqlState.INVALID_TEXT_REPRESENTATION,
            "invalid input syntax for type json",
            detail,
            null)
        .withContext(context(lexer));
  }

  static SqlException zeroCharacter(JsonLexer lexer) {
    return new SqlException(
            SqlState.UNTRANSLATABLE_CHARACTER,
            "unsupported Unicode escape sequence",
            "\\u0000 cannot be converted to text.",
            null)
        .withContext(context(lexer));
  }

  static SqlException tooDeep() {
    return new SqlException(
        SqlState.STATEMENT_TOO_COMPLEX,
        "stack depth limit exceeded",
        null,
        "Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after"
            + " ensuring the platform's stack depth limit is adequate.");
  }

  /** Shows the line of the error up to the token that is wrong. */
  private static String context(JsonLexer lexer) {
    byte[] text = lexer.text();
    int lineStart = lexer.lineStart();
    int end = lexer.tokenEnd();
    int from = lineStart;
    while (end - from >= CONTEXT_BYTES) {
      from = Utf8.offset(text, from, lexer.end(), 1);
    }
    if (from - lineStart <= 3) {
      from = lineStart;
    }
    boolean goesOn =
        lexer.token() != JsonLexer.END
            && end < lexer.end()
            && text[end] != '\n'
            && text[end] != '\r';
    return "JSON data, line "
        + lexer.line()
        + ": "
        + (from > lineStart ? "..." : "")
        + TypeErrors.string(text, from, end - from)
        + (goesOn ? "..." : "");
  }

  static SqlException stringTooLong(int most) {
    return new SqlException(
        SqlState.PROGRAM_LIMIT_EXCEEDED,
        "string too long to represent as jsonb string",
        "Due to an implementation restriction, jsonb strings cannot exceed " + most + " bytes.",
        null);
  }
}
