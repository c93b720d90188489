package io.quarkgres.engine.ast;

/** Where expressions begin in the text. Thread: any. */
public final class Positions {
  private Positions() {}

  /**
   * Returns the leftmost place that belongs to the expression, which PostgreSQL points at when the
   * fault is with the expression as a whole; {@link Expression#position()} is that of its operator.
   */
  public static int start(Expression expression) {
    int start = -1;
    Expression at = expression;
    while (at != null) {
      int position = at.position();
      if (position >= 0 && (start < 0 || position < start)) {
        start = position;
      }
      at = leftOperand(at);
    }
    return start;
  }

  private static Expression leftOperand(Expression expression) {
    return switch (expression) {
      case Expression.BinaryOperator e -> e.left();
      case Expression.And e -> e.operands().getFirst();
      case Expression.Or e -> e.operands().getFirst();
      case Expression.IsNull e -> e.operand();
      case Expression.IsTruth e -> e.operand();
      case Expression.IsDistinct e -> e.left();
      case Expression.Between e -> e.operand();
      case Expression.InList e -> e.operand();
      case Expression.InQuery e -> e.operand();
      case Expression.Like e -> e.operand();
      case Expression.QuantifiedArray e -> e.left();
      case Expression.QuantifiedQuery e -> e.left();
      case Expression.Cast e -> e.operand();
      case Expression.Collate e -> e.operand();
      case Expression.FieldAccess e -> e.operand();
      case Expression.AllFields e -> e.operand();
      case Expression.Subscripts e -> e.operand();
      case Expression.FunctionCall e ->
          e.arguments().isEmpty() ? null : e.arguments().getLast().value();
      case Expression.NullConstant _,
          Expression.BooleanConstant _,
          Expression.NumericConstant _,
          Expression.StringConstant _,
          Expression.BitStringConstant _,
          Expression.Parameter _,
          Expression.ColumnRef _,
          Expression.Star _,
          Expression.Default _,
          Expression.UnaryOperator _,
          Expression.Not _,
          Expression.Exists _,
          Expression.ScalarQuery _,
          Expression.ArrayQuery _,
          Expression.ArrayConstructor _,
          Expression.RowConstructor _,
          Expression.Case _,
          Expression.Coalesce _,
          Expression.NullIf _,
          Expression.Extreme _,
          Expression.SessionValue _,
          Expression.Grouping _,
          Expression.CurrentOf _ ->
          null;
    };
  }
}
