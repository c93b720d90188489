package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import java.util.List;
import java.util.Locale;

/** What PostgreSQL calls a column that was given no name. Thread: any. */
public final class ColumnNames {
  private static final String UNNAMED = "?column?";

  private ColumnNames() {}

  /** A name and how good it is: a strong one is not replaced by that of a cast's type. */
  private record Name(String text, boolean isStrong) {}

  private static Name strong(String text) {
    return new Name(text, true);
  }

  static String of(Expression expression) {
    Name name = name(expression);
    return name == null ? UNNAMED : name.text();
  }

  /** Returns the name of an index's column that is an expression. */
  public static String ofIndexed(Expression expression) {
    Name name = name(expression);
    return name == null ? "expr" : name.text();
  }

  private static Name name(Expression expression) {
    return switch (expression) {
      case Expression.ColumnRef e -> strong(e.parts().get(e.parts().size() - 1));
      case Expression.FieldAccess e -> strong(e.field());
      case Expression.Subscripts e -> name(e.operand());
      case Expression.FunctionCall e -> strong(e.name().name());
      case Expression.NullIf e -> strong("nullif");
      case Expression.Coalesce e -> strong("coalesce");
      case Expression.Extreme e -> strong(e.isGreatest() ? "greatest" : "least");
      case Expression.ArrayConstructor e -> strong("array");
      case Expression.RowConstructor e -> strong("row");
      case Expression.Exists e -> strong("exists");
      case Expression.ArrayQuery e -> strong("array");
      case Expression.ScalarQuery e -> query(e.query());
      case Expression.Grouping e -> strong("grouping");
      case Expression.SessionValue e -> strong(e.kind().name().toLowerCase(Locale.ROOT));
      case Expression.Collate e -> name(e.operand());
      case Expression.Cast e -> cast(e);
      case Expression.BooleanConstant e -> null;
      case Expression.Case e -> caseName(e);
      case Expression.NullConstant e -> null;
      case Expression.NumericConstant e -> null;
      case Expression.StringConstant e -> null;
      case Expression.BitStringConstant e -> null;
      case Expression.Parameter e -> null;
      case Expression.Star e -> null;
      case Expression.AllFields e -> null;
      case Expression.Default e -> null;
      case Expression.UnaryOperator e -> null;
      case Expression.BinaryOperator e -> null;
      case Expression.And e -> null;
      case Expression.Or e -> null;
      case Expression.Not e -> null;
      case Expression.IsNull e -> null;
      case Expression.IsTruth e -> null;
      case Expression.IsDistinct e -> null;
      case Expression.Between e -> null;
      case Expression.InList e -> null;
      case Expression.InQuery e -> null;
      case Expression.Like e -> null;
      case Expression.QuantifiedArray e -> null;
      case Expression.QuantifiedQuery e -> null;
      case Expression.CurrentOf e -> null;
    };
  }

  private static Name cast(Expression.Cast cast) {
    Name operand = name(cast.operand());
    return operand != null && operand.isStrong()
        ? operand
        : new Name(cast.type().name().name(), false);
  }

  private static Name caseName(Expression.Case e) {
    Name otherwise = e.otherwise() == null ? null : name(e.otherwise());
    return otherwise != null && otherwise.isStrong() ? otherwise : new Name("case", false);
  }

  private static Name query(Query query) {
    QueryBody body = query.body();
    while (true) {
      if (body instanceof QueryBody.SetOperation operation) {
        body = operation.left();
      } else if (body instanceof QueryBody.Nested nested) {
        body = nested.query().body();
      } else {
        break;
      }
    }
    if (body instanceof QueryBody.Values) {
      return strong(ofValues(0));
    }
    if (!(body instanceof QueryBody.Select select)) {
      return body instanceof QueryBody.Values ? strong(ofValues(0)) : null;
    }
    List<QueryBody.Target> targets = select.targets();
    if (targets.isEmpty()) {
      return null;
    }
    QueryBody.Target first = targets.get(0);
    return strong(first.alias() != null ? first.alias() : of(first.expression()));
  }

  /** Tells whether a name is one that an unnamed VALUES column has. */
  static String ofValues(int column) {
    return "column" + (column + 1);
  }
}
