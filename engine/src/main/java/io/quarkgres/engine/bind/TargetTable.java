package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.lookup.Calls;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.CallChecks;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The table that a statement changes, and what belongs to its new rows. Used by one thread. */
final class TargetTable {
  private static final int NEXTVAL = 1574;

  private final BindState state;
  private final TableEntry table;
  private final int target;
  private final SqlException refusal;
  private final ScalarBinder scalars;
  private final String verb;

  /** The view through which the table is changed, or {@code null}. */
  private final ViewTarget view;

  private TargetTable(
      BindState state,
      TableEntry table,
      int target,
      SqlException refusal,
      ViewTarget view,
      String verb) {
    this.state = state;
    this.refusal = refusal;
    this.table = table;
    this.target = target;
    this.scalars = new ScalarBinder(state);
    this.view = view;
    this.verb = verb;
  }

  /** Finds the table to change; raises an error for what cannot be changed. */
  static TargetTable find(QueryLevel level, QualifiedName name, String verb) {
    BindState state = level.state();
    RelationEntry relation = state.lookup().relations().find(name);
    ViewTarget view = relation instanceof ViewEntry v ? ViewTarget.find(state, v, verb) : null;
    TableEntry table =
        switch (relation) {
          case TableEntry found -> found;
          case ViewEntry found -> view.table();
          case VirtualTable found -> unwritable(found);
          case SequenceEntry found ->
              throw CallChecks.wrongObject("cannot change sequence \"" + found.name() + "\"", -1);
          case IndexEntry found ->
              throw CallChecks.wrongObject("\"" + found.name() + "\" is an index", name.position());
        };
    state.uses().lock(table.oid(), LockMode.ROW_EXCLUSIVE);
    state
        .uses()
        .access(
            table.oid(),
            switch (verb) {
              case "inserting into" -> Privilege.INSERT;
              case "updating" -> Privilege.UPDATE;
              default -> Privilege.DELETE;
            });
    state.markWriting();
    SqlException refusal =
        table.store() != null || !(relation instanceof VirtualTable)
            ? null
            : new SqlException(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "permission denied: \"" + table.name() + "\" is a system catalog");
    return new TargetTable(state, table, level.newRelation(), refusal, view, verb);
  }

  /** Returns a system catalog as a table, so that other errors of the statement come first. */
  private static TableEntry unwritable(VirtualTable table) {
    return new TableEntry(
        table.oid(),
        table.schemaOid(),
        table.schema(),
        table.name(),
        table.owner(),
        'p',
        table.columns(),
        List.of(),
        Map.of(),
        0,
        null);
  }

  /** Raises 42501 for a system catalog. */
  void requireWritable() {
    if (refusal != null) {
      throw refusal;
    }
  }

  TableEntry table() {
    return table;
  }

  /** Notes that columns are written. */
  void written(Privilege privilege, Collection<Integer> columns) {
    columns.forEach(i -> state.uses().access(table.oid(), column(i).number(), privilege));
  }

  /** Returns the number of the pseudo-relation that means the row in question. */
  int target() {
    return target;
  }

  ColumnEntry column(int i) {
    return table.columns().get(i);
  }

  /** Returns the scope entry of the row in question. */
  RangeEntry entry(String alias) {
    for (int i = 0; i < table.columns().size(); i++) {
      state.provenance().setOrigin(target, i, table.oid(), table.columns().get(i).number());
    }
    if (view != null) {
      return entryOver(alias == null ? name() : alias, target);
    }
    ColumnRef rowId =
        new ColumnRef(
            target, table.columns().size(), state.type(Oids.INT8), SqlType.NO_TYPMOD, "ctid");
    return ScalarBinder.entry(
        alias == null ? table.name() : alias, table, table.columns(), target, rowId);
  }

  /** Returns the columns of a row of the table as they are seen: those of the view, if any. */
  RangeEntry entryOver(String alias, int relation) {
    return view == null
        ? ScalarBinder.entry(alias, table, table.columns(), relation)
        : view.entry(alias, relation);
  }

  boolean isView() {
    return view != null;
  }

  /** Returns the name of the table, or of the view through which it is changed. */
  String name() {
    return view == null ? table.name() : view.view().name();
  }

  /** Returns the table's own columns, whatever the view shows. */
  RangeEntry baseEntry() {
    return ScalarBinder.entry(table.name(), table, table.columns(), target);
  }

  /** Returns the conditions that the view puts on the rows of a relation. */
  List<BoundExpr> conditions(int relation) {
    return view == null ? List.of() : view.conditions(relation);
  }

  /** Returns the columns to assign to when none are named; those of no table column are -1. */
  List<Integer> allColumns() {
    List<Integer> result = new ArrayList<>();
    if (view == null) {
      for (int i = 0; i < table.columns().size(); i++) {
        if (!column(i).isDropped()) {
          result.add(i);
        }
      }
      return result;
    }
    RangeEntry entry = entryOver(name(), target);
    for (int i = 0; i < entry.columns().size(); i++) {
      result.add(ViewTarget.baseColumn(entry, i));
    }
    return result;
  }

