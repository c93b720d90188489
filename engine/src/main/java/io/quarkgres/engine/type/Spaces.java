package io.quarkgres.engine.type;

/**
 * What input functions take as white space: blank, tab, newline, vertical tab, form feed, return.
 */
public final class Spaces {
  private Spaces() {}

  public static boolean isSpace(int b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  /** Returns the first offset from {@code start} that is no white space, or {@code end}. */
  public static int skip(byte[] text, int start, int end) {
    int at = start;
    while (at < end && isSpace(text[at])) {
      at++;
    }
    return at;
  }

  /** Returns the end of the text without trailing white space. */
  public static int trimEnd(byte[] text, int start, int end) {
    int at = end;
    while (at > start && isSpace(text[at - 1])) {
      at--;
    }
    return at;
  }

  /** Tells whether a range is an ASCII word given in lower case, whatever its letters' case. */
  public static boolean isWord(byte[] text, int start, int end, String word) {
    return end - start == word.length() && startsWith(text, start, end, word);
  }

  /** Tells whether a range starts with an ASCII word given in lower case. */
  static boolean startsWith(byte[] text, int start, int end, String word) {
    int n = word.length();
    if (end - start < n) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      int b = text[start + i];
      int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
      if (lower != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
