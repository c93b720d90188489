package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** regexp_replace in all its forms. Thread: any. */
final class RegexReplace {
  private RegexReplace() {}

  static void register(KernelTable t) {
    t.row("textregexreplace_noopt", (r, o) -> replace(r, o, RegexOptions.NONE, 1, 1));
    t.row(
        "textregexreplace",
        (r, o) -> {
          RegexFlags flags = flagsOrNumber(r.text(3));
          replace(r, o, flags.options(), 1, flags.isGlobal() ? 0 : 1);
        });
    t.row(
        "textregexreplace_extended",
        (r, o) -> replace(r, o, RegexFlags.of(r.text(5)).options(), start(r), occurrence(r)));
    t.row(
        "textregexreplace_extended_no_flags",
        (r, o) -> replace(r, o, RegexOptions.NONE, start(r), occurrence(r)));
    t.row(
        "textregexreplace_extended_no_n", (r, o) -> replace(r, o, RegexOptions.NONE, start(r), 1));
  }

  /** A digit where flags belong is a start position that lacks its other arguments' types. */
  private static RegexFlags flagsOrNumber(String flags) {
    if (!flags.isEmpty() && flags.charAt(0) >= '0' && flags.charAt(0) <= '9') {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "invalid regular expression option: \"" + flags.charAt(0) + "\"",
          null,
          "If you meant to use regexp_replace() with a start parameter, cast the fourth argument"
              + " to integer explicitly.");
    }
    return RegexFlags.of(flags);
  }

  private static int start(Row r) {
    return RegexRow.checked("start", r.int32(3), 1);
  }

  private static int occurrence(Row r) {
    return RegexRow.checked("n", r.int32(4), 0);
  }

  /** Replaces the n-th match, or all of them when {@code occurrence} is 0. */
  private static void replace(Row r, Out o, RegexOptions options, int start, int occurrence) {
    RegexRow row = new RegexRow(r, options);
    String replacement = r.text(2);
    ByteSink out = new ByteSink(r.length(0) + 16);
    int copied = 0;
    int number = 0;
    int from = start - 1;
    while (row.find(from)) {
      number++;
      if (occurrence == 0 || number == occurrence) {
        row.text().append(copied, row.start(), out);
        append(replacement, row, out);
        copied = row.end();
      }
      if (number == occurrence) {
        break;
      }
      from = row.following();
    }
    row.text().append(copied, row.text().length(), out);
    o.bytes(out);
  }

  /** Appends the replacement with {@code \1} and {@code \&} filled in. */
  private static void append(String replacement, RegexRow row, ByteSink out) {
    int plain = 0;
    for (int i = replacement.indexOf('\\'); i >= 0; i = replacement.indexOf('\\', i)) {
      out.putUtf8(replacement.substring(plain, i));
      char c = i + 1 < replacement.length() ? replacement.charAt(i + 1) : 0;
      plain = i + 2;
      if (c == '&') {
        row.text().append(row.start(), row.end(), out);
      } else if (c >= '1' && c <= '9') {
        int group = c - '0';
        if (group <= row.groupCount() && row.matcher().start(group) >= 0) {
          row.text().append(row.matcher().start(group), row.matcher().end(group), out);
        }
      } else if (c == '\\') {
        out.put('\\');
      } else {
        out.put('\\');
        plain = i + 1;
      }
      i = plain;
    }
    out.putUtf8(replacement.substring(Math.min(plain, replacement.length())));
  }
}
