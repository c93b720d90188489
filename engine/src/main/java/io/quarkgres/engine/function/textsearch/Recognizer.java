package io.quarkgres.engine.function.textsearch;

import static io.quarkgres.engine.function.textsearch.Characters.isAsciiAlphanumeric;
import static io.quarkgres.engine.function.textsearch.Characters.isAsciiLetter;
import static io.quarkgres.engine.function.textsearch.Characters.isDigit;
import static io.quarkgres.engine.function.textsearch.Characters.isLetter;

/**
 * Recognizes the token at a position. Each method stands for what has been read so far; it reads on
 * from a position and tells whether a token was found, the first that fits in a fixed order: an
 * address before a file, a file before a word. A method that fails leaves nothing behind.
 *
 * <p>Used by one thread.
 */
final class Recognizer {
  private final int[] text;
  private final MarkupRecognizer markup;
  private TokenType type;
  private int end;
  private int hostEnd;
  private boolean isInEmail;

  Recognizer(int[] text) {
    this.text = text;
    this.markup = new MarkupRecognizer(text);
  }

  /** Returns the kind of the token that was found. */
  TokenType type() {
    return type;
  }

  /** Returns where the token that was found ends. */
  int end() {
    return end;
  }

  /** Returns where the host of the address that was found ends. */
  int hostEnd() {
    return hostEnd;
  }

  private int at(int position) {
    return position < text.length ? text[position] : Characters.END;
  }

  private boolean found(TokenType found, int at) {
    type = found;
    end = at;
    return true;
  }

  /** Tells whether a token may start at a character behind a blank. */
  static boolean endsBlank(int c) {
    return isLetter(c) || isDigit(c) || "<&-+/".indexOf(c) >= 0;
  }

  /** Recognizes a token that starts at a position. */
  boolean token(int start) {
    int c = at(start);
    if (isAsciiLetter(c)) {
      return asciiWord(start + 1);
    }
    if (isDigit(c)) {
      return unsigned(start + 1);
    }
    if (isLetter(c)) {
      return word(start + 1);
    }
    return switch (c) {
      case '<' -> tag(start);
      case '&' -> entity(start);
      case '-', '+' -> isDigit(at(start + 1)) && signed(start + 2);
      case '~' -> homeFile(start + 1);
      case '/' -> fileFirst(start + 1);
      case '.' -> dots(start + 1);
      default -> false;
    };
  }

  private boolean tag(int start) {
    int close = markup.tagEnd(start);
    return close > 0 && found(TokenType.TAG, close);
  }

  private boolean entity(int start) {
    int close = markup.entityEnd(start);
    return close > 0 && found(TokenType.ENTITY, close);
  }

  private boolean asciiWord(int from) {
    int i = from;
    while (isAsciiLetter(at(i))) {
      i++;
    }
    int c = at(i);
    boolean isMore =
        switch (c) {
          case '.' -> domainFirst(i + 1) || fileNext(i + 1);
          case '-' -> hostFirst(i + 1) || hyphenAsciiFirst(i + 1);
          case '_' -> hostFirst(i + 1);
          case '@' -> email(i + 1);
          case ':' -> at(i + 1) == '/' && at(i + 2) == '/' && found(TokenType.PROTOCOL, i + 3);
          case '/' -> fileFirst(i + 1);
          default -> isDigit(c) && host(i + 1);
        };
    if (isMore) {
      return true;
    }
    return isDigit(c)
        ? numberWord(i + 1)
        : isLetter(c) ? word(i + 1) : found(TokenType.ASCII_WORD, i);
  }

  private boolean word(int from) {
    int i = from;
    while (isLetter(at(i))) {
      i++;
    }
    if (isDigit(at(i))) {
      return numberWord(i + 1);
    }
    return at(i) == '-' && hyphenWordFirst(i + 1, TokenType.HYPHENATED) || found(TokenType.WORD, i);
  }

