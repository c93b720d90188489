package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * SIMILAR TO patterns, rewritten to regular expressions: percent and underscore as in LIKE, the
 * other operators as there, anchored at both ends (manual, section 9.7.2). Thread: any.
 */
final class SimilarTo {
  private static final int NO_ESCAPE = -1;

  private SimilarTo() {}

  static void register(KernelTable t) {
    t.row("similar_to_escape_1", (r, o) -> o.text(rewritten(r.text(0), '\\')));
    t.row("similar_to_escape_2", (r, o) -> o.text(rewritten(r.text(0), escape(r.text(1)))));
    t.row(
        "similar_escape",
        (r, o) -> {
          if (r.isNull(0)) {
            o.sqlNull();
          } else {
            o.text(rewritten(r.text(0), r.isNull(1) ? '\\' : escape(r.text(1))));
          }
        });
    t.row("substring(text,text,text)", SimilarTo::substring);
  }

  private static int escape(String text) {
    if (text.codePointCount(0, text.length()) > 1) {
      throw new SqlException(
          SqlState.INVALID_ESCAPE_SEQUENCE,
          "invalid escape string",
          null,
          "Escape string must be empty or one character.");
    }
    return text.isEmpty() ? NO_ESCAPE : text.codePointAt(0);
  }

  private static String rewritten(String pattern, int escape) {
    StringBuilder out = new StringBuilder("^(?:");
    int[] text = pattern.codePoints().toArray();
    int depth = 0;
    // where a bracket expression is: 1 after "[", 2 after "[^", 3 beyond, where "]" ends it
    int start = 0;
    int separators = 0;
    for (int i = 0; i < text.length; i++) {
      int c = text[i];
      if (c == escape && i + 1 < text.length) {
        int escaped = text[++i];
        if (escaped == '"' && depth == 0) {
          separators++;
          if (separators == 1) {
            out.append("){1,1}?(");
          } else if (separators == 2) {
            out.append("){1,1}(?:");
          } else {
            throw new SqlException(
                SqlState.INVALID_USE_OF_ESCAPE_CHARACTER,
                "SQL regular expression may not contain more than two escape-double-quote"
                    + " separators");
          }
        } else {
          out.append('\\').appendCodePoint(escaped);
          start = 3;
        }
      } else if (c == escape) {
        // at the end it stands for nothing
        break;
      } else if (depth > 0) {
        if (c == '\\') {
          out.append('\\');
        }
        out.appendCodePoint(c);
        if (c == ']' && start > 2) {
          depth--;
        } else if (c == '[') {
          depth++;
        }
        start = c == '^' ? start + 1 : 3;
      } else {
        if (c == '[') {
          depth = 1;
          start = 1;
        }
        switch (c) {
          case '%' -> out.append(".*");
          case '_' -> out.append('.');
          case '(' -> out.append("(?:");
          case '\\', '.', '^', '$' -> out.append('\\').appendCodePoint(c);
          default -> out.appendCodePoint(c);
        }
      }
    }
    return out.append(")$").toString();
  }

  private static void substring(Row r, Out o) {
    CodePoints text = new CodePoints();
    text.decode(r.heap(0), r.start(0), r.length(0));
    Regex regex = Regex.of(rewritten(r.text(1), escape(r.text(2))), RegexOptions.NONE);
    Regex.Matcher matcher = regex.matcher(r.context().interruption());
    matcher.setText(text.points(), text.length());
    int group = regex.groupCount() > 0 ? 1 : 0;
    if (!matcher.find(0) || matcher.start(group) < 0) {
      o.sqlNull();
    } else {
      o.text(text.string(matcher.start(group), matcher.end(group)));
    }
  }
}
