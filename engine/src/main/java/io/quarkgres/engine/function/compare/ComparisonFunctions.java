package io.quarkgres.engine.function.compare;

import io.quarkgres.engine.function.kernel.KernelTable;

/**
 * The comparison operators of all types but those that need a time zone. Text compares by bytes,
 * which is the order of code points. Thread: any.
 */
public final class ComparisonFunctions {
  private ComparisonFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    numbers(t);
    Comparisons.BOOLEANS.register(t, "bool", "");
    Comparisons.INTS.register(t, "char", "");
    Comparisons.INTS.register(t, "date_", "");
    for (String type : new String[] {"time_", "timestamp_", "cash_", "enum_"}) {
      Comparisons.LONGS.register(t, type, "");
    }
    for (String types : new String[] {"name", "bytea"}) {
      Comparisons.BYTES.register(t, types, "");
    }
    Comparisons.BYTES.register(t, "name", "text");
    Comparisons.BYTES.register(t, "text", "name");
    Comparisons.PADDED.register(t, "bpchar", "");
    text(t);
    for (String type :
        new String[] {
          "array_",
          "record_",
          "uuid_",
          "interval_",
          "timetz_",
          "jsonb_",
          "bit",
          "oidvector",
          "pg_lsn_",
          "tsvector_",
          "xid8"
        }) {
      Comparisons.BY_TYPE.register(t, type, "");
    }
    t.scalar("xideq", Comparisons.kernel(Comparisons.INTS.equal()));
    t.scalar("xidneq", Comparisons.kernel(Comparisons.INTS.notEqual()));
    t.scalar("cideq", Comparisons.kernel(Comparisons.INTS.equal()));
    InRange.register(t);
  }

  private static void numbers(KernelTable t) {
    for (String types : new String[] {"int2", "int4", "int24", "int42"}) {
      Comparisons.INTS.register(t, types, "");
    }
    Comparisons.UNSIGNED.register(t, "oid", "");
    Comparisons.LONGS.register(t, "int8", "");
    Comparisons.INT_LONG.register(t, "int28", "");
    Comparisons.INT_LONG.register(t, "int48", "");
    Comparisons.LONG_INT.register(t, "int82", "");
    Comparisons.LONG_INT.register(t, "int84", "");
    for (String types : new String[] {"float4", "float8", "float48", "float84"}) {
      Comparisons.DOUBLES.register(t, types, "");
    }
    Comparisons.NUMERICS.register(t, "numeric_", "");
  }

  private static void text(KernelTable t) {
    t.scalar("texteq", Comparisons.kernel(Comparisons.BYTES.equal()));
    t.scalar("textne", Comparisons.kernel(Comparisons.BYTES.notEqual()));
    for (String prefix : new String[] {"text_", "text_pattern_"}) {
      t.scalar(prefix + "lt", Comparisons.kernel(Comparisons.BYTES.less()));
      t.scalar(prefix + "le", Comparisons.kernel(Comparisons.BYTES.lessEqual()));
      t.scalar(prefix + "gt", Comparisons.kernel(Comparisons.BYTES.greater()));
      t.scalar(prefix + "ge", Comparisons.kernel(Comparisons.BYTES.greaterEqual()));
    }
    t.scalar("bpchar_pattern_lt", Comparisons.kernel(Comparisons.PADDED.less()));
    t.scalar("bpchar_pattern_le", Comparisons.kernel(Comparisons.PADDED.lessEqual()));
    t.scalar("bpchar_pattern_gt", Comparisons.kernel(Comparisons.PADDED.greater()));
    t.scalar("bpchar_pattern_ge", Comparisons.kernel(Comparisons.PADDED.greaterEqual()));
  }
}
