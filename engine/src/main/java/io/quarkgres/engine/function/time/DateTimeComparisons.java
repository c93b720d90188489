package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.engine.type.time.TimeZones;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Comparisons between dates, timestamps and timestamps with time zone: both sides are brought to
 * microseconds, a date beyond the timestamps lying between them and infinity. Thread: any.
 */
final class DateTimeComparisons {
  private static final String[] OPERATORS = {"eq", "ne", "lt", "le", "gt", "ge"};

  private enum Kind {
    DATE,
    TIMESTAMP,
    TIMESTAMPTZ
  }

  private DateTimeComparisons() {}

  static void register(KernelTable t) {
    for (Kind left : Kind.values()) {
      for (Kind right : Kind.values()) {
        if (left != right) {
          register(t, left, right);
        }
      }
    }
  }

  private static void register(KernelTable t, Kind left, Kind right) {
    boolean isZoned = left == Kind.TIMESTAMPTZ || right == Kind.TIMESTAMPTZ;
    String before = left.name().toLowerCase(Locale.ROOT) + "_";
    String behind = "_" + right.name().toLowerCase(Locale.ROOT);
    for (int i = 0; i < OPERATORS.length; i++) {
      int operator = i;
      t.scalar(
          before + OPERATORS[i] + behind,
          (c, a, s, n, x) ->
              compare(
                  micros(left, a[0], isZoned, s, n, x),
                  micros(right, a[1], isZoned, s, n, x),
                  operator,
                  s,
                  n));
    }
  }

  private static long[] micros(
      Kind kind, Column column, boolean isZoned, Selection rows, int size, EvalContext context) {
    if (kind == Kind.TIMESTAMPTZ || kind == Kind.TIMESTAMP && !isZoned) {
      return Columns.longs(column);
    }
    ZoneId zone = isZoned ? context.types().zone() : null;
    long[] out = new long[size];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      out[p] =
          kind == Kind.DATE
              ? ofDate(Columns.ints(column)[p], zone)
              : zoned(Columns.longs(column)[p], zone);
    }
    return out;
  }

  private static long ofDate(int days, ZoneId zone) {
    boolean isBeyond =
        CivilDays.isFiniteDate(days) && days >= CivilDays.TIMESTAMP_END / CivilDays.DAY_MICROS;
    return isBeyond ? CivilDays.INFINITY - 1 : zoned(Timestamps.ofDate(days), zone);
  }

  private static long zoned(long local, ZoneId zone) {
    if (zone == null || !CivilDays.isFinite(local)) {
      return local;
    }
    return local - TimeZones.offsetOfLocal(zone, local) * CivilDays.SECOND_MICROS;
  }

  private static BooleanColumn compare(
      long[] left, long[] right, int operator, Selection rows, int size) {
    boolean[] out = new boolean[size];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      int order = Long.compare(left[p], right[p]);
      out[p] =
          switch (operator) {
            case 0 -> order == 0;
            case 1 -> order != 0;
            case 2 -> order < 0;
            case 3 -> order <= 0;
            case 4 -> order > 0;
            default -> order >= 0;
          };
    }
    return Columns.of(out);
  }
}
