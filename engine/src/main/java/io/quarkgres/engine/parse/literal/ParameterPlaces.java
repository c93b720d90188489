package io.quarkgres.engine.parse.literal;

import io.quarkgres.engine.ast.Assignment;
import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.OnConflict;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.ast.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the literals of a statement that a parameter could stand for without a change of meaning:
 * those compared or reckoned with a column in WHERE, ON and SET, and the cells of an INSERT's
 * VALUES, and the numbers that a table function is called with which is all of FROM. Select lists,
 * GROUP BY, ORDER BY, LIMIT and the arguments of other functions are left alone: there a literal's
 * value may decide names, types, positions or plans. Used by one thread.
 */
public final class ParameterPlaces {
  private static final Set<String> OPERATORS =
      Set.of("=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/");

  private final List<Expression> found = new ArrayList<>();

  private ParameterPlaces() {}

  /** Returns the literals, number and string constants, of a statement. */
  public static List<Expression> of(Statement statement) {
    ParameterPlaces places = new ParameterPlaces();
    places.statement(statement);
    return places.found;
  }

  private void statement(Statement statement) {
    if (statement instanceof Query query) {
      onlyFunction(query.body());
      query(query);
    } else if (statement instanceof DmlStatement change) {
      change(change);
    }
  }

  private void change(DmlStatement statement) {
    with(statement.with());
    switch (statement) {
      case DmlStatement.Insert s -> insert(s);
      case DmlStatement.Update s -> {
        assignments(s.assignments());
        s.from().forEach(this::from);
        condition(s.where());
      }
      case DmlStatement.Delete s -> {
        s.using().forEach(this::from);
        condition(s.where());
      }
      // Its branches share columns and types in ways of their own.
      case DmlStatement.Merge s -> {}
    }
  }

  private void insert(DmlStatement.Insert s) {
    if (s.source() != null && s.source().body() instanceof QueryBody.Values values) {
      with(s.source().with());
      values.rows().forEach(row -> row.forEach(this::value));
    } else if (s.source() != null) {
      query(s.source());
    }
    OnConflict conflict = s.onConflict();
    if (conflict != null) {
      assignments(conflict.assignments());
      condition(conflict.where());
    }
  }

