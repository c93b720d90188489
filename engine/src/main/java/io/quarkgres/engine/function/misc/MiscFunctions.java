package io.quarkgres.engine.function.misc;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.number.NumberText;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Functions that belong to no family of types. Thread: any. */
public final class MiscFunctions {
  private static final long VERSION_4 = 0x4000L;
  private static final long VERSION_MASK = 0xf000L;
  private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;

  private MiscFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    t.row("gen_random_uuid", MiscFunctions::randomUuid);
    EnumFunctions.register(t);
    TypeFunctions.register(t);
    t.row("setseed", MiscFunctions::setSeed);
    t.row("pg_typeof", (r, o) -> o.int32(r.type(0).oid()));
    t.row("pg_column_size", (r, o) -> o.int32(size(r)));
    t.row("pg_num_nulls", (r, o) -> o.int32(nulls(r)));
    t.row("pg_num_nonnulls", (r, o) -> o.int32(r.count() - nulls(r)));
    t.row("text_regclass", (r, o) -> o.int32(relation(r)));
  }

  /** A relation by name: other than for a literal of type regclass, a number is a name, too. */
  private static int relation(Row r) {
    String name = r.text(0);
    boolean isName = name.isEmpty() || "-0123456789".indexOf(name.charAt(0)) < 0;
    return r.context().types().objects().oid("regclass", isName ? name : '"' + name + '"');
  }

  /** A random UUID, version 4. */
  private static void randomUuid(Row r, Out o) {
    long high = r.context().random().nextLong() & ~VERSION_MASK | VERSION_4;
    long low = r.context().random().nextLong() & VARIANT_MASK | Long.MIN_VALUE;
    o.wide(high, low);
  }

  /** The bytes of a value in PostgreSQL; those of variable length depend on where they lie. */
  private static int size(Row r) {
    int length = r.type(0).info().typlen();
    if (length < 0) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "pg_column_size of type " + r.type(0).info().sqlName() + " is not supported yet");
    }
    return length;
  }

  private static void setSeed(Row r, Out o) {
    double seed = r.float64(0);
    if (!(seed >= -1 && seed <= 1)) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "setseed parameter " + NumberText.general(seed) + " is out of allowed range [-1,1]");
    }
    r.context().random().setSeed(seed);
    o.bool(true);
  }

  private static int nulls(Row r) {
    int nulls = 0;
    for (int i = 0; i < r.count(); i++) {
      nulls += r.isNull(i) ? 1 : 0;
    }
    return nulls;
  }
}
