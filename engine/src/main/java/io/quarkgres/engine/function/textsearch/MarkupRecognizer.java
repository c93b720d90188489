package io.quarkgres.engine.function.textsearch;

import static io.quarkgres.engine.function.textsearch.Characters.isAsciiAlphanumeric;
import static io.quarkgres.engine.function.textsearch.Characters.isAsciiLetter;
import static io.quarkgres.engine.function.textsearch.Characters.isDigit;

/** Recognizes tags, comments and entities of XML and HTML. Thread: any. */
final class MarkupRecognizer {
  private static final int NONE = -1;
  private final int[] text;

  MarkupRecognizer(int[] text) {
    this.text = text;
  }

  private int at(int position) {
    return position < text.length ? text[position] : Characters.END;
  }

  /** Returns where the tag that starts at {@code <} ends, or -1 when it is none. */
  int tagEnd(int start) {
    int i = start + 1;
    return switch (at(i)) {
      case '/' -> isAsciiLetter(at(i + 1)) ? name(i + 2) : NONE;
      case '!' -> declaration(i + 1);
      case '?' -> at(i + 1) == 'x' || at(i + 1) == 'X' ? inside(i + 2) : NONE;
      default -> isAsciiLetter(at(i)) || at(i) == ':' || at(i) == '_' ? name(i + 1) : NONE;
    };
  }

  private int name(int from) {
    int i = from;
    while (isName(at(i))) {
      i++;
    }
    if (at(i) == '/') {
      return at(i + 1) == '>' ? i + 2 : NONE;
    }
    return at(i) == '>' ? i + 1 : Characters.isSpace(at(i)) ? inside(i) : NONE;
  }

  private static boolean isName(int c) {
    return Characters.isLetter(c) || isDigit(c) || c == ':' || c == '_' || c == '-' || c == '.';
  }

  /** Attributes up to the closing bracket. */
  private int inside(int from) {
    int i = from;
    while (at(i) != '>') {
      int c = at(i);
      if (c == '"' || c == '\'') {
        i++;
        while (at(i) != c) {
          if (at(i) == Characters.END) {
            return NONE;
          }
          i++;
        }
      } else if (!isAttribute(c)) {
        return NONE;
      }
      i++;
    }
    return i + 1;
  }

  private static boolean isAttribute(int c) {
    return isAsciiAlphanumeric(c)
        || Characters.isSpace(c)
        || c >= 0 && "=-_#/:.&?%~".indexOf(c) >= 0;
  }

  private int declaration(int i) {
    if (at(i) == '-' && at(i + 1) == '-') {
      int end = i + 2;
      while (at(end) != Characters.END) {
        if (at(end) == '-' && at(end + 1) == '-' && at(end + 2) == '>') {
          return end + 3;
        }
        end++;
      }
      return NONE;
    }
    return at(i) == 'D' || at(i) == 'd' ? inside(i + 1) : NONE;
  }

  /** Returns where the entity that starts at {@code &} ends, or -1 when it is none. */
  int entityEnd(int start) {
    int i = start + 1;
    if (at(i) == '#') {
      i++;
      boolean isHex = at(i) == 'x' || at(i) == 'X';
      int from = isHex ? ++i : i;
      while (isHex ? Characters.isHex(at(i)) : isDigit(at(i))) {
        i++;
      }
      return i > from && at(i) == ';' ? i + 1 : NONE;
    }
    if (!isAsciiLetter(at(i)) && at(i) != ':' && at(i) != '_') {
      return NONE;
    }
    while (isName(at(i))) {
      i++;
    }
    return at(i) == ';' ? i + 1 : NONE;
  }
}
