package io.quarkgres.engine.session.cache;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import io.quarkgres.engine.catalog.ColumnEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns {@code INSERT INTO t (columns) SELECT $1, ...} into an INSERT of the rows that the
 * execution is given: the parameters become columns of its input. Thread: any.
 */
public final class RowFeed {
  /** The relation number of the input, beyond those of bound statements. */
  public static final int INPUT = 1 << 16;

  private RowFeed() {}

  /** Returns the statement with columns of the given ones in place of its parameters. */
  public static BoundStatement feed(BoundStatement insert, List<ColumnEntry> columns) {
    List<OutputColumn> outputs = new ArrayList<>();
    for (ColumnEntry column : columns) {
      outputs.add(new OutputColumn(INPUT, outputs.size(), column.name(), column.type(), -1));
    }
    return with(insert, feed(insert.relation(), new Relation.InputScan(INPUT, outputs)));
  }

  /** Returns the statement with another relation and without parameters. */
  public static BoundStatement with(BoundStatement insert, Relation relation) {
    return new BoundStatement(
        relation,
        insert.columns(),
        List.of(),
        insert.kind(),
        false,
        insert.tables(),
        insert.accesses(),
        insert.catalogVersion());
  }

  private static Relation feed(Relation relation, Relation.InputScan input) {
    if (relation instanceof Relation.SingleRow) {
      return input;
    }
    Relation inner = Relations.mapChildren(relation, r -> feed(r, input));
    return Relations.mapOwnExpressions(inner, e -> columnsForParameters(e, input));
  }

  private static BoundExpr columnsForParameters(BoundExpr expr, Relation.InputScan input) {
    return expr instanceof BoundExpr.Parameter parameter
        ? input.outputs().get(parameter.index()).ref()
        : Expressions.mapChildren(expr, e -> columnsForParameters(e, input));
  }
}