  /** Returns the error for assigning to a column of the view that is none of the table. */
  SqlException notUpdatable(int column) {
    return view.notUpdatable(column, verb);
  }

  /** Returns the number of a column to assign to; raises 42703. */
  int find(String name, int position) {
    return view == null ? findOwn(name, position) : findOfView(name, position);
  }

  /** Returns the number of a column that UPDATE assigns to; raises 42703, 0A000. */
  int findAssigned(String name, int position) {
    if (view == null && NameBinder.isSystemColumn(name)) {
      throw BindErrors.notSupported("cannot assign to system column \"" + name + "\"", position);
    }
    return find(name, position);
  }

  private int findOfView(String name, int position) {
    RangeEntry entry = entryOver(name(), target);
    int column = entry.find(name, position);
    if (column < 0) {
      throw BindErrors.undefinedColumn(
          "column \"%s\" of relation \"%s\" does not exist".formatted(name, name()), position);
    }
    int base = ViewTarget.baseColumn(entry, column);
    if (base < 0) {
      throw notUpdatable(column);
    }
    return base;
  }

  private int findOwn(String name, int position) {
    for (int i = 0; i < table.columns().size(); i++) {
      if (!column(i).isDropped() && column(i).name().equals(name)) {
        return i;
      }
    }
    throw BindErrors.undefinedColumn(
        "column \"%s\" of relation \"%s\" does not exist".formatted(name, table.name()), position);
  }

  boolean isGenerated(int i) {
    return column(i).generated() != 0;
  }

  boolean isIdentity(int i) {
    return column(i).identity() != 0;
  }

  boolean isAlwaysIdentity(int i) {
    return column(i).identity() == 'a';
  }

  /** Casts a value to a column's type; raises 42804. */
  BoundExpr assign(int i, BoundExpr value) {
    ColumnEntry column = column(i);
    return scalars.assign(
        value, column.type(), column.typmod(), column.name(), "expression", state.position(value));
  }

  /** Returns the default of a column: NULL when it has none. */
  BoundExpr defaultOf(int i) {
    ColumnEntry column = column(i);
    if (column.isDropped() || column.generated() != 0) {
      return Constants.ofNull(column.type(), column.typmod());
    }
    if (column.identity() != 0) {
      return nextValue(column);
    }
    String sql =
        column.defaultSql() != null
            ? column.defaultSql()
            : state.catalog().defaultOf(column.type());
    if (sql == null && column.type().base() == column.type()) {
      return Constants.ofNull(column.type(), column.typmod());
    }
    BoundExpr value =
        sql == null
            ? Constants.ofNull(column.type().base(), SqlType.NO_TYPMOD)
            : scalars.constantSql(sql);
    return scalars.assign(
        value, column.type(), column.typmod(), column.name(), "default expression", -1);
  }

  private BoundExpr nextValue(ColumnEntry column) {
    for (RelationEntry relation : state.catalog().relations()) {
      if (relation instanceof SequenceEntry sequence
          && sequence.ownedByTable() == table.oid()
          && sequence.ownedByColumn() == column.number()) {
        FunctionDef function = state.functions().function(NEXTVAL);
        SqlType regclass = state.type(Oids.REGCLASS);
        BoundExpr name = Constants.of(sequence.oid(), regclass);
        BoundExpr call =
            new BoundExpr.FunctionCall(
                Calls.of(state.lookup(), function, List.of(regclass), state.type(Oids.INT8), -1),
                List.of(name),
                SqlType.NO_TYPMOD);
        return state.coercer().toTarget(call, column.type(), column.typmod(), Context.ASSIGNMENT);
      }
    }
    throw new SqlException(
        SqlState.INTERNAL_ERROR, "no owned sequence found for column \"" + column.name() + "\"");
  }

  /** Returns for each column its generation expression over the new row, or {@code null}. */
  List<BoundExpr> generated() {
    RangeEntry entry = baseEntry();
    List<BoundExpr> result = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnEntry column = column(i);
      if (column.isDropped() || column.generated() == 0) {
        result.add(null);
        continue;
      }
      QueryLevel owner = state.owner(target);
      BoundExpr value = scalars.overSql(column.defaultSql(), entry, Clause.GENERATED_COLUMN);
      state.reserve(target, owner);
      result.add(
          scalars.assign(value, column.type(), column.typmod(), column.name(), "expression", -1));
    }
    return Collections.unmodifiableList(result);
  }

  /** Returns the CHECK constraints over the new row, in the order of their names. */
  List<Modification.Check> checks() {
    RangeEntry entry = baseEntry();
    List<Modification.Check> result = new ArrayList<>();
    QueryLevel owner = state.owner(target);
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Check check) {
        BoundExpr condition = scalars.overSql(check.conditionSql(), entry, Clause.CHECK_CONSTRAINT);
        condition = state.coercer().toBoolean(condition, "CHECK", -1);
        result.add(new Modification.Check(check.name(), condition));
      }
    }
    state.reserve(target, owner);
    result.sort(Comparator.comparing(Modification.Check::name));
    if (view != null) {
      result.addAll(view.checks(target));
    }
    return List.copyOf(result);
  }
}
