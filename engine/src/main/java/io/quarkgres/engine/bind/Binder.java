package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.lookup.TypeNames;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.BoundStatement.Kind;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives syntax trees meaning: the entry of the package. Each call stands for itself and raises the
 * first error that PostgreSQL would raise. Thread: any; a call uses one.
 */
public final class Binder {
  private final BindContext context;
  private final BindTrace trace;

  /** Makes a binder for a context. */
  public Binder(BindContext context) {
    this(context, BindTrace.OFF);
  }

  /** Makes a binder that leaves a trace. */
  public Binder(BindContext context, BindTrace trace) {
    this.context = context;
    this.trace = trace;
  }

  /** What an expression outside a query is for, which decides what may stand in it. */
  public enum Purpose {
    /** A CHECK constraint. */
    CHECK(Clause.CHECK_CONSTRAINT),
    /** The expression of a generated column. */
    GENERATED_COLUMN(Clause.GENERATED_COLUMN),
    /** A key of an index. */
    INDEX_EXPRESSION(Clause.INDEX_EXPRESSION),
    /** The predicate of a partial index. */
    INDEX_PREDICATE(Clause.INDEX_PREDICATE),
    /** USING of ALTER COLUMN TYPE. */
    ALTER_USING(Clause.ALTER_USING),
    /** WHERE of COPY FROM. */
    COPY_WHERE(Clause.COPY_WHERE);

    private final Clause clause;

    Purpose(Clause clause) {
      this.clause = clause;
    }
  }

  /** A type with its modifier. */
  public record ResolvedType(SqlType type, int typmod) {}

  /** Binds a query, INSERT, UPDATE, DELETE or MERGE. */
  public BoundStatement bind(Statement statement) {
    BindState state = new BindState(context, true, trace);
    Relation relation =
        statement instanceof Query query
            ? new QueryBinder(state, null, null).bind(query, List.of(), true).relation()
            : new DmlBinder(state, null, null).bind((DmlStatement) statement, true);
    state.parameters().check();
    return new BoundStatement(
        relation,
        resultColumns(state, relation),
        state.parameters().result(),
        kind(statement),
        !state.isWriting(),
        state.uses().tables(),
        state.uses().accesses(),
        context.catalog().version());
  }

  /** Tells which changes a view allows, as bits: 4 UPDATE, 8 INSERT, 16 DELETE. */
  public int events(ViewEntry view) {
    return ViewTarget.events(new BindState(context, false), view);
  }

  /** Tells whether a column (from 1) of a view can be changed. */
  public boolean isUpdatable(ViewEntry view, int column) {
    return ViewTarget.isUpdatable(new BindState(context, false), view, column);
  }

  /** Returns why rows cannot be changed through a view, {@code null} when they can. */
  public String notUpdatable(ViewEntry view) {
    return ViewTarget.obstacle(new BindState(context, false), view);
  }

  private static Kind kind(Statement statement) {
    if (statement instanceof DmlStatement dml) {
      return switch (dml) {
        case DmlStatement.Insert s -> Kind.INSERT;
        case DmlStatement.Update s -> Kind.UPDATE;
        case DmlStatement.Delete s -> Kind.DELETE;
        case DmlStatement.Merge s -> Kind.MERGE;
      };
    }
    return Kind.SELECT;
  }

  private static List<ResultColumn> resultColumns(BindState state, Relation relation) {
    List<ResultColumn> result = new ArrayList<>();
    for (OutputColumn output : relation.outputs()) {
      Provenance.Origin origin = state.provenance().origin(output.relation(), output.column());
      result.add(
          new ResultColumn(
              output.name(),
              output.type(),
              output.typmod(),
              origin == null ? 0 : origin.tableOid(),
              origin == null ? 0 : origin.column()));
    }
    return List.copyOf(result);
  }

  /** Returns the type that a name means; raises 42704. */
  public SqlType resolveType(TypeName name) {
    return new BindState(context, false, trace).lookup().types().resolve(name).type();
  }

  /** Returns the type and modifier that a name means; raises 42704. */
  public ResolvedType resolve(TypeName name) {
    TypeNames.Typed typed = new BindState(context, false, trace).lookup().types().resolve(name);
    return new ResolvedType(typed.type(), typed.typmod());
  }

  /**
   * Binds an expression over the columns of a relation: column {@code i} is referred to as
   * (relation, i). Parameters, subqueries, aggregates and the like are refused.
   */
  public BoundExpr bindOver(
      Expression expression, String relationName, List<ColumnEntry> columns, int relation) {
    return bindOver(expression, relationName, columns, relation, Purpose.CHECK);
  }

