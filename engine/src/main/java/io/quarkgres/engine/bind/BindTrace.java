package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.WindowSpecification;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.function.OperatorDef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What binding found out about each part of a syntax tree, kept so that the statement can be
 * printed again with everything resolved. The typed tree alone says what to compute, but no longer
 * how it was written; the syntax tree alone does not know the types. Filled by the binders of one
 * statement, read afterwards; used by one thread.
 */
public final class BindTrace {
  /** The trace of statements that nobody prints: it keeps nothing. */
  static final BindTrace OFF = new BindTrace(false);

  private final boolean isOn;
  private final Map<BoundExpr, Form> forms = new IdentityHashMap<>();
  private final Map<BoundExpr, String> collations = new IdentityHashMap<>();
  private final Map<Integer, Source> sources = new HashMap<>();
  private final Map<QueryBody.Select, Select> selects = new IdentityHashMap<>();
  private final Map<QueryBody.Values, List<List<BoundExpr>>> values = new IdentityHashMap<>();
  private final Map<Query, Tail> tails = new IdentityHashMap<>();
  private final Map<FromItem, Item> items = new IdentityHashMap<>();
  private final Map<FromItem.Join, Join> joins = new IdentityHashMap<>();
  private final Map<Expression, BoundExpr> groupingKeys = new IdentityHashMap<>();
  private final Map<WindowSpecification, Window> windows = new IdentityHashMap<>();

  private final Set<Integer> keys = new HashSet<>();

  private BindTrace(boolean isOn) {
    this.isOn = isOn;
  }

  /** Makes a trace that keeps what it is told. */
  public BindTrace() {
    this(true);
  }

  /** Tells whether it keeps what it is told. */
  boolean isOn() {
    return isOn;
  }

  /** Notes that a query is only right because of a primary key. */
  void needsKey(int constraintOid) {
    if (isOn) {
      keys.add(constraintOid);
    }
  }

  /** Returns the oids of the primary keys that the query is only right because of. */
  public Set<Integer> neededKeys() {
    return keys;
  }

  /** How an expression was written, where its variant does not tell. */
  public sealed interface Form {
    /** A cast in the text; one without a form was put in by a rule. */
    record Cast() implements Form {}

    /** An operator. */
    record Operator(OperatorDef operator) implements Form {}

    /** A function by name; {@code written} is empty when all arguments were given in order. */
    record Call(boolean isSqlSyntax, List<Written> written) implements Form {}

    /** CURRENT_DATE and its kin. */
    record SessionValue(Expression.SessionValue value) implements Form {}

    /** The row of an item of FROM. */
    record WholeRow(int relation, String name) implements Form {}

    /** A system column of an item of FROM. */
    record SystemColumn(int relation, String name) implements Form {}

    /** A subquery; {@code operator} is that of ANY and ALL, else {@code null}. */
    record Subquery(Query query, String operator) implements Form {}

    /** A comparison of a row with the single row of a subquery. */
    record RowSubquery(Query query, String operator, List<BoundExpr> lefts) implements Form {}
  }

  /** An argument that was given, perhaps by name; others have their defaults. */
  public record Written(int number, String name) {}

  /** What the columns of a placeholder relation are. */
  public sealed interface Source {
    /** Aggregates, by column. */
    record Aggregates(List<Relation.AggregateCall> calls) implements Source {}

    /** GROUPING calls, by column. */
    record Groupings(List<List<BoundExpr>> operands) implements Source {}

    /** Window functions, by column. */
    record Windows(List<WindowUse> uses) implements Source {}

    /** Set-returning functions, by column. */
    record Sets(List<Relation.TableFunction> functions) implements Source {}
  }

  /** A window function call: over a named window, or over one given in place. */
  public record WindowUse(
      Relation.WindowCall call, String name, WindowSpecification specification) {}

  /** A bound window definition; inherited parts are included. */
  public record Window(
      List<BoundExpr> partitionBy, List<Relation.SortKey> orderBy, Relation.Frame frame) {}

  /** A column of a select list; a junk one is there only to be sorted or grouped by. */
  public record Column(BoundExpr expr, String name, boolean isJunk) {}

  /** A sort key: the number of the column it sorts by, and how. */
  public record Sort(int column, Relation.SortKey key) {}

  /** LIMIT and OFFSET; either may be {@code null}. */
  public record Limit(BoundExpr count, BoundExpr offset, boolean isWithTies) {}

