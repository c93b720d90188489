package io.quarkgres.engine.session.cache;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.expr.ConstantExpressions;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.literal.Literals;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The plan of all statements that differ in the values of some literals only, which are its
 * parameters. Thread: any.
 *
 * @param plan the plan
 * @param parsed the statement with {@code $1}, {@code $2} ... in place of the literals
 * @param slots which literals are the parameters
 * @param types the parameters' types, those of computed ones last
 * @param computed what follows from literals and is computed before the statement runs
 * @param declared the types that parameters were declared with, 0 for none
 */
public record StatementTemplate(
    PlanCache.Kept plan,
    ParsedStatement parsed,
    List<Slot> slots,
    List<SqlType> types,
    List<BoundExpr> computed,
    List<Integer> declared) {

  /**
   * A literal that is a parameter.
   *
   * @param literal its number among the text's literals
   * @param isNegated whether a minus sign before it belongs to it
   */
  public record Slot(int literal, boolean isNegated) {}

  /**
   * Returns the parameters for a text's literals, or {@code null} when one of them cannot be read:
   * the ordinary way then finds the error, if there is one.
   */
  public Column[] parameters(Literals literals, PlanScope scope) {
    Column[] values = new Column[types.size()];
    try {
      for (int i = 0; i < slots.size(); i++) {
        values[i] = value(slots.get(i), types.get(i), literals, scope);
      }
      if (!computed.isEmpty()) {
        compute(values, scope);
      }
      return values;
    } catch (SqlException e) {
      return null;
    }
  }

  private void compute(Column[] values, PlanScope scope) {
    ConstantExpressions expressions = new ConstantExpressions(scope.catalog(), scope);
    for (int i = 0; i < computed.size(); i++) {
      values[slots.size() + i] = expressions.evaluate(computed.get(i), values);
    }
  }

  private static Column value(Slot slot, SqlType type, Literals literals, PlanScope scope) {
    if (type.oid() == Oids.INT4 && literals.kind(slot.literal()) == Literals.Kind.INT4) {
      IntBuilder builder = new IntBuilder(1);
      int value = literals.integer(slot.literal());
      builder.append(slot.isNegated() ? -value : value);
      return builder.build();
    }
    String text = literals.text(slot.literal());
    byte[] bytes = (slot.isNegated() ? "-" + text : text).getBytes(StandardCharsets.UTF_8);
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
    type.parse(bytes, 0, bytes.length, SqlType.NO_TYPMOD, builder, scope.types());
    return builder.build();
  }
}
