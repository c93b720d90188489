package io.quarkgres.engine.exec;

import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.bind.Expressions;
import io.quarkgres.engine.bind.OutputColumn;
import io.quarkgres.engine.expr.DefaultEquality;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.expr.KeyTable;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;
import java.util.ArrayList;
import java.util.List;

/**
 * The test of {@code x op ANY|ALL (subquery)} against the subquery's rows. {@code =} ANY with one
 * set of rows for all is looked up in a hash table; anything else is computed over the rows, block
 * by block, until it is decided. Belongs to one execution.
 */
final class SubplanTest {
  private final boolean isAll;
  private final Evaluator condition;
  private final OuterBinding binding;
  private final Evaluator hashedLeft;
  private final Evaluator hashedRight;
  private final SqlType hashedType;
  private SubplanRun.Result hashedSet;
  private KeyTable table;
  private boolean hasNull;

  private SubplanTest(
      boolean isAll,
      Evaluator condition,
      OuterBinding binding,
      Evaluator hashedLeft,
      Evaluator hashedRight,
      SqlType hashedType) {
    this.isAll = isAll;
    this.condition = condition;
    this.binding = binding;
    this.hashedLeft = hashedLeft;
    this.hashedRight = hashedRight;
    this.hashedType = hashedType;
  }

  /** Compiles a test over an outer scope and the subquery's columns. */
  static SubplanTest of(BoundExpr.Subquery subquery, Scope outer, boolean isHashable) {
    List<OutputColumn> columns = subquery.query().outputs();
    Scope inner = new Scope(outer.environment(), columns);
    OuterBinding binding = OuterBinding.of(outerColumns(subquery.test(), inner), outer);
    Evaluator condition = inner.compile(subquery.test());
    boolean isAll = subquery.kind() == BoundExpr.SubqueryKind.ALL;
    if (isHashable
        && !isAll
        && subquery.test() instanceof BoundExpr.FunctionCall call
        && DefaultEquality.is(call.call(), outer.environment().functions())) {
      BoundExpr left = call.arguments().get(0);
      BoundExpr right = call.arguments().get(1);
      if (!refersTo(left, inner) && refersOnlyTo(right, inner)) {
        return new SubplanTest(
            false,
            condition,
            binding,
            outer.compile(left),
            inner.compile(right),
            call.call().argumentTypes()[0]);
      }
    }
    return new SubplanTest(isAll, condition, binding, null, null, null);
  }

  private static List<OutputColumn> outerColumns(BoundExpr test, Scope inner) {
    List<OutputColumn> result = new ArrayList<>();
    Expressions.walk(
        test,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref
              && inner.position(ref.relation(), ref.column()) < 0) {
            result.add(
                new OutputColumn(
                    ref.relation(), ref.column(), ref.name(), ref.type(), ref.typmod()));
          }
        });
    return result;
  }

  private static boolean refersTo(BoundExpr expression, Scope inner) {
    boolean[] found = new boolean[1];
    Expressions.walk(
        expression,
        e -> {
          found[0] |=
              e instanceof BoundExpr.ColumnRef ref
                  && inner.position(ref.relation(), ref.column()) >= 0;
        });
    return found[0];
  }

  private static boolean refersOnlyTo(BoundExpr expression, Scope inner) {
    return outerColumns(expression, inner).isEmpty() && !Expressions.hasSubquery(expression);
  }

  /** Tests rows of the outer block against the subquery's rows. */
  Column evaluate(SubplanRun.Result set, Block block, Selection rows, Frame frame) {
    if (hashedLeft != null) {
      return hashed(set, block, rows, frame);
    }
    boolean[] result = new boolean[block.positionCount()];
    long[] nulls = null;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      binding.set(block, position, frame);
      int answer = test(set, frame);
      result[position] = answer > 0;
      if (answer < 0) {
        nulls = nulls == null ? Nulls.none(result.length) : nulls;
        Nulls.set(nulls, position);
      }
    }
    return new BooleanColumn(result, nulls, result.length);
  }

  /** Returns 1 for true, 0 for false, -1 for NULL. */
  private int test(SubplanRun.Result set, Frame frame) {
    boolean hasUnknown = false;
    RowOutput rows = new RowOutput(set.columns(), set.count());
    for (Block block = rows.next(); block != null; block = rows.next()) {
      BooleanColumn answers = (BooleanColumn) condition.evaluate(block, block.selection(), frame);
      for (int i = 0; i < block.positionCount(); i++) {
        if (answers.isNull(i)) {
          hasUnknown = true;
        } else if (answers.values()[i] != isAll) {
          return isAll ? 0 : 1;
        }
      }
    }
    return hasUnknown ? -1 : isAll ? 1 : 0;
  }

  private Column hashed(SubplanRun.Result set, Block block, Selection rows, Frame frame) {
    if (hashedSet != set) {
      hash(set, frame);
    }
    int size = block.positionCount();
    boolean[] result = new boolean[size];
    if (set.count() == 0) {
      return new BooleanColumn(result, null, size);
    }
    Column left = hashedLeft.evaluate(block, rows, frame);
    int[] numbers = new int[size];
    table.find(new Column[] {left}, rows, numbers);
    long[] nulls = null;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      result[position] = numbers[position] >= 0;
      if (left.isNull(position) || hasNull && numbers[position] < 0) {
        nulls = nulls == null ? Nulls.none(size) : nulls;
        Nulls.set(nulls, position);
      }
    }
    return new BooleanColumn(result, nulls, size);
  }

  private void hash(SubplanRun.Result set, Frame frame) {
    table = KeyTable.of(new SqlType[] {hashedType}, new boolean[1]);
    hasNull = false;
    RowOutput rows = new RowOutput(set.columns(), set.count());
    for (Block block = rows.next(); block != null; block = rows.next()) {
      Column values = hashedRight.evaluate(block, block.selection(), frame);
      table.assign(new Column[] {values}, block.selection(), new int[block.positionCount()]);
      hasNull |= Nulls.any(values.nulls(), block.positionCount());
    }
    hashedSet = set;
  }
}
