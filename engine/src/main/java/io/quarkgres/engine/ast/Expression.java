package io.quarkgres.engine.ast;

import java.util.List;

/** A value expression as written. Parentheses leave no trace. */
public sealed interface Expression {
  /** Returns where an error about this expression points, see the package. */
  int position();

  /** {@code NULL}. */
  record NullConstant(int position) implements Expression {}

  /** {@code TRUE} or {@code FALSE}. */
  record BooleanConstant(boolean value, int position) implements Expression {}

  /** A number; a minus sign directly before it is part of {@code text}. */
  record NumericConstant(String text, NumericKind kind, int position) implements Expression {}

  /** A string of type {@code unknown}. */
  record StringConstant(String value, int position) implements Expression {}

  /** {@code B'01'} or {@code X'0F'}; the digits are not checked. */
  record BitStringConstant(String digits, boolean isHex, int position) implements Expression {}

  /** {@code $n}. */
  record Parameter(int number, int position) implements Expression {}

  /** A column, perhaps qualified; the last part may also name a field or the first a whole row. */
  record ColumnRef(List<String> parts, int position) implements Expression {}

  /** {@code *} (no qualifier) or {@code t.*}. */
  record Star(List<String> qualifier, int position) implements Expression {}

  /** {@code (operand).field}. */
  record FieldAccess(Expression operand, String field, int position) implements Expression {}

  /** {@code (operand).*}. */
  record AllFields(Expression operand, int position) implements Expression {}

  /** {@code operand[..][..]}: all subscripts that follow each other, as they work together. */
  record Subscripts(Expression operand, List<Subscript> subscripts, int position)
      implements Expression {}

  /** {@code DEFAULT}, where a value is assigned to a column. */
  record Default(int position) implements Expression {}

  /** A prefix operator. */
  record UnaryOperator(OperatorName operator, Expression operand, int position)
      implements Expression {}

  /** An infix operator, comparisons included. */
  record BinaryOperator(OperatorName operator, Expression left, Expression right, int position)
      implements Expression {}

  /** Two or more operands joined by AND; a chain is flat. */
  record And(List<Expression> operands, int position) implements Expression {}

  /** Two or more operands joined by OR; a chain is flat. */
  record Or(List<Expression> operands, int position) implements Expression {}

  /** {@code NOT operand}. */
  record Not(Expression operand, int position) implements Expression {}

  /** {@code IS [NOT] NULL}, {@code ISNULL}, {@code NOTNULL}. */
  record IsNull(Expression operand, boolean isNegated, int position) implements Expression {}

  /** {@code IS [NOT] TRUE}, {@code FALSE} or {@code UNKNOWN}. */
  record IsTruth(Expression operand, Truth truth, boolean isNegated, int position)
      implements Expression {}

  /** {@code IS [NOT] DISTINCT FROM}. */
  record IsDistinct(Expression left, Expression right, boolean isNegated, int position)
      implements Expression {}

  /** {@code [NOT] BETWEEN [SYMMETRIC] low AND high}. */
  record Between(
      Expression operand,
      Expression low,
      Expression high,
      boolean isSymmetric,
      boolean isNegated,
      int position)
      implements Expression {}

  /** {@code [NOT] IN (a, b, ...)}. */
  record InList(Expression operand, List<Expression> items, boolean isNegated, int position)
      implements Expression {}

  /** {@code [NOT] IN (SELECT ...)}. */
  record InQuery(Expression operand, Query query, boolean isNegated, int position)
      implements Expression {}

  /**
   * {@code LIKE}, {@code ILIKE} and {@code SIMILAR TO}.
   *
   * @param escape the expression after ESCAPE, or {@code null}
   */
  record Like(
      LikeKind kind,
      Expression operand,
      Expression pattern,
      Expression escape,
      boolean isNegated,
      int position)
      implements Expression {}

  /** {@code left op ANY (array)} or {@code ALL}; {@code SOME} is {@code ANY}. */
  record QuantifiedArray(
      OperatorName operator, Expression left, boolean isAll, Expression array, int position)
      implements Expression {}

  /** {@code left op ANY (SELECT ...)} or {@code ALL}. */
  record QuantifiedQuery(
      OperatorName operator, Expression left, boolean isAll, Query query, int position)
      implements Expression {}

  /** {@code EXISTS (SELECT ...)}. */
  record Exists(Query query, int position) implements Expression {}

