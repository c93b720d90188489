package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.BindTrace.Form;
import io.quarkgres.engine.bind.BindTrace.Source;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import java.util.List;

/**
 * Prints expressions. Without "pretty", operators and the like put themselves in parentheses; with
 * it, {@link Precedence} tells which operands need them. Used by one thread.
 */
final class ExpressionPrinter {
  private final QueryPrinter queries;
  private final Scope scope;
  private final SqlText text;
  private final boolean isPretty;
  private final ImplicitCasts casts;

  ExpressionPrinter(QueryPrinter queries, Scope scope) {
    this.queries = queries;
    this.scope = scope;
    this.text = queries.text();
    this.isPretty = text.style().isPretty();
    this.casts = new ImplicitCasts(queries.trace());
  }

  BindTrace trace() {
    return queries.trace();
  }

  SqlText text() {
    return text;
  }

  /** Prints an item of a select list; returns its own name if it is a column. */
  String target(BoundExpr expr) {
    if (trace().form(expr) instanceof Form.WholeRow row) {
      String name = scope.relation(row.relation());
      text.add(quoted(name == null ? row.name() : name)).add(".*::");
      text.add(quoted(row.name()));
      return null;
    }
    print(expr);
    BoundExpr bare = withoutImplicit(expr);
    if (trace().form(bare) instanceof Form.SystemColumn column) {
      return column.name();
    }
    if (bare instanceof BoundExpr.ColumnRef ref && trace().source(ref.relation()) == null) {
      return plainName(scope.column(ref));
    }
    String merged = scope.merged(bare);
    return merged == null ? null : plainName(merged);
  }

  private static String plainName(String shown) {
    if (shown == null) {
      return null;
    }
    List<String> parts = ObjectNaming.split(shown);
    return parts.get(parts.size() - 1);
  }

  /** Prints a key of ORDER BY, GROUP BY and the like. */
  void key(BoundExpr expr) {
    BoundExpr bare = withoutImplicit(expr);
    boolean isColumn =
        trace().collation(bare) == null
            && ((bare instanceof BoundExpr.ColumnRef ref && trace().source(ref.relation()) == null)
                || scope.merged(bare) != null);
    boolean isCall =
        (bare instanceof BoundExpr.ColumnRef && trace().collation(bare) == null)
            || (bare instanceof BoundExpr.FunctionCall
                && !(trace().form(bare) instanceof Form.Operator));
    if (!isColumn && (isPretty || isCall)) {
      around("(", expr, ")");
    } else {
      print(expr);
    }
  }

  /** Takes away casts that rules have put in. */
  BoundExpr withoutImplicit(BoundExpr expr) {
    return casts.without(expr);
  }

  /** Prints an expression without the cast that a rule may have put around it. */
  void printHidden(BoundExpr e) {
    print(withoutImplicit(e));
  }

  void print(BoundExpr e) {
    String collation = trace().collation(e);
    if (collation != null) {
      text.add(isPretty ? "" : "(");
      printed(e);
      text.add(" COLLATE ").add(quoted(collation)).add(isPretty ? "" : ")");
    } else {
      printed(e);
    }
  }

  private void printed(BoundExpr e) {
    Form form = trace().form(e);
    if (form == null) {
      plain(e);
      return;
    }
    switch (form) {
      case Form.Cast f -> cast(e);
      case Form.Operator f -> operator(e, f);
      case Form.Call f -> call((BoundExpr.FunctionCall) e, f);
      case Form.SessionValue f -> sessionValue(f);
      case Form.WholeRow f -> wholeRow(f);
      case Form.SystemColumn f -> text.add(scope.system(f.relation(), f.name()));
      case Form.Subquery f -> subqueries().print((BoundExpr.Subquery) e, f);
      case Form.RowSubquery f -> subqueries().print(f);
    }
  }

