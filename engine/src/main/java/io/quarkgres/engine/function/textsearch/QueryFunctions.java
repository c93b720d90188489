package io.quarkgres.engine.function.textsearch;

import static io.quarkgres.engine.function.textsearch.TextSearchFunctions.query;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.type.textsearch.TsQuery;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Functions that put queries together. Thread: any. */
final class QueryFunctions {
  private QueryFunctions() {}

  /** What joins two queries that have lexemes. */
  private interface Join {
    TsQuery of(TsQuery left, TsQuery right);
  }

  static void register(KernelTable t) {
    t.row("tsquery_numnode", (r, o) -> o.int32(TsQuery.nodes(query(r, 0))));
    t.row("tsquery_and", (r, o) -> join(query(r, 0), query(r, 1), TsQuery.And::new, o));
    t.row("tsquery_or", (r, o) -> join(query(r, 0), query(r, 1), TsQuery.Or::new, o));
    t.row(
        "tsquery_phrase",
        (r, o) -> join(query(r, 0), query(r, 1), (a, b) -> new TsQuery.Phrase(a, b, 1), o));
    t.row(
        "tsquery_phrase_distance",
        (r, o) -> {
          int distance = distance(r.int32(2));
          join(query(r, 0), query(r, 1), (a, b) -> new TsQuery.Phrase(a, b, distance), o);
        });
    t.row(
        "tsquery_not",
        (r, o) -> {
          TsQuery operand = query(r, 0);
          put(operand == null ? null : new TsQuery.Not(operand), o);
        });
  }

  private static int distance(int distance) {
    if (distance < 0 || distance > TsQuery.DISTANCE_MAX) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "distance in phrase operator must be an integer value between zero and "
              + TsQuery.DISTANCE_MAX
              + " inclusive");
    }
    return distance;
  }

  private static void join(TsQuery left, TsQuery right, Join join, Out o) {
    put(left == null ? right : right == null ? left : join.of(left, right), o);
  }

  private static void put(TsQuery query, Out o) {
    o.bytes(TsQuery.encode(query));
  }
}
