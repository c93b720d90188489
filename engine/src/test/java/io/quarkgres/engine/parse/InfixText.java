package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import java.util.List;
import java.util.stream.Collectors;

/** Prints operator expressions with all parentheses, which shows how they were grouped. */
final class InfixText {
  private InfixText() {}

  static String of(Expression expression) {
    return switch (expression) {
      case Expression.NullConstant _ -> "NULL";
      case Expression.BooleanConstant e -> Boolean.toString(e.value());
      case Expression.NumericConstant e -> e.text();
      case Expression.StringConstant e -> "'" + e.value() + "'";
      case Expression.ColumnRef e -> String.join(".", e.parts());
      case Expression.UnaryOperator e -> "(" + e.operator() + " " + of(e.operand()) + ")";
      case Expression.BinaryOperator e ->
          "(" + of(e.left()) + " " + e.operator() + " " + of(e.right()) + ")";
      case Expression.And e -> "(" + join(e.operands(), " AND ") + ")";
      case Expression.Or e -> "(" + join(e.operands(), " OR ") + ")";
      case Expression.Not e -> "(NOT " + of(e.operand()) + ")";
      case Expression.IsNull e -> "(" + of(e.operand()) + " IS" + not(e.isNegated()) + " NULL)";
      case Expression.IsTruth e ->
          "(" + of(e.operand()) + " IS" + not(e.isNegated()) + " " + e.truth() + ")";
      case Expression.IsDistinct e ->
          "(" + of(e.left()) + " IS" + not(e.isNegated()) + " DISTINCT FROM " + of(e.right()) + ")";
      case Expression.Between e ->
          "("
              + of(e.operand())
              + not(e.isNegated())
              + " BETWEEN "
              + of(e.low())
              + " AND "
              + of(e.high())
              + ")";
      case Expression.InList e ->
          "(" + of(e.operand()) + not(e.isNegated()) + " IN (" + join(e.items(), ", ") + "))";
      case Expression.Like e ->
          "("
              + of(e.operand())
              + not(e.isNegated())
              + " "
              + e.kind()
              + " "
              + of(e.pattern())
              + (e.escape() == null ? "" : " ESCAPE " + of(e.escape()))
              + ")";
      case Expression.Cast e -> "(" + of(e.operand()) + "::" + e.type().name() + ")";
      case Expression.Collate e -> "(" + of(e.operand()) + " COLLATE " + e.collation() + ")";
      case Expression.QuantifiedArray e ->
          "("
              + of(e.left())
              + " "
              + e.operator()
              + (e.isAll() ? " ALL " : " ANY ")
              + of(e.array())
              + ")";
      case Expression.FunctionCall e ->
          e.name()
              + e.arguments().stream()
                  .map(a -> of(a.value()))
                  .collect(Collectors.joining(", ", "(", ")"));
      case Expression.RowConstructor e -> "ROW(" + join(e.fields(), ", ") + ")";
      case Expression.BitStringConstant _,
          Expression.Parameter _,
          Expression.Star _,
          Expression.FieldAccess _,
          Expression.AllFields _,
          Expression.Subscripts _,
          Expression.Default _,
          Expression.InQuery _,
          Expression.QuantifiedQuery _,
          Expression.Exists _,
          Expression.ScalarQuery _,
          Expression.ArrayQuery _,
          Expression.ArrayConstructor _,
          Expression.Case _,
          Expression.Coalesce _,
          Expression.NullIf _,
          Expression.Extreme _,
          Expression.SessionValue _,
          Expression.Grouping _,
          Expression.CurrentOf _ ->
          AstText.of(expression);
    };
  }

  private static String not(boolean isNegated) {
    return isNegated ? " NOT" : "";
  }

  private static String join(List<Expression> operands, String separator) {
    return operands.stream().map(InfixText::of).collect(Collectors.joining(separator));
  }
}