  private void plain(BoundExpr e) {
    String merged = scope.merged(e);
    if (merged != null) {
      text.add(merged);
      return;
    }
    switch (e) {
      case BoundExpr.Constant c -> text.add(queries.constants().print(c));
      case BoundExpr.ColumnRef c -> column(c);
      case BoundExpr.Parameter p -> text.add("$" + (p.index() + 1));
      case BoundExpr.FunctionCall c -> cast(e);
      case BoundExpr.And c -> joined(c.operands(), " AND ", e);
      case BoundExpr.Or c -> joined(c.operands(), " OR ", e);
      case BoundExpr.Not c -> wrapped(() -> prefixed("NOT ", withoutImplicit(c.operand()), e));
      case BoundExpr.IsNull c ->
          wrapped(() -> suffixed(c.operand(), c.isNegated() ? " IS NOT NULL" : " IS NULL", e));
      case BoundExpr.IsTruth c ->
          wrapped(() ->
              suffixed(
                  withoutImplicit(c.operand()),
                  (c.isNegated() ? " IS NOT " : " IS ") + c.truth(),
                  e));
      case BoundExpr.IsDistinct c -> distinct(c);
      case BoundExpr.Case c -> new CasePrinter(this).print(c);
      case BoundExpr.CaseOperand c -> text.add("CASE_TEST_EXPR");
      case BoundExpr.Coalesce c -> list("COALESCE(", c.operands(), ")");
      case BoundExpr.NullIf c -> list("NULLIF(", List.of(c.left(), c.right()), ")");
      case BoundExpr.Extreme c -> list(c.isGreatest() ? "GREATEST(" : "LEAST(", c.operands(), ")");
      case BoundExpr.ArrayConstructor c -> array(c);
      case BoundExpr.RowConstructor c -> list("ROW(", c.fields(), ")");
      case BoundExpr.RowComparison c -> rows(c);
      case BoundExpr.FieldAccess c -> field(c);
      case BoundExpr.Subscripts c -> subscripts(c);
      case BoundExpr.SubscriptAssignment c ->
          throw new IllegalStateException("an assignment is no part of a definition");
      case BoundExpr.QuantifiedArray c -> throw untraced();
      case BoundExpr.CastByText c -> cast(e);
      case BoundExpr.Relabel c -> cast(e);
      case BoundExpr.ArrayCast c -> cast(e);
      case BoundExpr.CoerceLength c -> cast(e);
      case BoundExpr.CoerceToDomain c -> cast(e);
      case BoundExpr.Subquery c -> throw untraced();
    }
  }

  private SubqueryPrinter subqueries() {
    return new SubqueryPrinter(this, queries, scope);
  }

  private static IllegalStateException untraced() {
    return new IllegalStateException("an expression without the trace of how it was written");
  }

  private static String quoted(String name) {
    return ObjectNames.quote(name);
  }

  private void around(String before, BoundExpr e, String after) {
    text.add(before);
    print(e);
    text.add(after);
  }

  /** Prints an operand, in parentheses if it would be misread without. */
  void operand(BoundExpr e, BoundExpr parent) {
    boolean needsParentheses = isPretty && !isSimple(e, parent);
    text.add(needsParentheses ? "(" : "");
    print(e);
    text.add(needsParentheses ? ")" : "");
  }

  private boolean isSimple(BoundExpr e, BoundExpr parent) {
    return new Precedence(trace(), this::withoutImplicit).isSimple(e, parent);
  }

  /** Prints something in parentheses unless the style is pretty. */
  private void wrapped(Runnable part) {
    text.add(isPretty ? "" : "(");
    part.run();
    text.add(isPretty ? "" : ")");
  }

  private void prefixed(String word, BoundExpr operand, BoundExpr parent) {
    text.add(word);
    operand(operand, parent);
  }

  private void suffixed(BoundExpr operand, String words, BoundExpr parent) {
    operand(operand, parent);
    text.add(words);
  }

  private void joined(List<BoundExpr> operands, String word, BoundExpr parent) {
    wrapped(() -> {
      String separator = "";
      for (BoundExpr operand : operands) {
        text.add(separator);
        operand(withoutImplicit(operand), parent);
        separator = word;
      }
    });
  }

  void list(String before, List<BoundExpr> operands, String after) {
    list(before, operands, ", ", after);
  }

  private void list(String before, List<BoundExpr> operands, String separator, String after) {
    text.add(before);
    for (int i = 0; i < operands.size(); i++) {
      text.add(i == 0 ? "" : separator);
      print(operands.get(i));
    }
    text.add(after);
  }

  private void column(BoundExpr.ColumnRef c) {
    Source source = trace().source(c.relation());
    if (source != null) {
      new CallPrinter(this, queries.names()).placeholder(source, c.column());
      return;
    }
    String name = scope.column(c);
    queries.use(scope.item(c.relation()), c);
    text.add(name == null ? quoted(c.name()) : name);
  }

  private void wholeRow(Form.WholeRow row) {
    String name = scope.relation(row.relation());
    text.add(quoted(name == null ? row.name() : name)).add(".*");
  }

  private void distinct(BoundExpr.IsDistinct c) {
    Runnable comparison =
        () ->
            wrapped(() -> {
              operand(c.left(), c);
              text.add(" IS DISTINCT FROM ");
              operand(c.right(), c);
            });
    if (c.isNegated()) {
      wrapped(() -> {
        text.add("NOT ");
        comparison.run();
      });
    } else {
      comparison.run();
    }
  }

  private void array(BoundExpr.ArrayConstructor c) {
    list("ARRAY[", c.elements(), "]");
    if (c.elements().isEmpty()) {
      text.add("::").add(queries.names().type(c.type(), SqlType.NO_TYPMOD));
    }
  }

  private void rows(BoundExpr.RowComparison c) {
    list("(ROW(", c.lefts(), ") " + c.comparison());
    list(" ROW(", c.rights(), "))");
  }