  private boolean numberWord(int from) {
    int i = from;
    while (isLetter(at(i)) || isDigit(at(i))) {
      i++;
    }
    return switch (at(i)) {
          case '@' -> email(i + 1);
          case '/' -> fileFirst(i + 1);
          case '.' -> fileNext(i + 1);
          case '-' -> hyphenWordFirst(i + 1, TokenType.NUMBER_HYPHENATED);
          default -> false;
        }
        || found(TokenType.NUMBER_WORD, i);
  }

  private boolean hyphenAsciiFirst(int i) {
    int c = at(i);
    if (isAsciiLetter(c)) {
      return hyphenAscii(i + 1);
    }
    return isLetter(c)
        ? hyphenWord(i + 1, TokenType.HYPHENATED)
        : isDigit(c) && hyphenDigits(i + 1);
  }

  private boolean hyphenAscii(int from) {
    int i = from;
    while (isAsciiLetter(at(i))) {
      i++;
    }
    int c = at(i);
    if (isDigit(c)) {
      return hyphenWord(i + 1, TokenType.NUMBER_HYPHENATED);
    }
    if (isLetter(c)) {
      return hyphenWord(i + 1, TokenType.HYPHENATED);
    }
    return c == '-' && hyphenAsciiFirst(i + 1) || found(TokenType.ASCII_HYPHENATED, i);
  }

  private boolean hyphenWordFirst(int i, TokenType kind) {
    int c = at(i);
    return isLetter(c) ? hyphenWord(i + 1, kind) : isDigit(c) && hyphenDigits(i + 1);
  }

  private boolean hyphenWord(int from, TokenType kindSoFar) {
    TokenType kind = kindSoFar;
    int i = from;
    while (isLetter(at(i)) || isDigit(at(i))) {
      if (isDigit(at(i))) {
        kind = TokenType.NUMBER_HYPHENATED;
      }
      i++;
    }
    return at(i) == '-' && hyphenWordFirst(i + 1, kind) || found(kind, i);
  }

  /** Digits behind a hyphen: part of the word only if letters follow. */
  private boolean hyphenDigits(int from) {
    int i = from;
    while (isDigit(at(i))) {
      i++;
    }
    return isLetter(at(i)) && hyphenWord(i + 1, TokenType.NUMBER_HYPHENATED);
  }

  private boolean unsigned(int from) {
    int i = from;
    while (isDigit(at(i))) {
      i++;
    }
    int c = at(i);
    boolean isMore =
        switch (c) {
          case '.' -> domainFirst(i + 1) || isDigit(at(i + 1)) && decimal(i + 2, true);
          case 'e', 'E' -> exponent(i + 1);
          case '-', '_' -> hostFirst(i + 1);
          case '@' -> email(i + 1);
          case '/' -> fileFirst(i + 1);
          default -> false;
        };
    if (isMore || isAsciiLetter(c) && host(i + 1)) {
      return true;
    }
    return isLetter(c) ? numberWord(i + 1) : found(TokenType.UNSIGNED, i);
  }

  private boolean signed(int from) {
    int i = from;
    while (isDigit(at(i))) {
      i++;
    }
    int c = at(i);
    if (c == '.' && isDigit(at(i + 1))) {
      return decimal(i + 2, false);
    }
    return (c == 'e' || c == 'E') && exponent(i + 1) || found(TokenType.SIGNED, i);
  }

  private boolean decimal(int from, boolean mayBeVersion) {
    int i = from;
    while (isDigit(at(i))) {
      i++;
    }
    if (at(i) == '.' && isDigit(at(i + 1))) {
      // A version has no sign: what stands before it is left out.
      return mayBeVersion && version(i + 2);
    }
    return switch (at(i)) {
          case 'e', 'E' -> exponent(i + 1);
          default -> false;
        }
        || found(TokenType.DECIMAL, i);
  }

  private boolean version(int from) {
    int i = from;
    while (isDigit(at(i)) || at(i) == '.' && isDigit(at(i + 1))) {
      i++;
    }
    return found(TokenType.VERSION, i);
  }

  private boolean exponent(int from) {
    int i = at(from) == '+' || at(from) == '-' ? from + 1 : from;
    if (!isDigit(at(i))) {
      return false;
    }
    while (isDigit(at(i))) {
      i++;
    }
    return found(TokenType.SCIENTIFIC, i);
  }

