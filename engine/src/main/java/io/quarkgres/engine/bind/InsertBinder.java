package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Alias;
import io.quarkgres.engine.ast.Assignment;
import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** Binds INSERT. Used by one thread. */
final class InsertBinder {
  private final BindState state;
  private final QueryLevel level;
  private final DmlStatement.Insert insert;
  private final ExpressionBinder expressions;
  private TargetTable target;

  /** Numbers of the table's columns that are given, in the order of the source. */
  private List<Integer> columns;

  InsertBinder(QueryLevel level, DmlStatement.Insert insert) {
    this.state = level.state();
    this.level = level;
    this.insert = insert;
    this.expressions = new ExpressionBinder(level);
  }

  /** The rows to insert and the columns they give. */
  private record Source(Relation relation, List<Integer> columns) {}

  Relation bind() {
    target = TargetTable.find(level, insert.table(), "inserting into");
    columns = columns();
    Alias alias = insert.alias();
    RangeEntry row = target.entry(alias == null ? null : alias.name());
    level.range().add(row);
    Source source = source();
    refuseTwice(source.columns());
    target.written(Privilege.INSERT, insert.columns().isEmpty() ? source.columns() : columns);
    List<ScopeItem> scope = List.of(ScopeItem.of(row));
    Modification.Conflict conflict =
        insert.onConflict() == null
            ? null
            : new ConflictBinder(expressions, target, row).bind(insert.onConflict());
    List<Target> returning = DmlBinder.returning(expressions, insert.returning(), scope);
    Modification modification =
        new Modification.Insert(
            target.table(),
            target.target(),
            source.relation(),
            List.copyOf(source.columns()),
            defaults(source.columns()),
            target.generated(),
            target.checks(),
            conflict,
            DmlBinder.expressions(returning));
    target.requireWritable();
    return DmlBinder.modify(level, modification, returning);
  }

  /**
   * Binds the row of MERGE's INSERT: a value for each column of the table, {@code null} for
   * generated ones.
   *
   * @param values the values, or {@code null} for DEFAULT VALUES
   */
  List<BoundExpr> bindRow(TargetTable table, List<Expression> values) {
    target = table;
    columns = columns();
    List<Expression> written = values == null ? List.of() : values;
    Clause before = level.enter(Clause.VALUES);
    List<BoundExpr> bound = row(written);
    level.enter(before);
    if (values != null) {
      checkCount(bound.size(), i -> written.get(i).position(), written);
    }
    List<Integer> given = given(List.of(bound), bound.size());
    List<BoundExpr> assigned = assigned(bound, given);
    List<Integer> numbers = given.stream().map(columns::get).toList();
    List<BoundExpr> result = new ArrayList<>(defaults(numbers));
    for (int i = 0; i < numbers.size(); i++) {
      result.set(numbers.get(i), assigned.get(i));
    }
    for (int i = 0; i < result.size(); i++) {
      if (target.isGenerated(i)) {
        result.set(i, null);
      }
    }
    return Collections.unmodifiableList(result);
  }