  /** A bound SELECT. */
  public record Select(
      List<Column> columns,
      BoundExpr where,
      BoundExpr having,
      List<Sort> orderBy,
      List<Integer> distinctOn,
      Limit limit) {}

  /** ORDER BY and LIMIT of what is no SELECT. */
  public record Tail(List<Sort> orderBy, Limit limit) {}

  /** A named item of FROM; {@code entry} is its relation, {@code null} for what is none. */
  public record Item(
      String name, RelationEntry entry, int relation, List<ItemColumn> columns, Relation source) {}

  /** A column of an item under the name that it has in the query. */
  public record ItemColumn(String name, BoundExpr expr) {}

  /** A bound join: its condition (null with USING or without any) and its merged columns. */
  public record Join(BoundExpr condition, List<ItemColumn> merged, List<ItemColumn> all) {}

  // ---- what the binders tell ----

  void cast(BoundExpr result, BoundExpr operand) {
    boolean isTypedLiteral =
        result instanceof BoundExpr.Constant && operand instanceof BoundExpr.Constant;
    if (isOn && result != operand && !isTypedLiteral) {
      forms.put(result, new Form.Cast());
    }
  }

  <E extends BoundExpr> E form(E expr, Form form) {
    if (isOn) {
      forms.put(expr, form);
    }
    return expr;
  }

  void collate(BoundExpr expr, String collation) {
    if (isOn) {
      collations.put(expr, collation);
    }
  }

  void source(int relation, Supplier<Source> source) {
    if (isOn) {
      sources.put(relation, source.get());
    }
  }

  void select(QueryBody.Select syntax, Supplier<Select> bound) {
    if (isOn) {
      selects.put(syntax, bound.get());
    }
  }

  void values(QueryBody.Values syntax, List<List<BoundExpr>> rows) {
    if (isOn) {
      values.put(syntax, rows);
    }
  }

  void tail(Query syntax, Supplier<Tail> bound) {
    if (isOn) {
      tails.put(syntax, bound.get());
    }
  }

  void item(FromItem syntax, RangeEntry entry, Relation source) {
    if (isOn) {
      items.put(
          syntax,
          new Item(
              entry.name(),
              entry.catalogEntry(),
              entry.relation(),
              columns(entry.columns()),
              source));
    }
  }

  static List<ItemColumn> columns(List<RangeEntry.Column> columns) {
    List<ItemColumn> result = new ArrayList<>();
    columns.forEach(c -> result.add(new ItemColumn(c.name(), c.expr())));
    return List.copyOf(result);
  }

  void join(FromItem.Join syntax, Supplier<Join> bound) {
    if (isOn) {
      joins.put(syntax, bound.get());
    }
  }

  void groupingKey(Expression syntax, BoundExpr bound) {
    if (isOn) {
      groupingKeys.put(syntax, bound);
    }
  }

  void window(WindowSpecification syntax, Window bound) {
    if (isOn) {
      windows.put(syntax, bound);
    }
  }

  // ---- what the printer asks ----

  /** Returns how an expression was written, {@code null} where its variant says so. */
  public Form form(BoundExpr expr) {
    return forms.get(expr);
  }

  /** Returns the collation that COLLATE gives an expression, or {@code null}. */
  public String collation(BoundExpr expr) {
    return collations.get(expr);
  }

  /** Returns what the columns of a placeholder are, {@code null} for any other relation. */
  public Source source(int relation) {
    return sources.get(relation);
  }

  /** Returns a bound SELECT. */
  public Select select(QueryBody.Select syntax) {
    return selects.get(syntax);
  }

  /** Returns the bound rows of VALUES. */
  public List<List<BoundExpr>> values(QueryBody.Values syntax) {
    return values.get(syntax);
  }

  /** Returns the bound ORDER BY and LIMIT of what is no SELECT, {@code null} without them. */
  public Tail tail(Query syntax) {
    return tails.get(syntax);
  }

  /** Returns a bound item of FROM that is no join. */
  public Item item(FromItem syntax) {
    return items.get(syntax);
  }

  /** Returns a bound join. */
  public Join join(FromItem.Join syntax) {
    return joins.get(syntax);
  }

  /** Returns what an expression of GROUP BY means. */
  public BoundExpr groupingKey(Expression syntax) {
    return groupingKeys.get(syntax);
  }

  /** Returns a bound window definition. */
  public Window window(WindowSpecification syntax) {
    return windows.get(syntax);
  }
}
