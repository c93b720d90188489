package io.quarkgres.engine.function.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A template of {@code to_char}, {@code to_date} and {@code to_timestamp}, read once. Thread: any.
 */
final class DateTemplate {
  /** How the letters of a field are written. */
  enum LetterCase {
    /** All capitals. */
    UPPER,
    /** All small. */
    LOWER,
    /** One capital. */
    TITLE
  }

  /** What a template is made of. */
  sealed interface Part {}

  /**
   * A field.
   *
   * @param field which
   * @param letterCase how it is written
   * @param isFill whether FM takes off blanks and zeros
   * @param isLocal whether TM asks for local names
   * @param ordinal the ending asked for by TH, or {@code null}
   */
  record Field(
      DateField field, LetterCase letterCase, boolean isFill, boolean isLocal, LetterCase ordinal)
      implements Part {
    /** Returns the field as the template shows it. */
    String shown() {
      return switch (letterCase) {
        case UPPER -> field.text();
        case LOWER -> field.text().toLowerCase(Locale.ROOT);
        case TITLE -> field.text().charAt(0) + field.text().substring(1).toLowerCase(Locale.ROOT);
      };
    }
  }

  /** A character that stands for itself; {@code isQuoted} within double quotes. */
  record Literal(int character, boolean isQuoted) implements Part {}

  private DateTemplate() {}

  static List<Part> parse(String template) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < template.length()) {
      int prefixEnd = at;
      boolean isFill = false;
      boolean isLocal = false;
      while (true) {
        if (startsWithEither(template, prefixEnd, "FM")) {
          isFill = true;
        } else if (startsWithEither(template, prefixEnd, "TM")) {
          isLocal = true;
        } else {
          break;
        }
        prefixEnd += 2;
      }
      Field field = field(template, prefixEnd, isFill, isLocal);
      if (field != null) {
        at = prefixEnd + field.field().text().length() + (field.ordinal() == null ? 0 : 2);
        // spelling is not built in PostgreSQL either: SP is passed over
        at += template.startsWith("SP", at) && field.ordinal() == null ? 2 : 0;
        parts.add(field);
      } else if (prefixEnd > at) {
        at = prefixEnd;
      } else if (template.charAt(at) == '"') {
        at = quoted(template, at + 1, parts);
      } else {
        // a backslash takes away the meaning of a double quote only
        if (template.startsWith("\\\"", at)) {
          at++;
        }
        int c = template.codePointAt(at);
        parts.add(new Literal(c, false));
        at += Character.charCount(c);
      }
    }
    return parts;
  }

  private static int quoted(String template, int from, List<Part> parts) {
    int at = from;
    while (at < template.length() && template.charAt(at) != '"') {
      if (template.charAt(at) == '\\' && at + 1 < template.length()) {
        at++;
      }
      int c = template.codePointAt(at);
      parts.add(new Literal(c, true));
      at += Character.charCount(c);
    }
    return Math.min(template.length(), at + 1);
  }

  private static boolean startsWithEither(String template, int at, String upper) {
    return template.startsWith(upper, at)
        || template.startsWith(upper.toLowerCase(Locale.ROOT), at);
  }

  private static Field field(String template, int at, boolean isFill, boolean isLocal) {
    DateField best = null;
    LetterCase bestCase = null;
    for (DateField field : DateField.values()) {
      LetterCase letterCase = letterCase(template, at, field);
      if (letterCase != null && (best == null || field.text().length() > best.text().length())) {
        best = field;
        bestCase = letterCase;
      }
    }
    if (best == null) {
      return null;
    }
    int end = at + best.text().length();
    LetterCase ordinal =
        template.startsWith("TH", end)
            ? LetterCase.UPPER
            : template.startsWith("th", end) ? LetterCase.LOWER : null;
    return new Field(best, bestCase, isFill, isLocal, ordinal);
  }

  private static LetterCase letterCase(String template, int at, DateField field) {
    String text = field.text();
    if (template.startsWith(text, at)) {
      return LetterCase.UPPER;
    }
    if (template.startsWith(text.toLowerCase(Locale.ROOT), at)) {
      return LetterCase.LOWER;
    }
    boolean hasTitle =
        switch (field) {
          case DAY, DY, MONTH, MON -> true;
          default -> false;
        };
    return hasTitle
            && template.startsWith(text.charAt(0) + text.substring(1).toLowerCase(Locale.ROOT), at)
        ? LetterCase.TITLE
        : null;
  }
}
