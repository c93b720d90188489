package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.set.ColumnsCursor;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;

/** What matches, and what lies between matches: arrays and sets of texts. Thread: any. */
final class RegexExtracts {
  private RegexExtracts() {}

  static void register(KernelTable t) {
    t.row("textregexsubstr", RegexExtracts::substring);
    t.row("regexp_match_no_flags", (r, o) -> match(r, o, RegexFlags.NONE));
    t.row(
        "regexp_match",
        (r, o) ->
            match(
                r,
                o,
                RegexFlags.of(r.text(2))
                    .notGlobal("regexp_match()", "Use the regexp_matches function instead.")));
    t.set(
        "regexp_matches_no_flags", (c, a, p, x) -> new ColumnsCursor(matches(new Row(c, a, x), p)));
    t.set("regexp_matches", (c, a, p, x) -> new ColumnsCursor(matches(new Row(c, a, x), p)));
    t.row("regexp_split_to_array_no_flags", RegexExtracts::splitToArray);
    t.row("regexp_split_to_array", RegexExtracts::splitToArray);
    t.set(
        "regexp_split_to_table_no_flags",
        (c, a, p, x) -> new ColumnsCursor(split(new Row(c, a, x), p, "regexp_split_to_table()")));
    t.set(
        "regexp_split_to_table",
        (c, a, p, x) -> new ColumnsCursor(split(new Row(c, a, x), p, "regexp_split_to_table()")));
  }

  /** Returns the first group's text where there is one, else the match's. */
  private static void substring(Row r, Out o) {
    RegexRow row = new RegexRow(r, RegexOptions.NONE);
    int group = row.groupCount() > 0 ? 1 : 0;
    if (!row.find(0) || row.matcher().start(group) < 0) {
      o.sqlNull();
    } else {
      o.text(row.text().string(row.matcher().start(group), row.matcher().end(group)));
    }
  }

  private static void match(Row r, Out o, RegexFlags flags) {
    RegexRow row = new RegexRow(r, flags.options());
    if (row.find(0)) {
      appendGroups(row, o.builder());
    } else {
      o.sqlNull();
    }
  }

  /** Appends an array of the groups' texts, or of the match's when nothing captures. */
  private static void appendGroups(RegexRow row, ColumnBuilder out) {
    BytesBuilder texts = new BytesBuilder(4);
    int first = row.groupCount() == 0 ? 0 : 1;
    for (int group = first; group <= row.groupCount(); group++) {
      if (row.matcher().start(group) < 0) {
        texts.appendNull();
      } else {
        texts.append(row.text().string(row.matcher().start(group), row.matcher().end(group)));
      }
    }
    ArrayValue.of(Oids.TEXT, texts.build()).appendTo(out);
  }

  private static Column matches(Row r, int position) {
    r.moveTo(position);
    RegexFlags flags = r.count() > 2 ? RegexFlags.of(r.text(2)) : RegexFlags.NONE;
    RegexRow row = new RegexRow(r, flags.options());
    BytesBuilder out = new BytesBuilder(4);
    int from = 0;
    while (row.find(from)) {
      appendGroups(row, out);
      if (!flags.isGlobal()) {
        break;
      }
      from = row.following();
    }
    return out.build();
  }

  private static void splitToArray(Row r, Out o) {
    Column parts = split(r, r.position(), "regexp_split_to_array()");
    ArrayValue.of(Oids.TEXT, parts).appendTo(o.builder());
  }

  /** Splits at matches; empty ones at either end or right behind another match do not count. */
  private static Column split(Row r, int position, String function) {
    r.moveTo(position);
    RegexFlags flags =
        r.count() > 2 ? RegexFlags.of(r.text(2)).notGlobal(function, null) : RegexFlags.NONE;
    RegexRow row = new RegexRow(r, flags.options());
    BytesBuilder parts = new BytesBuilder(8);
    int partStart = 0;
    int from = 0;
    int previousEnd = 0;
    while (row.find(from)) {
      boolean isEmpty = row.start() == row.end();
      if (!isEmpty || row.start() < row.text().length() && row.end() > previousEnd) {
        parts.append(row.text().string(partStart, row.start()));
        partStart = row.end();
      }
      previousEnd = row.end();
      from = row.following();
    }
    parts.append(row.text().string(partStart, row.text().length()));
    return parts.build();
  }
}