  private List<Integer> columns() {
    if (insert.columns().isEmpty()) {
      return target.allColumns();
    }
    List<Integer> result = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Assignment.Column column : insert.columns()) {
      int number = target.find(column.name(), column.position());
      checkPath(column, target.column(number));
      if (!names.add(column.name())) {
        throw new SqlException(
            SqlState.DUPLICATE_COLUMN,
            "column \"" + column.name() + "\" specified more than once",
            column.position());
      }
      result.add(number);
    }
    return result;
  }

  /** Raises 42601 when columns of a view that are one column of its table are given. */
  private void refuseTwice(List<Integer> given) {
    Set<Integer> seen = new HashSet<>();
    for (int number : given) {
      if (!seen.add(number)) {
        throw BindErrors.syntax(
            "multiple assignments to same column \"" + target.column(number).name() + "\"", -1);
      }
    }
  }

  private void checkPath(Assignment.Column column, ColumnEntry entry) {
    if (column.path().isEmpty()) {
      return;
    }
    String type = state.rules().format(entry.type().oid());
    switch (column.path().get(0)) {
      case Assignment.PathStep.Field field ->
          throw BindErrors.mismatch(
              "cannot assign to field \"%s\" of column \"%s\" because its type %s is not a composite type"
                  .formatted(field.name(), column.name(), type),
              column.position());
      case Assignment.PathStep.Element element -> {
        if (!state.rules().isArray(entry.type().base().oid())) {
          throw BindErrors.mismatch(
              "cannot subscript type " + type + " because it does not support subscripting", -1);
        }
        throw BindErrors.notBuilt("INSERT into a part of a column", column.position());
      }
    }
  }

  private Source source() {
    Query query = insert.source();
    if (query == null) {
      return new Source(new Relation.SingleRow(), List.of());
    }
    boolean isPlain =
        query.with() == null
            && query.orderBy().isEmpty()
            && query.limit() == null
            && query.locking().isEmpty();
    return isPlain && query.body() instanceof QueryBody.Values values
        ? values(values)
        : query(query);
  }

  // ---- VALUES ----

  private Source values(QueryBody.Values values) {
    boolean isSingle = values.rows().size() == 1;
    Clause before = level.enter(isSingle ? Clause.VALUES_SINGLE : Clause.VALUES);
    List<List<BoundExpr>> rows = new ArrayList<>();
    int width = -1;
    for (List<Expression> row : values.rows()) {
      List<BoundExpr> bound = row(row);
      if (width >= 0 && bound.size() != width) {
        throw BindErrors.syntax("VALUES lists must all be the same length", row.get(0).position());
      }
      width = bound.size();
      checkCount(width, i -> row.get(i).position(), values.rows().get(0));
      rows.add(bound);
    }
    level.enter(before);
    List<Integer> given = given(rows, width);
    List<List<BoundExpr>> assigned = new ArrayList<>();
    for (List<BoundExpr> row : rows) {
      assigned.add(assigned(row, given));
    }
    List<Integer> numbers = given.stream().map(columns::get).toList();
    return new Source(relation(assigned, numbers), numbers);
  }

  /** Binds the values of a row; {@code null} stands for DEFAULT. */
  private List<BoundExpr> row(List<Expression> row) {
    List<BoundExpr> result = new ArrayList<>();
    for (Expression value : row) {
      if (value instanceof Expression.Default) {
        result.add(null);
      } else {
        result.addAll(expressions.bindList(List.of(value)));
      }
    }
    return result;
  }

  private void checkCount(int count, IntUnaryOperator position, List<Expression> firstRow) {
    if (count > columns.size()) {
      throw BindErrors.syntax(
          "INSERT has more expressions than target columns", position.applyAsInt(columns.size()));
    }
    if (!insert.columns().isEmpty() && count < columns.size()) {
      SqlException error =
          BindErrors.syntax(
              "INSERT has more target columns than expressions",
              insert.columns().get(count).position());
      boolean isRow =
          count == 1
              && firstRow != null
              && firstRow.get(0) instanceof Expression.RowConstructor row
              && row.fields().size() == columns.size();
      throw isRow
          ? error.withHint(
              "The insertion source is a row expression containing the same number of columns "
                  + "expected by the INSERT. Did you accidentally use extra parentheses?")
          : error;
    }
  }

  /** Returns which places of the rows are really given, and checks generated and identity ones. */
  private List<Integer> given(List<List<BoundExpr>> rows, int width) {
    List<Integer> result = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      int at = i;
      boolean isDefault = rows.stream().allMatch(row -> row.get(at) == null);
      if (isTaken(columnAt(i), isDefault)) {
        result.add(i);
      }
    }
    return result;
  }

  /** Returns the column that a place of the source is for; raises 0A000 where a view has none. */
  private int columnAt(int place) {
    int column = columns.get(place);
    if (column < 0) {
      throw target.notUpdatable(place);
    }
    return column;
  }

  /** Tells whether a value for a column counts; raises 428C9 where only DEFAULT may stand. */
  private boolean isTaken(int column, boolean isDefault) {
    if (isDefault) {
      return false;
    }
    String name = target.column(column).name();
    if (target.isIdentity(column) && insert.overriding() == DmlStatement.Overriding.USER_VALUE) {
      return false;
    }
    if (target.isAlwaysIdentity(column)
        && insert.overriding() != DmlStatement.Overriding.SYSTEM_VALUE) {
      throw new SqlException(
          SqlState.GENERATED_ALWAYS,
          "cannot insert a non-DEFAULT value into column \"" + name + "\"",
          "Column \"" + name + "\" is an identity column defined as GENERATED ALWAYS.",
          "Use OVERRIDING SYSTEM VALUE to override.");
    }
    if (target.isGenerated(column)) {
      throw new SqlException(
          SqlState.GENERATED_ALWAYS,
          "cannot insert a non-DEFAULT value into column \"" + name + "\"",
          "Column \"" + name + "\" is a generated column.",
          null);
    }
    return true;
  }

  private List<BoundExpr> assigned(List<BoundExpr> row, List<Integer> given) {
    List<BoundExpr> result = new ArrayList<>();
    for (int i : given) {
      int column = columns.get(i);
      BoundExpr value = row.get(i);
      result.add(value == null ? target.defaultOf(column) : target.assign(column, value));
    }
    return result;
  }

  private Relation relation(List<List<BoundExpr>> rows, List<Integer> numbers) {
    SetCalls sets = new SetCalls(level);
    int relation = level.newRelation();
    List<OutputColumn> outputs = new ArrayList<>();
    for (int number : numbers) {
      ColumnEntry column = target.column(number);
      outputs.add(
          new OutputColumn(
              relation, outputs.size(), column.name(), column.type(), column.typmod()));
    }
    if (sets.isEmpty()) {
      List<List<BoundExpr>> copies = new ArrayList<>();
      rows.forEach(row -> copies.add(List.copyOf(row)));
      return new Relation.Values(relation, List.copyOf(copies), List.copyOf(outputs));
    }
    Relation input = sets.above(new Relation.SingleRow());
    List<BoundExpr> row = new ArrayList<>(rows.get(0));
    row.replaceAll(sets::replace);
    return new Relation.Project(relation, input, List.copyOf(row), List.copyOf(outputs));
  }

  // ---- SELECT ----

  private Source query(Query query) {
    Analyzed analyzed =
        new QueryBinder(state, level, level.ctes()).analyze(query, List.of(), false);
    int width = analyzed.columns().size();
    checkCount(width, i -> state.position(analyzed.columns().get(i)), null);
    for (int i = 0; i < width; i++) {
      BoundExpr column = analyzed.columns().get(i);
      if (column.type().oid() == Oids.UNKNOWN) {
        analyzed.replaceColumn(i, target.assign(columnAt(i), column));
      }
    }
    List<BoundExpr> sources = analyzed.columns();
    List<Integer> numbers = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      if (isTaken(columnAt(i), false)) {
        numbers.add(columns.get(i));
        places.add(i);
      }
    }
    Relation relation = analyzed.build();
    List<BoundExpr> values = new ArrayList<>();
    boolean needsProject = places.size() < width;
    for (int place : places) {
      BoundExpr ref =
          state.at(relation.outputs().get(place).ref(), state.position(sources.get(place)));
      BoundExpr value = target.assign(columns.get(place), ref);
      needsProject |= value != ref;
      values.add(value);
    }
    if (!needsProject) {
      return new Source(relation, numbers);
    }
    int number = level.newRelation();
    List<String> names = numbers.stream().map(n -> target.column(n).name()).toList();
    Relation project =
        new Relation.Project(
            number, relation, List.copyOf(values), Relation.outputsOf(number, values, names));
    return new Source(project, numbers);
  }

  private List<BoundExpr> defaults(List<Integer> given) {
    List<BoundExpr> result = new ArrayList<>();
    for (int i = 0; i < target.table().columns().size(); i++) {
      result.add(given.contains(i) ? null : target.defaultOf(i));
    }
    return Collections.unmodifiableList(result);
  }
}
