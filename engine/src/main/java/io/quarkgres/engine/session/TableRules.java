package io.quarkgres.engine.session;

import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.RowRules;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.spi.data.ColumnBuilder;
import java.util.ArrayList;
import java.util.List;

/** Binds the rules of tables that referential actions reach. Used by the session's thread. */
final class TableRules implements RowRules {
  private static final int TARGET = Integer.MAX_VALUE - 1;

  private final ClientSession session;

  TableRules(ClientSession session) {
    this.session = session;
  }

  @Override
  public Rules of(TableEntry table) {
    Binder binder = new Binder(session.environment().bindContext(List.of()));
    List<BoundExpr> defaults = new ArrayList<>();
    List<BoundExpr> generated = new ArrayList<>();
    for (ColumnEntry column : table.columns()) {
      boolean isGenerated = column.generated() != 0 && !column.isDropped();
      generated.add(
          isGenerated
              ? binder.bindOver(
                  Parser.parseExpression(column.defaultSql()),
                  table,
                  TARGET,
                  Binder.Purpose.GENERATED_COLUMN)
              : null);
      defaults.add(defaultOf(binder, column));
    }
    List<Modification.Check> checks = new ArrayList<>();
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Check check) {
        checks.add(
            new Modification.Check(
                check.name(),
                binder.bindCondition(
                    Parser.parseExpression(check.conditionSql()),
                    table,
                    TARGET,
                    Binder.Purpose.CHECK)));
      }
    }
    return new Rules(TARGET, defaults, generated, checks);
  }

  private static BoundExpr defaultOf(Binder binder, ColumnEntry column) {
    boolean hasDefault =
        column.defaultSql() != null && column.generated() == 0 && !column.isDropped();
    return hasDefault
        ? binder.bindAssigned(
            Parser.parseExpression(column.defaultSql()),
            column.type(),
            column.typmod(),
            column.name())
        : new BoundExpr.Constant(
            column.type(), column.typmod(), ColumnBuilder.nulls(column.type().layout(), 1));
  }
}