  /** {@code (SELECT ...)} used as a value. */
  record ScalarQuery(Query query, int position) implements Expression {}

  /** {@code ARRAY(SELECT ...)}. */
  record ArrayQuery(Query query, int position) implements Expression {}

  /** {@code ARRAY[...]}; a nested bare {@code [...]} is a nested constructor. */
  record ArrayConstructor(List<Expression> elements, int position) implements Expression {}

  /** {@code ROW(...)} (explicit) or {@code (a, b)}. */
  record RowConstructor(List<Expression> fields, boolean isExplicit, int position)
      implements Expression {}

  /**
   * Both forms of CASE.
   *
   * @param operand what the simple form compares, or {@code null}
   * @param otherwise what follows ELSE, or {@code null}
   */
  record Case(Expression operand, List<When> whens, Expression otherwise, int position)
      implements Expression {}

  /** {@code CAST(x AS t)}, {@code x::t} or {@code t 'literal'}; not {@code t(x)}, a call. */
  record Cast(Expression operand, TypeName type, int position) implements Expression {}

  /** {@code operand COLLATE name}. */
  record Collate(Expression operand, QualifiedName collation, int position) implements Expression {}

  /** {@code COALESCE(...)}. */
  record Coalesce(List<Expression> operands, int position) implements Expression {}

  /** {@code NULLIF(left, right)}. */
  record NullIf(Expression left, Expression right, int position) implements Expression {}

  /** {@code GREATEST(...)} or {@code LEAST(...)}. */
  record Extreme(boolean isGreatest, List<Expression> operands, int position)
      implements Expression {}

  /**
   * {@code CURRENT_DATE} and its kin, which are written without parentheses.
   *
   * @param precision the precision in parentheses, or -1
   */
  record SessionValue(SessionValueKind kind, int precision, int position) implements Expression {}

  /** {@code GROUPING(...)}. */
  record Grouping(List<Expression> operands, int position) implements Expression {}

  /** {@code CURRENT OF cursor}, alone in the WHERE clause of UPDATE and DELETE. */
  record CurrentOf(String cursor, int position) implements Expression {}

  /**
   * A call of a function, aggregate or window function.
   *
   * @param isStar whether {@code (*)} stands for the arguments
   * @param isDistinct whether DISTINCT stands before the arguments
   * @param isVariadic whether VARIADIC stands before the last argument
   * @param orderBy keys inside the parentheses, or those of WITHIN GROUP
   * @param isWithinGroup whether {@code orderBy} is that of WITHIN GROUP
   * @param filter the condition of FILTER, or {@code null}
   * @param over the window, or {@code null}
   * @param isSqlSyntax whether the grammar made this call of special syntax such as EXTRACT
   */
  record FunctionCall(
      QualifiedName name,
      List<Argument> arguments,
      boolean isStar,
      boolean isDistinct,
      boolean isVariadic,
      List<OrderItem> orderBy,
      boolean isWithinGroup,
      Expression filter,
      Over over,
      boolean isSqlSyntax,
      int position)
      implements Expression {}

  /**
   * An argument of a call.
   *
   * @param name the name before {@code =>} or {@code :=}, or {@code null}
   */
  record Argument(String name, Expression value, int position) {}

  /**
   * One pair of brackets. Of an element {@code [i]}, {@code upper} is the index and {@code lower}
   * is {@code null}; of a slice {@code [l:u]}, either may be {@code null}.
   */
  record Subscript(boolean isSlice, Expression lower, Expression upper) {}

  /** One arm of CASE. */
  record When(Expression condition, Expression result, int position) {}

  /** What type a number has before it meets its context. */
  enum NumericKind {
    INT4,
    INT8,
    NUMERIC
  }

  /** What {@code IS} may ask of a boolean. */
  enum Truth {
    TRUE,
    FALSE,
    UNKNOWN
  }

  /** The pattern languages. */
  enum LikeKind {
    LIKE,
    ILIKE,
    SIMILAR_TO
  }

  /** The values that are written like columns. */
  enum SessionValueKind {
    CURRENT_DATE,
    CURRENT_TIME,
    CURRENT_TIMESTAMP,
    LOCALTIME,
    LOCALTIMESTAMP,
    CURRENT_ROLE,
    CURRENT_USER,
    USER,
    SESSION_USER,
    CURRENT_CATALOG,
    CURRENT_SCHEMA
  }
}