  private boolean hostFirst(int i) {
    return isAsciiAlphanumeric(at(i)) && host(i + 1);
  }

  /** Letters and digits of a name that no dot has ended yet. */
  private boolean host(int from) {
    int i = from;
    while (isAsciiAlphanumeric(at(i))) {
      i++;
    }
    return switch (at(i)) {
      case '@' -> email(i + 1);
      case '.' -> domainFirst(i + 1);
      case '-', '_' -> hostFirst(i + 1);
      default -> false;
    };
  }

  private boolean domainFirst(int i) {
    return isAsciiLetter(at(i)) ? domainSecond(i + 1) : isDigit(at(i)) && host(i + 1);
  }

  /** One letter behind a dot: a top level domain has at least two. */
  private boolean domainSecond(int i) {
    int c = at(i);
    if (isAsciiLetter(c)) {
      return domain(i + 1);
    }
    return switch (c) {
      case '-', '_' -> hostFirst(i + 1);
      case '.' -> domainFirst(i + 1);
      case '@' -> email(i + 1);
      default -> isDigit(c) && host(i + 1);
    };
  }

  private boolean domain(int from) {
    int i = from;
    while (isAsciiLetter(at(i))) {
      i++;
    }
    int c = at(i);
    boolean isMore =
        switch (c) {
          case ':' -> isDigit(at(i + 1)) && port(i + 2);
          case '-', '_' -> hostFirst(i + 1);
          case '.' -> domainFirst(i + 1);
          case '@' -> email(i + 1);
          case '/' -> path(i);
          default -> isDigit(c) && host(i + 1);
        };
    return isMore || !isDigit(c) && found(TokenType.HOST, i);
  }

  private boolean port(int from) {
    int i = from;
    while (isDigit(at(i))) {
      i++;
    }
    return at(i) == '/' && path(i) || found(TokenType.HOST, i);
  }

  private boolean path(int slash) {
    int i = slash + 1;
    while (Characters.isUrl(at(i))) {
      i++;
    }
    hostEnd = slash;
    return i > slash + 1 && found(TokenType.URL, i);
  }

  private boolean email(int i) {
    if (isInEmail) {
      return false;
    }
    isInEmail = true;
    boolean isHost = hostFirst(i) && (type == TokenType.HOST || type == TokenType.URL);
    isInEmail = false;
    return isHost && found(TokenType.EMAIL, type == TokenType.URL ? hostEnd : end);
  }

  private boolean homeFile(int i) {
    int c = at(i);
    return isAsciiAlphanumeric(c) || c == '_' ? file(i + 1) : c == '/' && fileFirst(i + 1);
  }

  private boolean dots(int i) {
    return switch (at(i)) {
      case '.' -> parent(i + 1);
      case '/' -> fileFirst(i + 1);
      default -> false;
    };
  }

  /** Behind two dots. */
  private boolean parent(int i) {
    int c = at(i);
    return c == '/' && fileFirst(i + 1)
        || (c == '/' || c == Characters.END || Characters.isSpace(c)) && found(TokenType.FILE, i);
  }

  private boolean fileFirst(int i) {
    int c = at(i);
    return switch (c) {
      case '.' -> fileNext(i + 1) || dots(i + 1);
      case '~', '_' -> c == '~' ? fileNext(i + 1) : file(i + 1);
      default -> isAsciiAlphanumeric(c) && file(i + 1);
    };
  }

  private boolean fileNext(int i) {
    int c = at(i);
    return (isAsciiAlphanumeric(c) || c == '_') && file(i + 1);
  }

  private boolean file(int from) {
    int i = from;
    while (isAsciiAlphanumeric(at(i)) || at(i) == '_' || at(i) == '-') {
      i++;
    }
    return switch (at(i)) {
          case '.' -> fileNext(i + 1);
          case '/' -> fileFirst(i + 1);
          default -> false;
        }
        || found(TokenType.FILE, i);
  }
}
