package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.AggregateKernel;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.DoubleBuilder;

/** The table of aggregates. Thread: any. */
public final class AggregateFunctions {
  private static final String[] INTEGERS = {"int2", "int4", "int8"};

  private AggregateFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    t.aggregate("count()", (c, x) -> new CountAccumulator());
    t.aggregate("count(any)", (c, x) -> new CountAccumulator());
    sums(t);
    extremes(t);
    spreads(t);
    regression(t);
    bits(t);
    t.aggregateWithNulls("string_agg(text,text)", (c, x) -> new StringAccumulator());
    t.aggregateWithNulls("string_agg(bytea,bytea)", (c, x) -> new StringAccumulator());
    t.aggregateWithNulls(
        "array_agg(anynonarray)", (c, x) -> new ArrayAccumulator(c.argumentTypes()[0]));
    t.aggregateWithNulls(
        "array_agg(anyarray)",
        (c, x) -> new ArrayStackAccumulator(OrderedSets.element(c.argumentTypes()[0])));
    OrderedSets.register(t);
    HypotheticalSets.register(t);
  }

  private static void sums(KernelTable t) {
    t.aggregate("sum(int2)", (c, x) -> new IntSumAccumulator());
    t.aggregate("sum(int4)", (c, x) -> new IntSumAccumulator());
    t.aggregate("sum(int8)", (c, x) -> new WholeSumAccumulator(false));
    t.aggregate("sum(float4)", (c, x) -> new FloatSumAccumulator(true));
    t.aggregate("sum(float8)", (c, x) -> new FloatSumAccumulator(false));
    t.aggregate("sum(numeric)", (c, x) -> new NumericSumAccumulator(false));
    for (String type : INTEGERS) {
      t.aggregate("avg(" + type + ")", (c, x) -> new WholeSumAccumulator(true));
    }
    t.aggregate("avg(numeric)", (c, x) -> new NumericSumAccumulator(true));
    t.aggregate("avg(float4)", (c, x) -> new FloatSpreadAccumulator(null));
    t.aggregate("avg(float8)", (c, x) -> new FloatSpreadAccumulator(null));
    t.aggregate("sum(interval)", (c, x) -> new IntervalSumAccumulator(false));
    t.aggregate("avg(interval)", (c, x) -> new IntervalSumAccumulator(true));
  }

  private static void extremes(KernelTable t) {
    for (String type : new String[] {"int2", "int4", "date"}) {
      t.aggregate("max(" + type + ")", (c, x) -> new ExtremeAccumulators.OfInts(true));
      t.aggregate("min(" + type + ")", (c, x) -> new ExtremeAccumulators.OfInts(false));
    }
    for (String type : new String[] {"int8", "time", "timestamp", "timestamptz", "anyenum"}) {
      t.aggregate("max(" + type + ")", (c, x) -> new ExtremeAccumulators.OfLongs(true));
      t.aggregate("min(" + type + ")", (c, x) -> new ExtremeAccumulators.OfLongs(false));
    }
    for (String type : new String[] {"float4", "float8"}) {
      t.aggregate("max(" + type + ")", (c, x) -> new ExtremeAccumulators.OfDoubles(true));
      t.aggregate("min(" + type + ")", (c, x) -> new ExtremeAccumulators.OfDoubles(false));
    }
    for (String type :
        new String[] {
          "oid", "numeric", "text", "bpchar", "interval", "timetz", "anyarray", "pg_lsn", "xid8"
        }) {
      t.aggregate("max(" + type + ")", extreme(true));
      t.aggregate("min(" + type + ")", extreme(false));
    }
  }

  private static AggregateKernel extreme(boolean isMax) {
    return (c, x) -> {
      SqlType type = c.argumentTypes()[0];
      return new ExtremeAccumulators.OfAny(type, isMax, type.oid() == Oids.BPCHAR);
    };
  }

  private static void spreads(KernelTable t) {
    spread(t, "var_pop", Spread.VAR_POP);
    spread(t, "var_samp", Spread.VAR_SAMP);
    spread(t, "variance", Spread.VAR_SAMP);
    spread(t, "stddev_pop", Spread.STDDEV_POP);
    spread(t, "stddev_samp", Spread.STDDEV_SAMP);
    spread(t, "stddev", Spread.STDDEV_SAMP);
  }

  private static void spread(KernelTable t, String name, Spread spread) {
    for (String type : new String[] {"int2", "int4", "int8", "numeric"}) {
      t.aggregate(name + "(" + type + ")", (c, x) -> new NumericSpreadAccumulator(spread));
    }
    t.aggregate(name + "(float4)", (c, x) -> new FloatSpreadAccumulator(spread));
    t.aggregate(name + "(float8)", (c, x) -> new FloatSpreadAccumulator(spread));
  }

  private static void regression(KernelTable t) {
    t.aggregate("regr_count(float8,float8)", (c, x) -> new CountAccumulator());
    regression(t, "regr_sxx", (s, o) -> o.append(s.sxx()));
    regression(t, "regr_syy", (s, o) -> o.append(s.syy()));
    regression(t, "regr_sxy", (s, o) -> o.append(s.sxy()));
    regression(t, "regr_avgx", (s, o) -> o.append(s.sx() / s.n()));
    regression(t, "regr_avgy", (s, o) -> o.append(s.sy() / s.n()));
    regression(t, "covar_pop", (s, o) -> o.append(s.sxy() / s.n()));
    regression(t, "covar_samp", (s, o) -> unless(s.n() < 2, s.sxy() / (s.n() - 1), o));
    regression(
        t,
        "corr",
        (s, o) -> unless(s.sxx() == 0 || s.syy() == 0, s.sxy() / Math.sqrt(s.sxx() * s.syy()), o));
    regression(
        t,
        "regr_r2",
        (s, o) ->
            unless(s.sxx() == 0, s.syy() == 0 ? 1 : s.sxy() * s.sxy() / (s.sxx() * s.syy()), o));
    regression(t, "regr_slope", (s, o) -> unless(s.sxx() == 0, s.sxy() / s.sxx(), o));
    regression(
        t,
        "regr_intercept",
        (s, o) -> unless(s.sxx() == 0, (s.sy() - s.sx() * s.sxy() / s.sxx()) / s.n(), o));
  }

  private static void regression(KernelTable t, String name, RegressionAccumulator.Result result) {
    t.aggregate(name + "(float8,float8)", (c, x) -> new RegressionAccumulator(result));
  }

  private static void unless(boolean isNull, double value, DoubleBuilder out) {
    if (isNull) {
      out.appendNull();
    } else {
      out.append(value);
    }
  }

  private static void bits(KernelTable t) {
    for (String type : INTEGERS) {
      boolean isWide = type.equals("int8");
      t.aggregate(
          "bit_and(" + type + ")",
          (c, x) -> new BitAccumulator(BitAccumulator.Operator.AND, isWide));
      t.aggregate(
          "bit_or(" + type + ")", (c, x) -> new BitAccumulator(BitAccumulator.Operator.OR, isWide));
      t.aggregate(
          "bit_xor(" + type + ")",
          (c, x) -> new BitAccumulator(BitAccumulator.Operator.XOR, isWide));
    }
    t.aggregate("bool_and(bool)", (c, x) -> new BoolAccumulator(true));
    t.aggregate("every(bool)", (c, x) -> new BoolAccumulator(true));
    t.aggregate("bool_or(bool)", (c, x) -> new BoolAccumulator(false));
  }
}