  private void assignments(List<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      if (assignment instanceof Assignment.Single single && single.column().path().isEmpty()) {
        value(single.value());
      }
    }
  }

  /** What a table function is called with, where no plan depends on how many rows it gives. */
  private void onlyFunction(QueryBody body) {
    if (body instanceof QueryBody.Select select
        && select.from().size() == 1
        && select.from().getFirst() instanceof FromItem.Functions functions) {
      functions.functions().forEach(function -> numbers(function.call()));
    }
  }

  private void numbers(Expression call) {
    if (call instanceof Expression.FunctionCall function) {
      for (Expression.Argument argument : function.arguments()) {
        if (argument.value() instanceof Expression.NumericConstant number) {
          found.add(number);
        }
      }
    }
  }

  private void with(With with) {
    if (with != null) {
      with.tables().forEach(table -> statement(table.statement()));
    }
  }

  private void query(Query query) {
    with(query.with());
    body(query.body());
  }

  private void body(QueryBody body) {
    QueryBody rest = body;
    while (rest instanceof QueryBody.SetOperation set) {
      body(set.right());
      rest = set.left();
    }
    switch (rest) {
      case QueryBody.Select select -> {
        select.from().forEach(this::from);
        condition(select.where());
      }
      case QueryBody.Nested nested -> query(nested.query());
      case QueryBody.Values values -> {}
      case QueryBody.SetOperation set -> {}
    }
  }

  private void from(FromItem item) {
    FromItem rest = item;
    while (rest instanceof FromItem.Join join) {
      from(join.right());
      condition(join.on());
      rest = join.left();
    }
    switch (rest) {
      case FromItem.Subquery subquery -> query(subquery.query());
      case FromItem.Table table -> {}
      case FromItem.Functions functions -> {}
      case FromItem.Join join -> {}
    }
  }

  /** What is assigned to a column as it is. */
  private void value(Expression value) {
    if (literal(value) != null) {
      found.add(literal(value));
    } else {
      condition(value);
    }
  }

  private void condition(Expression condition) {
    switch (condition) {
      case null -> {}
      case Expression.And e -> e.operands().forEach(this::condition);
      case Expression.Or e -> e.operands().forEach(this::condition);
      case Expression.Not e -> condition(e.operand());
      case Expression.IsNull e -> condition(e.operand());
      case Expression.IsTruth e -> condition(e.operand());
      case Expression.BinaryOperator e -> operator(e);
      case Expression.Between e -> {
        beside(e.operand(), e.low());
        beside(e.operand(), e.high());
      }
      case Expression.InList e -> e.items().forEach(item -> beside(e.operand(), item));
      case Expression.InQuery e -> query(e.query());
      case Expression.QuantifiedQuery e -> query(e.query());
      case Expression.Exists e -> query(e.query());
      case Expression.ScalarQuery e -> query(e.query());
      case Expression.ArrayQuery e -> query(e.query());
      case Expression.NullConstant _,
          Expression.BooleanConstant _,
          Expression.NumericConstant _,
          Expression.StringConstant _,
          Expression.BitStringConstant _,
          Expression.Parameter _,
          Expression.ColumnRef _,
          Expression.Star _,
          Expression.FieldAccess _,
          Expression.AllFields _,
          Expression.Subscripts _,
          Expression.Default _,
          Expression.UnaryOperator _,
          Expression.IsDistinct _,
          Expression.Like _,
          Expression.QuantifiedArray _,
          Expression.ArrayConstructor _,
          Expression.RowConstructor _,
          Expression.Case _,
          Expression.Cast _,
          Expression.Collate _,
          Expression.Coalesce _,
          Expression.NullIf _,
          Expression.Extreme _,
          Expression.SessionValue _,
          Expression.Grouping _,
          Expression.CurrentOf _,
          Expression.FunctionCall _ -> {}
    }
  }

  private void operator(Expression.BinaryOperator e) {
    if (e.operator().qualifier().isEmpty() && OPERATORS.contains(e.operator().symbol())) {
      beside(e.left(), e.right());
      beside(e.right(), e.left());
    }
  }

  /** Looks at an operand whose other operand is given. */
  private void beside(Expression other, Expression operand) {
    Expression literal = literal(operand);
    if (literal == null) {
      condition(operand);
    } else if (hasColumn(other)) {
      found.add(literal);
    }
  }

  /** Returns a literal, seen through a cast to a plain type; {@code null} for anything else. */
  private static Expression literal(Expression expression) {
    if (expression instanceof Expression.NumericConstant
        || expression instanceof Expression.StringConstant) {
      return expression;
    }
    return expression instanceof Expression.Cast cast && isPlain(cast.type())
        ? literal(cast.operand())
        : null;
  }

  private static boolean isPlain(TypeName type) {
    return type.modifiers().isEmpty() && !type.isArray() && !type.isSetOf() && !type.isColumnType();
  }

  private static boolean hasColumn(Expression expression) {
    return switch (expression) {
      case Expression.ColumnRef e -> true;
      case Expression.BinaryOperator e -> hasColumn(e.left()) || hasColumn(e.right());
      case Expression.UnaryOperator e -> hasColumn(e.operand());
      case Expression.Cast e -> hasColumn(e.operand());
      case Expression.Collate e -> hasColumn(e.operand());
      case Expression.FunctionCall e -> e.arguments().stream().anyMatch(a -> hasColumn(a.value()));
      case Expression.NullConstant _,
          Expression.BooleanConstant _,
          Expression.NumericConstant _,
          Expression.StringConstant _,
          Expression.BitStringConstant _,
          Expression.Parameter _,
          Expression.Star _,
          Expression.FieldAccess _,
          Expression.AllFields _,
          Expression.Subscripts _,
          Expression.Default _,
          Expression.And _,
          Expression.Or _,
          Expression.Not _,
          Expression.IsNull _,
          Expression.IsTruth _,
          Expression.IsDistinct _,
          Expression.Between _,
          Expression.InList _,
          Expression.InQuery _,
          Expression.Like _,
          Expression.QuantifiedArray _,
          Expression.QuantifiedQuery _,
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
          false;
    };
  }
}
