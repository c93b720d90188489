package io.quarkgres.engine.exec.subquery;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.expr.key.DefaultEquality;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.plan.EqualityOperators;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The test of {@code x op ANY|ALL (subquery)} against the subquery's rows. {@code =} ANY with one
 * set of rows for all is looked up in a hash table; anything else is computed over the rows, block
 * by block, until it is decided. Belongs to one execution.
 */
public final class SubplanTest {
  private final boolean isAll;
  private final Evaluator condition;
  private final OuterBinding binding;
  private final Hashing hashing;
  private SubplanRun.Result hashedSet;
  private KeyTable table;
  private int[] nullRows;
  private int nullCount;

  /** The two sides of equalities, and the types that their values are hashed as. */
  private record Hashing(Evaluator[] lefts, Evaluator[] rights, SqlType[] types) {}

  private SubplanTest(boolean isAll, Evaluator condition, OuterBinding binding, Hashing hashing) {
    this.isAll = isAll;
    this.condition = condition;
    this.binding = binding;
    this.hashing = hashing;
  }

  /** Compiles a test over an outer scope and the subquery's columns. */
  public static SubplanTest of(BoundExpr.Subquery subquery, Scope outer, boolean isHashable) {
    List<OutputColumn> columns = subquery.query().outputs();
    Scope inner = new Scope(outer.environment(), columns);
    OuterBinding binding = OuterBinding.of(outerColumns(subquery.test(), inner), outer);
    Evaluator condition = inner.compile(subquery.test());
    boolean isAll = subquery.kind() == BoundExpr.SubqueryKind.ALL;
    Hashing hashing =
        isHashable && !isAll ? hashing(Expressions.conjuncts(subquery.test()), outer, inner) : null;
    return new SubplanTest(isAll, condition, binding, hashing);
  }

  /** Returns how to hash, or {@code null} unless all conditions are equalities that can be. */
  private static Hashing hashing(List<BoundExpr> conditions, Scope outer, Scope inner) {
    EqualityOperators equalities =
        new EqualityOperators(outer.environment().functions(), outer.environment().types());
    int n = conditions.size();
    Hashing result = new Hashing(new Evaluator[n], new Evaluator[n], new SqlType[n]);
    for (int i = 0; i < n; i++) {
      SqlType type =
          conditions.get(i) instanceof BoundExpr.FunctionCall call
              ? hashedType(call, equalities, outer)
              : null;
      if (type == null) {
        return null;
      }
      List<BoundExpr> sides = ((BoundExpr.FunctionCall) conditions.get(i)).arguments();
      if (refersTo(sides.get(0), inner) || !refersOnlyTo(sides.get(1), inner)) {
        return null;
      }
      result.lefts[i] = outer.compile(equalities.castTo(sides.get(0), type));
      result.rights[i] = inner.compile(equalities.castTo(sides.get(1), type));
      result.types[i] = type;
    }
    return result;
  }

  /** Returns the type that both sides of an equality can be hashed as, or {@code null}. */
  private static SqlType hashedType(
      BoundExpr.FunctionCall call, EqualityOperators equalities, Scope outer) {
    if (DefaultEquality.is(call.call(), outer.environment().functions())) {
      return call.call().argumentTypes()[0];
    }
    SqlType[] types = call.call().argumentTypes();
    return "=".equals(equalities.comparison(call.call())) && types[0].oid() != types[1].oid()
        ? equalities.common(types[0], types[1])
        : null;
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
    if (hashing != null) {
      return hashed(set, block, rows, frame);
    }
    boolean[] result = new boolean[block.positionCount()];
    long[] nulls = null;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      binding.set(block, position, frame);
      int answer = test(new RowOutput(set.columns(), set.count()), frame);
      result[position] = answer > 0;
      if (answer < 0) {
        nulls = nulls == null ? Nulls.none(result.length) : nulls;
        Nulls.set(nulls, position);
      }
    }
    return new BooleanColumn(result, nulls, result.length);
  }

  /** Returns 1 for true, 0 for false, -1 for NULL. */
  private int test(RowOutput rows, Frame frame) {
    boolean hasUnknown = false;
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
    Column[] lefts = new Column[hashing.lefts.length];
    for (int i = 0; i < lefts.length; i++) {
      lefts[i] = hashing.lefts[i].evaluate(block, rows, frame);
    }
    int[] numbers = new int[size];
    table.find(lefts, rows, numbers);
    long[] nulls = null;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      result[position] = numbers[position] >= 0;
      if (!result[position] && mayBeUnknown(set, lefts, block, position, frame)) {
        nulls = nulls == null ? Nulls.none(size) : nulls;
        Nulls.set(nulls, position);
      }
    }
    return new BooleanColumn(result, nulls, size);
  }

  /**
   * Tells whether the test of a row that the table does not have is unknown. Where one value is
   * compared, a NULL says so; of several, another may differ for sure, so they are compared.
   */
  private boolean mayBeUnknown(
      SubplanRun.Result set, Column[] lefts, Block block, int position, Frame frame) {
    boolean isNull = false;
    for (Column left : lefts) {
      isNull |= left.isNull(position);
    }
    if (lefts.length == 1 || !isNull && nullCount == 0) {
      return isNull || nullCount > 0;
    }
    binding.set(block, position, frame);
    RowOutput compared =
        isNull
            ? new RowOutput(set.columns(), set.count())
            : new RowOutput(set.columns(), nullRows, 0, nullCount);
    return test(compared, frame) < 0;
  }

  private void hash(SubplanRun.Result set, Frame frame) {
    table = KeyTable.of(hashing.types, new boolean[hashing.types.length]);
    nullRows = new int[16];
    nullCount = 0;
    RowOutput rows = new RowOutput(set.columns(), set.count());
    int read = 0;
    for (Block block = rows.next(); block != null; block = rows.next()) {
      Column[] values = new Column[hashing.rights.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = hashing.rights[i].evaluate(block, block.selection(), frame);
      }
      table.assign(values, block.selection(), new int[block.positionCount()]);
      noteNulls(values, block.positionCount(), read);
      read += block.positionCount();
    }
    hashedSet = set;
  }

  private void noteNulls(Column[] values, int positions, int before) {
    for (int position = 0; position < positions; position++) {
      boolean isNull = false;
      for (Column value : values) {
        isNull |= value.isNull(position);
      }
      if (isNull) {
        nullRows = nullCount == nullRows.length ? Arrays.copyOf(nullRows, 2 * nullCount) : nullRows;
        nullRows[nullCount++] = before + position;
      }
    }
  }
}
