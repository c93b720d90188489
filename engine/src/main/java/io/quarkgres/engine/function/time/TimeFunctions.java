package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.kernel.KernelTable;

/** The table of functions of dates, times and intervals. Thread: any. */
public final class TimeFunctions {
  private TimeFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    DateTimeArithmetic.register(t);
    DateTimeCasts.register(t);
    DateTimeComparisons.register(t);
    Extraction.register(t);
    Truncation.register(t);
    ZoneFunctions.register(t);
    MakeFunctions.register(t);
    Overlaps.register(t);
    TimestampSeries.register(t);
    IntervalFunctions.register(t);
  }
}