  /** Binds an expression over the columns of a relation for a purpose. */
  public BoundExpr bindOver(
      Expression expression,
      String relationName,
      List<ColumnEntry> columns,
      int relation,
      Purpose purpose) {
    int table = relationName.isEmpty() ? -1 : 0;
    RangeEntry entry = ScalarBinder.entry(relationName, null, columns, relation);
    return over(expression, entry.inDefinitionOf(table), purpose);
  }

  /** Binds an expression over the columns of a table for a purpose. */
  public BoundExpr bindOver(
      Expression expression, TableEntry table, int relation, Purpose purpose) {
    return over(expression, definition(table, relation), purpose);
  }

  private static RangeEntry definition(TableEntry table, int relation) {
    return ScalarBinder.entry(table.name(), null, table.columns(), relation)
        .inDefinitionOf(table.oid());
  }

  private BoundExpr over(Expression expression, RangeEntry entry, Purpose purpose) {
    BindState state = new BindState(context, false, trace);
    BoundExpr bound = new ScalarBinder(state).over(expression, entry, purpose.clause);
    return state.coercer().resolveUnknown(bound);
  }

  /** Binds a condition over the columns of a relation for a purpose. */
  public BoundExpr bindCondition(
      Expression expression,
      String relationName,
      List<ColumnEntry> columns,
      int relation,
      Purpose purpose) {
    return condition(
        expression, ScalarBinder.entry(relationName, null, columns, relation), purpose);
  }

  /** Binds a condition over the columns of a table for a purpose. */
  public BoundExpr bindCondition(
      Expression expression, TableEntry table, int relation, Purpose purpose) {
    return condition(expression, definition(table, relation), purpose);
  }

  private BoundExpr condition(Expression expression, RangeEntry entry, Purpose purpose) {
    BindState state = new BindState(context, false, trace);
    BoundExpr bound = new ScalarBinder(state).over(expression, entry, purpose.clause);
    String construct = purpose == Purpose.CHECK ? "CHECK" : "WHERE";
    return state.coercer().toBoolean(bound, construct, state.position(bound));
  }

  /** Binds the SQL text of an expression over the columns of a relation for a purpose. */
  public BoundExpr bindScalar(
      String sql, String relationName, List<ColumnEntry> columns, int relation, Purpose purpose) {
    return bindOver(Parser.parseExpression(sql), relationName, columns, relation, purpose);
  }

  /** Binds an expression over columns and casts it to a type as an assignment does. */
  public BoundExpr bindConverted(
      Expression expression,
      String relationName,
      List<ColumnEntry> columns,
      int relation,
      SqlType type,
      int typmod,
      String columnName) {
    BindState state = new BindState(context, false, trace);
    RangeEntry entry = ScalarBinder.entry(relationName, null, columns, relation);
    BoundExpr bound = new ScalarBinder(state).over(expression, entry, Purpose.ALTER_USING.clause);
    return new ScalarBinder(state)
        .assign(bound, type, typmod, columnName, "expression", state.position(bound));
  }

  /** Binds an argument of EXECUTE and casts it to its parameter's type as an assignment does. */
  public BoundExpr bindArgument(Expression expression, SqlType type, int number) {
    BindState state = new BindState(context, false);
    QueryLevel level = new QueryLevel(state, null, null);
    BoundExpr bound = new ExpressionBinder(level).bind(expression, Clause.EXECUTE_PARAMETER);
    BoundExpr cast =
        state.coercer().toTarget(bound, type, SqlType.NO_TYPMOD, CastDef.Context.ASSIGNMENT);
    if (cast == null) {
      throw BindErrors.mismatch(
              "parameter $%d of type %s cannot be coerced to the expected type %s"
                  .formatted(
                      number,
                      state.rules().format(bound.type().oid()),
                      state.rules().format(type.oid())),
              state.position(bound))
          .withHint("You will need to rewrite or cast the expression.");
    }
    return cast;
  }

  /**
   * Binds an expression without columns, such as a default, and casts it to a column's type as an
   * assignment does; raises 42804 when that is impossible.
   */
  public BoundExpr bindAssigned(
      Expression expression, SqlType type, int typmod, String columnName) {
    BindState state = new BindState(context, false, trace);
    QueryLevel level = new QueryLevel(state, null, null);
    BoundExpr bound = new ExpressionBinder(level).bind(expression, Clause.COLUMN_DEFAULT);
    return new ScalarBinder(state)
        .assign(bound, type, typmod, columnName, "default expression", state.position(bound));
  }
}
