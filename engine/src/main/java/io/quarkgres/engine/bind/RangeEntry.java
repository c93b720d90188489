package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.engine.type.nested.RecordType;
import java.util.ArrayList;
import java.util.List;

/**
 * One item of FROM as names see it: its alias and what its column names mean. Immutable but for
 * {@code isNullable}. Used by one thread.
 */
final class RangeEntry {
  private final String name;
  private final RelationEntry catalogEntry;
  private final List<Column> columns;
  private final int relation;
  private final ColumnRef rowId;
  private final boolean isJoin;
  private final boolean isScalarFunction;
  private boolean isNullable;
  private boolean hasAlias;
  private int definedTable = -1;
  private CompositeType rowType;
  private ColumnRef marker;

  /**
   * Makes an entry.
   *
   * @param name the alias, or {@code null} for a join or subquery without one
   * @param catalogEntry the relation it is, or {@code null}
   * @param relation the number of the relation that yields its columns, -1 for a join
   * @param rowId the row id column of a table's scan, or {@code null}
   */
  RangeEntry(
      String name,
      RelationEntry catalogEntry,
      List<Column> columns,
      int relation,
      ColumnRef rowId,
      boolean isJoin,
      boolean isScalarFunction) {
    this.name = name;
    this.catalogEntry = catalogEntry;
    this.columns = List.copyOf(columns);
    this.relation = relation;
    this.rowId = rowId;
    this.isJoin = isJoin;
    this.isScalarFunction = isScalarFunction;
  }

  /** A name and what it means: a column, or for merged columns an expression over columns. */
  record Column(String name, BoundExpr expr) {
    SqlType type() {
      return expr.type();
    }
  }

  /** Makes the entry of a relation whose outputs are its columns. */
  static RangeEntry of(
      String name, RelationEntry catalogEntry, int relation, List<OutputColumn> outputs) {
    List<Column> columns = new ArrayList<>();
    for (OutputColumn output : outputs) {
      columns.add(new Column(output.name(), output.ref()));
    }
    return new RangeEntry(name, catalogEntry, columns, relation, null, false, false);
  }

  /** Returns the entry under another name and with other column names for the first columns. */
  RangeEntry renamed(String newName, List<String> columnNames, int position) {
    if (columnNames.size() > columns.size()) {
      throw BindErrors.columnReference(
          "table \"%s\" has %d columns available but %d columns specified"
              .formatted(newName, columns.size(), columnNames.size()),
          position);
    }
    List<Column> renamed = new ArrayList<>(columns);
    for (int i = 0; i < columnNames.size(); i++) {
      renamed.set(i, new Column(columnNames.get(i), columns.get(i).expr()));
    }
    RangeEntry result =
        new RangeEntry(newName, catalogEntry, renamed, relation, rowId, isJoin, isScalarFunction);
    result.hasAlias = name != null;
    return result;
  }

  String name() {
    return name;
  }

  RelationEntry catalogEntry() {
    return catalogEntry;
  }

  List<Column> columns() {
    return columns;
  }

  int relation() {
    return relation;
  }

  ColumnRef rowId() {
    return rowId;
  }

  boolean isJoin() {
    return isJoin;
  }

  /** Makes it the rows of a table whose definition is bound; 0 for one that has no oid yet. */
  RangeEntry inDefinitionOf(int tableOid) {
    definedTable = tableOid;
    return this;
  }

  /** Tells whether it is a table, with system columns. */
  boolean isTable() {
    return definedTable >= 0 || !isJoin && catalogEntry != null && catalogEntry.kind() != 'v';
  }

  int tableOid() {
    return definedTable >= 0 ? definedTable : catalogEntry.oid();
  }

  /** Tells whether a whole-row reference is the one column itself. */
  boolean isScalarFunction() {
    return isScalarFunction;
  }

  /** Tells whether an outer join may put NULLs in place of its rows. */
  boolean isNullable() {
    return isNullable;
  }

  /** Tells whether the name is an alias rather than the relation's own. */
  boolean hasAlias() {
    return hasAlias;
  }

  /**
   * Returns the type of a whole-row reference: that of the relation's rows, or {@code record} with
   * the names that the columns have here.
   */
  CompositeType rowType(BindState state) {
    if (rowType == null) {
      rowType = makeRowType(state);
    }
    return rowType;
  }

  private CompositeType makeRowType(BindState state) {
    if (catalogEntry != null
        && !isJoin
        && catalogEntry.rowType() != 0
        && state.type(catalogEntry.rowType()) instanceof CompositeType type) {
      return type;
    }
    return CompositeType.anonymous(
        (RecordType) state.type(Oids.RECORD),
        columns.stream().map(Column::name).toArray(String[]::new),
        columns.stream().map(Column::type).toArray(SqlType[]::new),
        columns.stream().mapToInt(column -> column.expr().typmod()).toArray());
  }

  /**
   * Returns a column that is TRUE in each of the item's rows, and so NULL where an outer join has
   * put NULLs in place of a row; {@code null} when the item cannot have one.
   */
  ColumnRef marker(BindState state) {
    if (marker == null && relation >= 0 && !isJoin) {
      QueryLevel level = state.owner(relation);
      marker = new ColumnRef(level.newRelation(), 0, state.bool(), SqlType.NO_TYPMOD, "is_present");
      level.markers().put(relation, marker);
    }
    return marker;
  }

  void makeNullable() {
    isNullable = true;
  }

  /**
   * Returns a column's number; raises 42702 when two have the name.
   *
   * @return -1 when there is none
   */
  int find(String columnName, int position) {
    int found = -1;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(columnName)) {
        if (found >= 0) {
          throw BindErrors.ambiguousColumn(columnName, position);
        }
        found = i;
      }
    }
    return found;
  }
}
