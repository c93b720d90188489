package io.quarkgres.engine.session;

import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.parse.literal.LiteralRows;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.session.cache.PlanCache;
import io.quarkgres.engine.session.cache.RowFeed;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The plan of an INSERT of any number of rows of literals, which are its input as the lines of a
 * file are COPY's. Thread: any.
 *
 * @param plan an INSERT that is fed with rows
 * @param columns the table's columns that the rows have values for
 */
record BulkInsert(PlanCache.Kept plan, List<ColumnEntry> columns) {

  /** Makes one for a text, or returns {@code null} where the ordinary way is to be taken. */
  static BulkInsert of(LiteralRows rows, ClientSession session) {
    try {
      return make(rows, session);
    } catch (SqlException doubtful) {
      return null;
    }
  }

  private static BulkInsert make(LiteralRows rows, ClientSession session) {
    String values =
        IntStream.rangeClosed(1, rows.width())
            .mapToObj(i -> "$" + i)
            .collect(Collectors.joining(", "));
    SessionEnvironment environment = session.environment();
    // Parameters take the types of the columns only where they are the cells of VALUES.
    String typed = rows.head() + "VALUES (" + values + ")" + rows.tail();
    List<Integer> types =
        new Binder(environment.bindContext(List.of()))
            .bind(Parser.parse(typed).getFirst().statement()).parameters().stream()
                .map(SqlType::oid)
                .toList();
    String selected = rows.head() + "SELECT " + values + " " + rows.tail();
    ParsedStatement parsed = Parser.parse(selected).getFirst();
    BoundStatement bound = new Binder(environment.bindContext(types)).bind(parsed.statement());
    List<ColumnEntry> columns = columns(bound, types);
    if (columns == null) {
      return null;
    }
    PlannedStatement planned = environment.plan(RowFeed.feed(bound, columns));
    PlanCache.Kept kept = PlanCache.Kept.of(planned, parsed, environment.catalog());
    return planned.failure() == null ? new BulkInsert(kept, columns) : null;
  }

  /** Returns the columns, {@code null} unless each takes its parameter as it is. */
  private static List<ColumnEntry> columns(BoundStatement bound, List<Integer> types) {
    if (!(bound.relation() instanceof Relation.Modify modify)
        || !(modify.modification() instanceof Modification.Insert insert)
        || insert.columns().size() != types.size()) {
      return null;
    }
    List<ColumnEntry> result = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      ColumnEntry column = insert.table().columns().get(insert.columns().get(i));
      if (column.type().oid() != types.get(i)) {
        return null;
      }
      result.add(column);
    }
    return List.copyOf(result);
  }
}
