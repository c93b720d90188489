package io.quarkgres.engine.parse.lex;

import io.quarkgres.engine.parse.lex.ParseOptions.ParseNotice;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigInteger;

/**
 * Splits a query string into tokens (manual, section 4.1). A fault does not stop the parser before
 * it gets there: the tokens end with one that raises it. Thread: one.
 */
public final class Lexer {
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private final String sql;
  private final int length;
  private final ParseOptions options;
  private final Tokens tokens;
  private int at;

  /** Set while the string after UESCAPE is read, which may not be U& itself. */
  private boolean isAfterUescape;

  private Lexer(String sql, ParseOptions options) {
    this.sql = sql;
    this.options = options;
    this.length = sql.length();
    this.tokens = new Tokens(sql);
  }

  /** Reads all tokens of the text. */
  public static Tokens tokenize(String sql) {
    return tokenize(sql, ParseOptions.DEFAULT);
  }

  /** Reads all tokens of the text as options say. */
  public static Tokens tokenize(String sql, ParseOptions options) {
    Lexer lexer = new Lexer(sql, options);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    int nul = sql.indexOf('\0');
    if (nul >= 0) {
      throw ParseErrors.invalidBytes(new byte[1], 0, 1);
    }
    try {
      do {
        skipBlanks();
      } while (next());
    } catch (SqlException e) {
      tokens.fail(e, at);
    }
  }

  /** Reads one token, before which there is no blank; returns false at the end. */
  private boolean next() {
    if (at >= length) {
      tokens.add(TokenKind.END, length, length, null);
      return false;
    }
    char c = sql.charAt(at);
    if (Characters.isIdentifierStart(c)) {
      word(c);
    } else if (c >= '0' && c <= '9') {
      number();
    } else {
      symbol(c);
    }
    return true;
  }

  private void skipBlanks() {
    while (at < length) {
      char c = sql.charAt(at);
      if (Characters.isBlank(c)) {
        at++;
      } else if (c == '-' && follows('-')) {
        skipLine();
      } else if (c == '/' && follows('*')) {
        skipComment();
      } else {
        return;
      }
    }
  }

