package io.quarkgres.engine.function.textsearch;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens as PostgreSQL's default parser does; what lies between tokens is left
 * out. A hyphenated word comes whole and then in parts, an address whole and then as host and path.
 *
 * <p>Used by one thread.
 */
final class Tokens {
  private final int[] text;
  private final Recognizer recognizer;
  private final List<Token> tokens = new ArrayList<>();

  private Tokens(int[] text) {
    this.text = text;
    this.recognizer = new Recognizer(text);
  }

  /** Returns the tokens of a text in order. */
  static List<Token> of(int[] text) {
    Tokens tokens = new Tokens(text);
    int position = 0;
    while (position < text.length) {
      position = tokens.next(position);
    }
    return tokens.tokens;
  }

  /** Takes the token at a position, if there is one; returns where to go on. */
  private int next(int start) {
    if (!recognizer.token(start)) {
      return text[start] == '<' ? afterTag(start, start + 1) : afterBlank(start + 1);
    }
    TokenType type = recognizer.type();
    int end = recognizer.end();
    tokens.add(new Token(type, start, end));
    switch (type) {
      case ASCII_HYPHENATED, HYPHENATED, NUMBER_HYPHENATED -> {
        parts(start, end);
        // The hyphen behind it is no sign of a number.
        return at(end) == '-' && Characters.isDigit(at(end + 1)) ? end + 1 : end;
      }
      case URL -> {
        tokens.add(new Token(TokenType.HOST, start, recognizer.hostEnd()));
        tokens.add(new Token(TokenType.URL_PATH, recognizer.hostEnd(), end));
      }
      case TAG -> {
        return afterTag(start, end);
      }
      default -> {
        // One token and no more.
      }
    }
    return end;
  }

  /** Skips what starts no token inside of a blank: dots and tildes are among it. */
  private int afterBlank(int from) {
    int i = from;
    while (i < text.length && !Recognizer.endsBlank(text[i])) {
      i++;
    }
    return i;
  }

  private void parts(int start, int end) {
    int from = start;
    for (int i = start; i <= end; i++) {
      if (i == end || text[i] == '-') {
        if (i > from) {
          tokens.add(new Token(partType(from, i), from, i));
        }
        from = i + 1;
      }
    }
  }

  private TokenType partType(int from, int to) {
    boolean isAscii = true;
    boolean hasDigit = false;
    for (int i = from; i < to; i++) {
      hasDigit |= Characters.isDigit(text[i]);
      isAscii &= Characters.isAsciiLetter(text[i]);
    }
    return hasDigit ? TokenType.NUMBER_PART : isAscii ? TokenType.ASCII_PART : TokenType.WORD_PART;
  }

  /** What stands in a script or a style sheet is no text. */
  private int afterTag(int start, int end) {
    for (String name : new String[] {"script", "style"}) {
      int behind = at(start + 1 + name.length());
      if (isWord(start + 1, name) && (behind == '>' || Characters.isSpace(behind))) {
        for (int i = end; i < text.length; i++) {
          if (text[i] == '<' && at(i + 1) == '/' && isWord(i + 2, name)) {
            return i;
          }
        }
        return text.length;
      }
    }
    return text[end - 1] == '<' ? afterBlank(end) : end;
  }

  private boolean isWord(int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.toLowerCase(at(from + i)) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int at(int position) {
    return position < text.length ? text[position] : Characters.END;
  }
}