  private void field(BoundExpr.FieldAccess c) {
    around("(", c.operand(), ")");
    text.add(".").add(quoted("f" + (c.field() + 1)));
  }

  private void subscripts(BoundExpr.Subscripts c) {
    boolean isBare =
        c.operand() instanceof BoundExpr.ColumnRef ref && trace().source(ref.relation()) == null;
    text.add(isBare ? "" : "(");
    print(c.operand());
    text.add(isBare ? "" : ")");
    for (BoundExpr.Subscript s : c.subscripts()) {
      text.add("[");
      if (c.isSlice()) {
        if (s.lower() != null) {
          printHidden(s.lower());
        }
        text.add(":");
      }
      if (s.upper() != null) {
        printHidden(s.upper());
      }
      text.add("]");
    }
  }

  private void sessionValue(Form.SessionValue f) {
    text.add(f.value().kind().name());
    if (f.value().precision() >= 0) {
      text.add("(" + f.value().precision() + ")");
    }
  }

  private void cast(BoundExpr e) {
    if (!(e instanceof BoundExpr.FunctionCall)
        && !(e instanceof BoundExpr.Relabel)
        && !(e instanceof BoundExpr.CastByText)
        && !(e instanceof BoundExpr.CoerceLength)
        && !(e instanceof BoundExpr.CoerceToDomain)
        && !(e instanceof BoundExpr.ArrayCast)) {
      plain(e);
      return;
    }
    BoundExpr operand = withoutImplicit(ImplicitCasts.operandOf(e));
    boolean isLiteral =
        operand instanceof BoundExpr.Constant c
            && c.type().oid() == e.type().oid()
            && c.typmod() < 0;
    if (text.style().isKept() && e instanceof BoundExpr.ArrayCast) {
      // a cast right behind an array's brackets would be one of its elements
      around("(", operand, "::" + queries.names().type(operand.type(), operand.typmod()) + ")");
    } else if (isLiteral) {
      text.add(queries.constants().printBare((BoundExpr.Constant) operand));
    } else if (isPretty) {
      // each hidden cast in between would have put its operand in parentheses too
      int hidden =
          isSimple(operand, e) ? 0 : casts.hiddenBetween(ImplicitCasts.operandOf(e), operand);
      text.add("(".repeat(hidden));
      operand(operand, e);
      text.add(")".repeat(hidden));
    } else {
      around("(", operand, ")");
    }
    text.add("::").add(queries.names().type(e.type(), e.typmod()));
  }

  private void operator(BoundExpr e, Form.Operator form) {
    String name = queries.names().operator(form.operator());
    if (e instanceof BoundExpr.QuantifiedArray q) {
      wrapped(() -> {
        operand(q.left(), e);
        text.add(" " + name + (q.isAll() ? " ALL (" : " ANY ("));
        operand(q.array(), e);
        text.add(")");
      });
      return;
    }
    List<BoundExpr> arguments = ((BoundExpr.FunctionCall) e).arguments();
    wrapped(() -> {
      if (arguments.size() == 2) {
        operand(arguments.get(0), e);
        text.add(" ");
      }
      text.add(name).add(" ");
      operand(arguments.get(arguments.size() - 1), e);
    });
  }

  private void call(BoundExpr.FunctionCall e, Form.Call form) {
    FunctionDef function = e.call().function();
    if (!form.written().isEmpty()) {
      written(function, e.arguments(), form.written());
      return;
    }
    if (form.isSqlSyntax() && new SyntaxPrinter(this).print(function.name(), e.arguments())) {
      return;
    }
    call(function, e.arguments());
  }

  /** Prints the arguments that were given, by name where they were. */
  private void written(
      FunctionDef function, List<BoundExpr> arguments, List<BindTrace.Written> written) {
    text.add(queries.names().function(function)).add("(");
    String separator = "";
    for (BindTrace.Written argument : written) {
      text.add(separator);
      if (argument.name() != null) {
        text.add(quoted(argument.name())).add(" => ");
      }
      print(arguments.get(argument.number()));
      separator = ", ";
    }
    text.add(")");
  }

  void call(FunctionDef function, List<BoundExpr> arguments) {
    text.add(queries.names().function(function)).add("(");
    boolean isVariadic = function.variadicElement() != 0 && function.variadicElement() != Oids.ANY;
    for (int i = 0; i < arguments.size(); i++) {
      text.add(i == 0 ? "" : ", ");
      text.add(isVariadic && i == arguments.size() - 1 ? "VARIADIC " : "");
      print(arguments.get(i));
    }
    text.add(")");
  }

  /** Prints a function of FROM. */
  void tableFunction(Relation.TableFunction function) {
    if (function.call() == null) {
      print(function.scalar());
    } else {
      call(function.call().function(), function.arguments());
    }
  }
}
