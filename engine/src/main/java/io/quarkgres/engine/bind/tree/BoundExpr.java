package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import java.util.List;

/** A typed expression over the columns of relations. Immutable. Thread: any. */
public sealed interface BoundExpr {
  /** Returns the type of the value. */
  SqlType type();

  /** Returns the type modifier, -1 for none. */
  default int typmod() {
    return SqlType.NO_TYPMOD;
  }

  /** A constant: position 0 of a one-position column. */
  record Constant(SqlType type, int typmod, Column value) implements BoundExpr {
    /** Tells whether the constant is NULL. */
    public boolean isNull() {
      return value.isNull(0);
    }
  }

  /** Column number {@code column} (from 0) of the relation numbered {@code relation}. */
  record ColumnRef(int relation, int column, SqlType type, int typmod, String name)
      implements BoundExpr {}

  /** Parameter {@code $index + 1}. */
  record Parameter(int index, SqlType type) implements BoundExpr {}

  /** A call of a scalar function, operators and function casts included. */
  record FunctionCall(Call call, List<BoundExpr> arguments, int typmod) implements BoundExpr {
    @Override
    public SqlType type() {
      return call.returnType();
    }
  }

  /** Three-valued AND of two or more booleans. */
  record And(List<BoundExpr> operands, SqlType type) implements BoundExpr {}

  /** Three-valued OR of two or more booleans. */
  record Or(List<BoundExpr> operands, SqlType type) implements BoundExpr {}

  /** Three-valued NOT. */
  record Not(BoundExpr operand, SqlType type) implements BoundExpr {}

  /**
   * {@code IS [NOT] NULL}. For a record, PostgreSQL's rule: IS NULL when all fields are, IS NOT
   * NULL when none is.
   */
  record IsNull(BoundExpr operand, boolean isNegated, SqlType type) implements BoundExpr {}

  /** {@code IS [NOT] TRUE|FALSE|UNKNOWN}. */
  record IsTruth(BoundExpr operand, Truth truth, boolean isNegated, SqlType type)
      implements BoundExpr {}

  /** What {@code IS} may ask of a boolean. */
  enum Truth {
    /** IS TRUE. */
    TRUE,
    /** IS FALSE. */
    FALSE,
    /** IS UNKNOWN. */
    UNKNOWN
  }

  /** {@code left IS [NOT] DISTINCT FROM right}, both of one type, by the equality operator. */
  record IsDistinct(BoundExpr left, BoundExpr right, Call equality, boolean isNegated, SqlType type)
      implements BoundExpr {}

  /**
   * CASE. The simple form has an operand, computed once; {@link CaseOperand} stands for it in the
   * conditions.
   *
   * @param operand the operand of the simple form, or {@code null}
   * @param otherwise never {@code null}: ELSE NULL is a constant
   */
  record Case(BoundExpr operand, List<When> whens, BoundExpr otherwise, SqlType type, int typmod)
      implements BoundExpr {}

  /** One arm of CASE. */
  record When(BoundExpr condition, BoundExpr result) {}

  /** The operand of the innermost enclosing simple CASE. */
  record CaseOperand(SqlType type, int typmod) implements BoundExpr {}

  /** The first operand that is not NULL; later ones are not computed where it is found. */
  record Coalesce(List<BoundExpr> operands, SqlType type, int typmod) implements BoundExpr {}

  /** NULL where {@code left = right}, else {@code left}; operands of {@code equality} are cast. */
  record NullIf(BoundExpr left, BoundExpr comparedLeft, BoundExpr right, Call equality)
      implements BoundExpr {
    @Override
    public SqlType type() {
      return left.type();
    }

    @Override
    public int typmod() {
      return left.typmod();
    }
  }

  /** GREATEST or LEAST: NULLs are left out; by the type's order. */
  record Extreme(boolean isGreatest, List<BoundExpr> operands, SqlType type) implements BoundExpr {}

  /** {@code ARRAY[...]}; {@code isNested} when the elements are arrays that add a dimension. */
  record ArrayConstructor(List<BoundExpr> elements, boolean isNested, SqlType type)
      implements BoundExpr {}

  /** A row value as one record value. */
  record RowConstructor(List<BoundExpr> fields, List<String> names, SqlType type)
      implements BoundExpr {}

  /**
   * A comparison of two row values field by field; each pair of fields is of one type.
   *
   * @param comparison {@code <}, {@code <=}, {@code >}, {@code >=} ({@code =} and {@code <>} are
   *     bound as AND and OR of operators)
   */
  record RowComparison(
      String comparison, List<BoundExpr> lefts, List<BoundExpr> rights, SqlType type)
      implements BoundExpr {}

  /** Field number {@code field} (from 0) of a record value. */
  record FieldAccess(BoundExpr operand, int field, SqlType type, int typmod) implements BoundExpr {}

  /** {@code operand[i][j]} (an element) or, when any subscript is a slice, a sub-array. */
  record Subscripts(BoundExpr operand, List<Subscript> subscripts, boolean isSlice, SqlType type)
      implements BoundExpr {}

  /** One pair of brackets, bounds of type int4; an element uses {@code upper} only. */
  record Subscript(BoundExpr lower, BoundExpr upper) {}

  /** {@code operand} (an array, maybe NULL) with the element or slice replaced, for UPDATE. */
  record SubscriptAssignment(
      BoundExpr operand, List<Subscript> subscripts, boolean isSlice, BoundExpr value, SqlType type)
      implements BoundExpr {}

  /** {@code left op ANY|ALL (array)}. */
  record QuantifiedArray(
      Call operator, BoundExpr left, BoundExpr array, boolean isAll, SqlType type)
      implements BoundExpr {}

  /** A cast by printing and parsing. */
  record CastByText(BoundExpr operand, SqlType type, int typmod) implements BoundExpr {}

  /** A cast that leaves the value as it is, such as varchar to text. */
  record Relabel(BoundExpr operand, SqlType type, int typmod) implements BoundExpr {}

  /**
   * A cast of each element of an array; {@code element} is over {@link CaseOperand}, which stands
   * for one element.
   */
  record ArrayCast(BoundExpr operand, BoundExpr element, SqlType type, int typmod)
      implements BoundExpr {}

  /** Makes a value fit a type modifier, see {@link SqlType#coerceLength}. */
  record CoerceLength(BoundExpr operand, SqlType type, int typmod, boolean isExplicit)
      implements BoundExpr {}

  /** A value of a domain's base type as one of the domain: its constraints are checked. */
  record CoerceToDomain(BoundExpr operand, DomainType type) implements BoundExpr {}

  /**
   * A subquery in an expression.
   *
   * @param kind what is asked of it
   * @param query the subquery
   * @param test for ANY and ALL: the comparison, a boolean over the outer columns and the
   *     subquery's output columns (its columns are those of {@code query.outputs()}); else null
   */
  record Subquery(SubqueryKind kind, Relation query, BoundExpr test, SqlType type, int typmod)
      implements BoundExpr {}

  /** What an expression asks of a subquery. */
  enum SubqueryKind {
    /** Its single value: 21000 when it has two rows, NULL when it has none. */
    SCALAR,
    /** Whether it has a row. */
    EXISTS,
    /** Whether the test is true for a row; also IN. */
    ANY,
    /** Whether the test is true for all rows; also NOT IN as NOT ANY. */
    ALL,
    /** The array of its values. */
    ARRAY
  }
}
