package io.quarkgres.engine.function.misc;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.EnumType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** What can be asked of an enum type: its first and last value and ranges of them. Thread: any. */
final class EnumFunctions {
  private EnumFunctions() {}

  static void register(KernelTable t) {
    t.row("enum_first", (r, o) -> o.int64(end(r, true)));
    t.row("enum_last", (r, o) -> o.int64(end(r, false)));
    t.row("enum_range_all", (r, o) -> range(r, Long.MIN_VALUE, Long.MAX_VALUE, o));
    t.row(
        "enum_range_bounds",
        (r, o) ->
            range(
                r,
                r.isNull(0) ? Long.MIN_VALUE : r.int64(0),
                r.isNull(1) ? Long.MAX_VALUE : r.int64(1),
                o));
  }

  private static long end(Row row, boolean isFirst) {
    EnumType type = type(row);
    List<EnumType.Label> labels = type.labels();
    if (labels.isEmpty()) {
      throw new SqlException(
          SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "enum " + type.info().sqlName() + " contains no values");
    }
    return type.usable(isFirst ? labels.getFirst() : labels.getLast()).number();
  }

  private static EnumType type(Row row) {
    if (row.type(0) instanceof EnumType type) {
      return type;
    }
    throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "could not determine actual enum type");
  }

  private static void range(Row row, long from, long to, Out out) {
    EnumType type = type(row);
    LongBuilder values = new LongBuilder(type.labels().size());
    for (EnumType.Label label : type.labels()) {
      if (label.number() >= from && label.number() <= to) {
        values.append(type.usable(label).number());
      }
    }
    ArrayValue.of(type.oid(), values.build()).appendTo(out.builder());
  }
}
