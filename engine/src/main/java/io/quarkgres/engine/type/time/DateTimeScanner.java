package io.quarkgres.engine.type.time;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the text of a date, time or interval into fields: numbers, words, dates (parts joined by one
 * of {@code - / .}), times (parts joined by colons) and signed things. Words come out in lower
 * case. Thread: any.
 */
final class DateTimeScanner {
  /** What a field looks like. */
  enum Shape {
    NUMBER,
    WORD,
    DATE,
    TIME,
    /** A sign and digits: a zone's offset, or a signed number of an interval. */
    SIGNED,
    /** A sign and letters, such as {@code -infinity}. */
    SIGNED_WORD
  }

  /** A field. */
  record Field(Shape shape, String text) {
    char first() {
      return text.charAt(0);
    }
  }

  private static final int FIELDS_MAX = 25;
  private static final int LENGTH_MAX = 128;

  private final String text;
  private int at;
  private final StringBuilder field = new StringBuilder();

  private DateTimeScanner(String text) {
    this.text = text;
  }

  /** Returns the fields, or {@code null} when the text has none or cannot be cut into them. */
  static List<Field> scan(String text) {
    DateTimeScanner scanner = new DateTimeScanner(text);
    List<Field> fields = new ArrayList<>();
    int length = 0;
    while (scanner.at < text.length()) {
      char c = text.charAt(scanner.at);
      if (isSpace(c)) {
        scanner.at++;
        continue;
      }
      Shape shape = scanner.next(c);
      if (shape == null) {
        return null;
      }
      if (scanner.field.isEmpty()) {
        continue; // punctuation that only separates
      }
      length += scanner.field.length() + 1;
      if (fields.size() == FIELDS_MAX || length > LENGTH_MAX + FIELDS_MAX) {
        return null;
      }
      fields.add(new Field(shape, scanner.field.toString()));
      scanner.field.setLength(0);
    }
    return fields;
  }

  static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 127 && !isDigit(c) && !isLetter(c);
  }

  private boolean more() {
    return at < text.length();
  }

  private char peek() {
    return more() ? text.charAt(at) : 0;
  }

  private void take() {
    char c = text.charAt(at++);
    field.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
  }

  private void takeDigits() {
    while (isDigit(peek())) {
      take();
    }
  }

  private void takeLetters() {
    while (isLetter(peek())) {
      take();
    }
  }

  /** Takes one field; returns its shape, or {@code null} for a character that belongs nowhere. */
  private Shape next(char c) {
    if (isDigit(c)) {
      return number();
    }
    if (c == '.') {
      take();
      takeDigits();
      return Shape.NUMBER;
    }
    if (isLetter(c)) {
      return word();
    }
    if (c == '+' || c == '-') {
      return signed();
    }
    if (isPunctuation(c)) {
      at++;
      return Shape.WORD;
    }
    return null;
  }

  private Shape number() {
    takeDigits();
    char c = peek();
    if (c == ':') {
      while (isDigit(peek()) || peek() == ':' || peek() == '.') {
        take();
      }
      return Shape.TIME;
    }
    if (c != '-' && c != '/' && c != '.') {
      return Shape.NUMBER;
    }
    take();
    if (!isDigit(peek())) {
      while (isDigit(peek()) || isLetter(peek()) || more() && peek() == c) {
        take();
      }
      return Shape.DATE;
    }
    takeDigits();
    if (!more() || peek() != c) {
      return c == '.' ? Shape.NUMBER : Shape.DATE;
    }
    while (isDigit(peek()) || more() && peek() == c) {
      take();
    }
    return Shape.DATE;
  }

  /** A word; one with separators or digits in it is taken for a date or the name of a zone. */
  private Shape word() {
    takeLetters();
    char c = peek();
    boolean date = c == '-' || c == '/' || c == '.';
    if (!date && (c == '+' || isDigit(c))) {
      date = DateTimeWord.ofDate(field.toString()).kind() == DateTimeWord.Kind.UNKNOWN;
    }
    if (!date) {
      return Shape.WORD;
    }
    do {
      take();
    } while (isDigit(peek()) || isLetter(peek()) || more() && "+-/_.:".indexOf(peek()) >= 0);
    return Shape.DATE;
  }

  private Shape signed() {
    take();
    while (more() && isSpace(peek())) {
      at++;
    }
    if (isDigit(peek())) {
      while (isDigit(peek()) || more() && ":.-".indexOf(peek()) >= 0) {
        take();
      }
      return Shape.SIGNED;
    }
    if (isLetter(peek())) {
      takeLetters();
      return Shape.SIGNED_WORD;
    }
    return null;
  }
}
