package io.quarkgres.engine.ddl.drop;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import java.util.ArrayList;
import java.util.List;

/** Which constraints, indexes and generated columns of a table are about a column. Thread: any. */
public final class ColumnUses {
  /** The number by which expressions refer to the table's columns. */
  private static final int TABLE = 1;

  private ColumnUses() {}

  /** Tells whether a constraint is about a column. */
  public static boolean uses(
      DdlContext context, TableEntry table, ConstraintEntry constraint, ColumnEntry column) {
    return switch (constraint) {
      case ConstraintEntry.Key key -> key.columns().contains(column.number());
      case ConstraintEntry.ForeignKey key -> key.columns().contains(column.number());
      case ConstraintEntry.Check check -> reads(context, table, check.conditionSql(), column);
    };
  }

  /** Tells whether an index is about a column. */
  public static boolean uses(
      DdlContext context, TableEntry table, IndexEntry index, ColumnEntry column) {
    if (index.includedColumns().contains(column.number())
        || reads(context, table, index.predicateSql(), column)) {
      return true;
    }
    for (IndexEntry.Key key : index.keys()) {
      if (key.column() == column.number() || reads(context, table, key.expressionSql(), column)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the generated columns whose expressions read a column. */
  public static List<ColumnEntry> generatedFrom(
      DdlContext context, TableEntry table, ColumnEntry column) {
    List<ColumnEntry> result = new ArrayList<>();
    for (ColumnEntry other : table.columns()) {
      boolean isGenerated =
          other.generated() != 0 && !other.isDropped() && other.number() != column.number();
      if (isGenerated && reads(context, table, other.defaultSql(), column)) {
        result.add(other);
      }
    }
    return result;
  }

  /** Tells whether an expression over the columns of a table, if there is one, reads a column. */
  public static boolean reads(
      DdlContext context, TableEntry table, String sql, ColumnEntry column) {
    if (sql == null) {
      return false;
    }
    boolean[] found = new boolean[1];
    Expressions.walk(
        context.bindOver(sql, table.name(), table.columns(), TABLE),
        e ->
            found[0] |=
                e instanceof BoundExpr.ColumnRef ref && ref.column() == column.number() - 1);
    return found[0];
  }
}
