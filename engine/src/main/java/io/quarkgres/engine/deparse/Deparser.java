package io.quarkgres.engine.deparse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.TypeContext;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prints definitions as PostgreSQL's {@code pg_get_viewdef}, {@code pg_get_expr} and their like do.
 * Used by one thread.
 */
public final class Deparser {
  private static final int RELATION = 1;

  private final BindContext context;
  private final ObjectNames names;
  private final TypeContext types;

  /**
   * Makes a deparser.
   *
   * @param context what definitions are bound against
   * @param names how objects are called
   * @param types how constants are printed
   */
  public Deparser(BindContext context, ObjectNames names, TypeContext types) {
    this.context = context;
    this.names = names;
    this.types = types;
  }

  /** Returns a view's query. */
  public String view(ViewEntry view, Style style) {
    SqlText text = new SqlText(style);
    printed(view, text);
    return text + ";";
  }

  private QueryPrinter printed(ViewEntry view, SqlText text) {
    Query query = (Query) Parser.parse(view.querySql()).get(0).statement();
    BindTrace trace = new BindTrace();
    new Binder(context.withSearchPath(view.searchPath()), trace).bind(query);
    List<String> columns = view.columns().stream().map(ColumnEntry::name).toList();
    QueryPrinter printer = new QueryPrinter(trace, names, types, text);
    printer.print(query, null, columns, true);
    return printer;
  }

  /** Returns the relations that a view reads itself, by oid, with the numbers of their columns. */
  public Map<Integer, Set<Integer>> used(ViewEntry view) {
    QueryPrinter printer = printed(view, new SqlText(Style.PLAIN));
    return printer.used();
  }

  /** Returns the oids of the primary keys without which a view's query would be an error. */
  public Set<Integer> neededKeys(ViewEntry view) {
    Query query = (Query) Parser.parse(view.querySql()).get(0).statement();
    BindTrace trace = new BindTrace();
    new Binder(context.withSearchPath(view.searchPath()), trace).bind(query);
    return trace.neededKeys();
  }

  /** An expression as text. {@code isCall} tells that it needs no parentheses as an index key. */
  public record Printed(String text, boolean isCall) {}

  /** Returns an expression over the columns of a relation. */
  public Printed over(
      Expression parsed,
      String table,
      List<ColumnEntry> columns,
      Binder.Purpose purpose,
      Style style) {
    BindTrace trace = new BindTrace();
    Binder binder = new Binder(context, trace);
    BoundExpr bound = binder.bindOver(parsed, table, columns, RELATION, purpose);
    return printed(bound, trace, columns, style);
  }

  /** Returns a condition of a domain; {@code value} is what VALUE means. */
  public Printed overValue(Expression parsed, ColumnEntry value, Style style) {
    BindTrace trace = new BindTrace();
    BoundExpr bound =
        new Binder(context, trace)
            .bindOver(parsed, "", List.of(value), RELATION, Binder.Purpose.CHECK);
    Scope scope = new Scope(null, false);
    scope.addValue(RELATION);
    return printed(bound, trace, scope, style);
  }

  /** Returns an expression over the columns of a relation with other names for these. */
  public Printed renamed(
      String sql, String table, List<ColumnEntry> columns, List<ColumnEntry> names, Style style) {
    BindTrace trace = new BindTrace();
    BoundExpr bound =
        new Binder(context, trace)
            .bindOver(Parser.parseExpression(sql), table, columns, RELATION, Binder.Purpose.CHECK);
    return printed(bound, trace, names, style);
  }

  /** Returns the DEFAULT of a column, {@code null} for DEFAULT NULL, which is none. */
  public Printed assigned(Expression parsed, ColumnEntry column, Style style) {
    BindTrace trace = new BindTrace();
    BoundExpr bound =
        new Binder(context, trace)
            .bindAssigned(parsed, column.type(), column.typmod(), column.name());
    if (bound instanceof BoundExpr.Constant constant && constant.isNull()) {
      return null;
    }
    return printed(bound, trace, List.of(), style);
  }

  private Printed printed(
      BoundExpr bound, BindTrace trace, List<ColumnEntry> columns, Style style) {
    Scope scope = new Scope(null, false);
    scope.add(RELATION, columns.stream().map(ColumnEntry::name).toList());
    return printed(bound, trace, scope, style);
  }

  private Printed printed(BoundExpr bound, BindTrace trace, Scope scope, Style style) {
    SqlText text = new SqlText(style);
    QueryPrinter queries = new QueryPrinter(trace, names, types, text);
    ExpressionPrinter printer = new ExpressionPrinter(queries, scope);
    printer.printHidden(bound);
    BoundExpr bare = printer.withoutImplicit(bound);
    boolean isCall =
        trace.form(bare) instanceof BindTrace.Form.Call
            || trace.form(bare) instanceof BindTrace.Form.SessionValue
            || bare instanceof BoundExpr.Coalesce
            || bare instanceof BoundExpr.Extreme
            || bare instanceof BoundExpr.NullIf;
    return new Printed(text.toString(), isCall);
  }
}