  private void skipLine() {
    while (at < length && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
  }

  private void skipComment() {
    int start = at;
    int depth = 1;
    at += 2;
    while (depth > 0) {
      if (at + 1 >= length) {
        at = start;
        throw ParseErrors.atOrNear("unterminated /* comment", sql, start, length);
      }
      char c = sql.charAt(at);
      if (c == '*' && follows('/')) {
        depth--;
        at += 2;
      } else if (c == '/' && follows('*')) {
        depth++;
        at += 2;
      } else {
        at++;
      }
    }
  }

  private boolean follows(char c) {
    return at + 1 < length && sql.charAt(at + 1) == c;
  }

  private void word(char first) {
    if (follows('\'')) {
      switch (first) {
        case 'b', 'B' -> {
          bits(TokenKind.BIT_STRING, "unterminated bit string literal");
          return;
        }
        case 'x', 'X' -> {
          bits(TokenKind.HEX_STRING, "unterminated hexadecimal string literal");
          return;
        }
        case 'e', 'E' -> {
          string(true);
          return;
        }
        case 'n', 'N' -> {
          tokens.add(TokenKind.KEYWORD, at, ++at, Keyword.NCHAR);
          return;
        }
        default -> {}
      }
    } else if ((first == 'u' || first == 'U')
        && follows('&')
        && at + 2 < length
        && !isAfterUescape) {
      char quote = sql.charAt(at + 2);
      if (quote == '\'' || quote == '"') {
        unicode(quote);
        return;
      }
    }
    int start = at;
    at = Characters.identifierEnd(sql, at + 1);
    Keyword keyword = Keyword.find(sql, start, at);
    if (keyword != null) {
      tokens.add(TokenKind.KEYWORD, start, at, keyword);
    } else {
      tokens.add(TokenKind.IDENTIFIER, start, at, shortened(Names.folded(sql, start, at)));
    }
  }

  /** Cuts a name to {@link Names#BYTES_MAX} bytes, between characters. */
  private String shortened(String name) {
    String result = Names.truncate(name);
    if (result.length() < name.length()) {
      options
          .notices()
          .accept(
              new ParseNotice(
                  "NOTICE",
                  SqlState.NAME_TOO_LONG.code(),
                  "identifier \"" + name + "\" will be truncated to \"" + result + "\"",
                  null,
                  -1));
    }
    return result;
  }

  private void number() {
    int start = at;
    at = Characters.digitsEnd(sql, at);
    boolean isInteger = true;
    if (at < length && sql.charAt(at) == '.' && !follows('.')) {
      isInteger = false;
      at = Characters.digitsEnd(sql, at + 1);
    }
    finishNumber(start, isInteger);
  }

  private void finishNumber(int start, boolean isInteger) {
    boolean isPlain = isInteger;
    if (at < length && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
      int digits = at + 1;
      if (digits < length && (sql.charAt(digits) == '+' || sql.charAt(digits) == '-')) {
        digits++;
        if (Characters.digitsEnd(sql, digits) == digits) {
          throw junk("trailing junk after numeric literal", start, digits);
        }
      }
      if (Characters.digitsEnd(sql, digits) > digits) {
        at = Characters.digitsEnd(sql, digits);
        isPlain = false;
      }
    }
    if (at < length && Characters.isIdentifierStart(sql.charAt(at))) {
      throw junk("trailing junk after numeric literal", start, Characters.identifierEnd(sql, at));
    }
    TokenKind kind = isPlain ? TokenKind.INTEGER : TokenKind.DECIMAL;
    tokens.add(kind, start, at, sql.substring(start, at));
  }

  private SqlException junk(String message, int start, int end) {
    at = start;
    return ParseErrors.atOrNear(message, sql, start, end);
  }

  private void symbol(char c) {
    switch (c) {
      case '\'' -> string(false);
      case '"' -> quotedIdentifier();
      case '$' -> dollar();
      case '(' -> single(TokenKind.LEFT_PAREN);
      case ')' -> single(TokenKind.RIGHT_PAREN);
      case '[' -> single(TokenKind.LEFT_BRACKET);
      case ']' -> single(TokenKind.RIGHT_BRACKET);
      case ',' -> single(TokenKind.COMMA);
      case ';' -> single(TokenKind.SEMICOLON);
      case '.' -> dot();
      case ':' -> colon();
      default -> {
        if (Characters.isOperatorPart(c)) {
          operator();
        } else {
          single(TokenKind.OTHER);
        }
      }
    }
  }

  private void single(TokenKind kind) {
    tokens.add(kind, at, ++at, null);
  }

  private void pair(TokenKind kind) {
    tokens.add(kind, at, at + 2, null);
    at += 2;
  }

  private void dot() {
    if (at + 1 < length && Characters.isDigit(sql.charAt(at + 1))) {
      int start = at;
      at = Characters.digitsEnd(sql, at + 1);
      finishNumber(start, false);
    } else if (follows('.')) {
      pair(TokenKind.DOT_DOT);
    } else {
      single(TokenKind.DOT);
    }
  }

  private void colon() {
    if (follows(':')) {
      pair(TokenKind.TYPE_CAST);
    } else if (follows('=')) {
      pair(TokenKind.COLON_EQUAL);
    } else {
      single(TokenKind.COLON);
    }
  }

  private void operator() {
    int start = at;
    int end = Operators.end(sql, start);
    if (end - start > Names.BYTES_MAX) {
      throw ParseErrors.atOrNear("operator too long", sql, start, end);
    }
    at = end;
    Operators.add(tokens, sql, start, end);
  }

  private void string(boolean hasEscapes) {
    int start = at;
    StringScanner scanner = new StringScanner(sql, start, hasEscapes ? at + 1 : at);
    boolean isPlain = !hasEscapes && options.hasStandardStrings();
    String value = isPlain ? scanner.plain("unterminated quoted string") : scanner.escaped();
    at = scanner.end();
    if (!isPlain && !hasEscapes && options.warnsOfEscapes()) {
      warnOfEscape(scanner.firstEscape(), start);
    }
    if (isPlain || hasEscapes) {
      tokens.add(TokenKind.STRING, start, at, value);
    } else {
      tokens.addEscaped(start, at, value);
    }
  }

  /** Warns of a backslash in a string that is not marked as one with escapes. */
  private void warnOfEscape(char escaped, int position) {
    if (escaped == 0) {
      return;
    }
    String what = escaped == '\'' ? "\\'" : escaped == '\\' ? "\\\\" : "escape";
    String hint =
        switch (escaped) {
          case '\'' ->
              "Use '' to write quotes in strings, or use the escape string syntax (E'...').";
          case '\\' -> "Use the escape string syntax for backslashes, e.g., E'\\\\'.";
          default -> "Use the escape string syntax for escapes, e.g., E'\\r\\n'.";
        };
    options
        .notices()
        .accept(
            new ParseNotice(
                "WARNING",
                SqlState.NONSTANDARD_USE_OF_ESCAPE_CHARACTER.code(),
                "nonstandard use of " + what + " in a string literal",
                hint,
                position));
  }

  private void bits(TokenKind kind, String unterminated) {
    int start = at;
    StringScanner scanner = new StringScanner(sql, start, at + 1);
    String value = scanner.bits(unterminated);
    at = scanner.end();
    tokens.add(kind, start, at, value);
  }

  private void quotedIdentifier() {
    int start = at;
    String name = quotedName(start, at);
    tokens.add(TokenKind.IDENTIFIER, start, at, shortened(name));
  }

  /** Reads the name whose opening quote is at {@code open}. */
  private String quotedName(int start, int open) {
    int close = sql.indexOf('"', open + 1);
    StringBuilder parts = null;
    int from = open + 1;
    while (close >= 0 && close + 1 < length && sql.charAt(close + 1) == '"') {
      parts = parts == null ? new StringBuilder() : parts;
      parts.append(sql, from, close + 1);
      from = close + 2;
      close = sql.indexOf('"', from);
    }
    if (close < 0) {
      throw ParseErrors.atOrNear("unterminated quoted identifier", sql, start, length);
    }
    String last = sql.substring(from, close);
    String name = parts == null ? last : parts.append(last).toString();
    if (name.isEmpty()) {
      throw ParseErrors.atOrNear("zero-length delimited identifier", sql, start, close + 1);
    }
    at = close + 1;
    return name;
  }

  private void unicode(char quote) {
    int start = at;
    int open = at + 2;
    String raw;
    if (quote == '"') {
      raw = quotedName(start, open);
    } else {
      if (!options.hasStandardStrings()) {
        throw ParseErrors.unsafeUnicode(start);
      }
      StringScanner scanner = new StringScanner(sql, start, open);
      raw = scanner.plain("unterminated quoted string");
      at = scanner.end();
    }
    int end = at;
    char escape = '\\';
    int count = tokens.count();
    skipBlanks();
    if (at < length
        && Keyword.find(sql, at, Characters.identifierEnd(sql, at)) == Keyword.UESCAPE) {
      at = Characters.identifierEnd(sql, at);
      escape = escapeCharacter();
      end = at;
    }
    tokens.truncate(count);
    String value = UnicodeEscapes.decode(raw, escape, open + 1);
    boolean isName = quote == '"';
    tokens.add(
        isName ? TokenKind.IDENTIFIER : TokenKind.STRING,
        start,
        end,
        isName ? shortened(value) : value);
    at = end;
  }

  /** Reads the string after UESCAPE, which is one character. */
  private char escapeCharacter() {
    skipBlanks();
    int index = tokens.count();
    int start = at;
    isAfterUescape = true;
    next();
    isAfterUescape = false;
    if (tokens.kindAt(index) != TokenKind.STRING) {
      int end = tokens.endAt(index);
      throw ParseErrors.atOrNear(
          "UESCAPE must be followed by a simple string literal", sql, start, end);
    }
    String value = (String) tokens.valueAt(index);
    if (value.length() != 1 || !UnicodeEscapes.isEscapeCharacter(value.charAt(0))) {
      throw ParseErrors.atOrNear("invalid Unicode escape character", sql, start, at);
    }
    return value.charAt(0);
  }

  private void dollar() {
    int start = at;
    if (at + 1 < length && Characters.isDigit(sql.charAt(at + 1))) {
      parameter();
      return;
    }
    int tagEnd = at + 1;
    if (tagEnd < length && Characters.isIdentifierStart(sql.charAt(tagEnd))) {
      while (tagEnd < length
          && Characters.isIdentifierPart(sql.charAt(tagEnd))
          && sql.charAt(tagEnd) != '$') {
        tagEnd++;
      }
    }
    if (tagEnd >= length || sql.charAt(tagEnd) != '$') {
      single(TokenKind.OTHER);
      return;
    }
    String tag = sql.substring(start, tagEnd + 1);
    int close = sql.indexOf(tag, tagEnd + 1);
    if (close < 0) {
      throw ParseErrors.atOrNear("unterminated dollar-quoted string", sql, start, length);
    }
    at = close + tag.length();
    tokens.add(TokenKind.STRING, start, at, sql.substring(tagEnd + 1, close));
  }

  private void parameter() {
    int start = at;
    at = Characters.digitsEnd(sql, at + 1);
    if (at < length && Characters.isIdentifierStart(sql.charAt(at))) {
      throw junk("trailing junk after parameter", start, Characters.identifierEnd(sql, at));
    }
    BigInteger number = new BigInteger(sql.substring(start + 1, at));
    // A number that is too long ends as PostgreSQL's does: it is read as 64 bits, cut to 32.
    tokens.add(TokenKind.PARAMETER, start, at, (int) number.min(LONG_MAX).longValue());
  }
}
