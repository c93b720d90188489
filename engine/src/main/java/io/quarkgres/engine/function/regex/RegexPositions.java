package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;

/** regexp_count, regexp_instr, regexp_like and regexp_substr in all their forms. Thread: any. */
final class RegexPositions {
  private static final int FLAGS_OF_INSTR = 5;

  private RegexPositions() {}

  static void register(KernelTable t) {
    for (String form : new String[] {"", "_no_start", "_no_flags"}) {
      t.row("regexp_count" + form, RegexPositions::count);
    }
    for (String form : new String[] {"", "_no_flags"}) {
      t.row("regexp_like" + form, RegexPositions::like);
    }
    for (String form :
        new String[] {"", "_no_start", "_no_n", "_no_endoption", "_no_flags", "_no_subexpr"}) {
      t.row("regexp_instr" + form, RegexPositions::place);
    }
    for (String form : new String[] {"", "_no_start", "_no_n", "_no_flags", "_no_subexpr"}) {
      t.row("regexp_substr" + form, RegexPositions::substring);
    }
  }

  private static RegexOptions options(Row r, int argument, String function) {
    return argument < r.count()
        ? RegexFlags.of(r.text(argument)).notGlobal(function, null).options()
        : RegexOptions.NONE;
  }

  private static int parameter(Row r, int argument, String name, int absent, int min) {
    return argument < r.count() ? RegexRow.checked(name, r.int32(argument), min) : absent;
  }

  private static void count(Row r, Out o) {
    int from = parameter(r, 2, "start", 1, 1) - 1;
    RegexRow row = new RegexRow(r, options(r, 3, "regexp_count()"));
    int count = 0;
    while (row.find(from)) {
      count++;
      from = row.following();
    }
    o.int32(count);
  }

  private static void like(Row r, Out o) {
    o.bool(new RegexRow(r, options(r, 2, "regexp_like()")).matcher().matches());
  }

  /** Finds the n-th match from a position on. */
  private static boolean find(RegexRow row, int start, int occurrence) {
    int from = start - 1;
    for (int i = 1; row.find(from); i++) {
      if (i == occurrence) {
        return true;
      }
      from = row.following();
    }
    return false;
  }

  private static void place(Row r, Out o) {
    int start = parameter(r, 2, "start", 1, 1);
    int occurrence = parameter(r, 3, "n", 1, 1);
    int endOption = parameter(r, 4, "endoption", 0, 0);
    if (endOption > 1) {
      throw RegexRow.invalid("endoption", endOption);
    }
    RegexOptions options = options(r, FLAGS_OF_INSTR, "regexp_instr()");
    int group = parameter(r, FLAGS_OF_INSTR + 1, "subexpr", 0, 0);
    RegexRow row = new RegexRow(r, options);
    if (group > row.groupCount()
        || !find(row, start, occurrence)
        || row.matcher().start(group) < 0) {
      o.int32(0);
    } else {
      o.int32(1 + (endOption == 1 ? row.matcher().end(group) : row.matcher().start(group)));
    }
  }

  private static void substring(Row r, Out o) {
    int start = parameter(r, 2, "start", 1, 1);
    int occurrence = parameter(r, 3, "n", 1, 1);
    RegexOptions options = options(r, 4, "regexp_substr()");
    int group = parameter(r, 5, "subexpr", 0, 0);
    RegexRow row = new RegexRow(r, options);
    if (group > row.groupCount()
        || !find(row, start, occurrence)
        || row.matcher().start(group) < 0) {
      o.sqlNull();
    } else {
      o.text(row.text().string(row.matcher().start(group), row.matcher().end(group)));
    }
  }
}
