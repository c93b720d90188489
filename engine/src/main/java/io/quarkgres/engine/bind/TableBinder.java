package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Alias;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.bind.FromBinder.Bound;
import io.quarkgres.engine.bind.QueryLevel.LockRequest;
import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.CallChecks;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.List;

/** Binds relations named in FROM: tables, views, common table expressions. One thread. */
final class TableBinder {
  private final FromBinder from;
  private final BindState state;
  private final QueryLevel level;
  private final LockBinder locks;

  TableBinder(FromBinder from, LockBinder locks) {
    this.from = from;
    this.state = from.state();
    this.level = from.level();
    this.locks = locks;
  }

  Bound bind(FromItem.Table table) {
    String alias = table.alias() == null ? table.name().name() : table.alias().name();
    if (table.name().schema() == null && level.ctes() != null) {
      CteScope.CteDefinition cte = level.ctes().find(table.name().name());
      if (cte != null) {
        locks.requests(alias, LockBinder.Kind.CTE);
        Relation.CteScan scan = CteBinder.scan(level, cte, alias, table.position());
        return entry(scan, null, scan.relation(), scan.outputs(), null, table.alias(), alias);
      }
    }
    RelationEntry relation = find(table.name());
    return switch (relation) {
      case TableEntry found -> table(found, table, alias);
      case VirtualTable found -> virtual(found, table.alias(), alias);
      case ViewEntry found -> view(found, table, alias);
      case SequenceEntry found -> virtual(SequenceRows.table(found, state), table.alias(), alias);
      case IndexEntry found ->
          throw CallChecks.wrongObject("\"" + found.name() + "\" is an index", table.position());
    };
  }

  private RelationEntry find(QualifiedName name) {
    try {
      return state.lookup().relations().find(name);
    } catch (SqlException e) {
      if (name.schema() == null && level.ctes() != null && level.ctes().isLater(name.name())) {
        throw e.withDetail(
                "There is a WITH item named \"%s\", but it cannot be referenced from this part of the query."
                    .formatted(name.name()))
            .withHint(
                "Use WITH RECURSIVE, or re-order the WITH items to remove forward references.");
      }
      throw e;
    }
  }

  private Bound table(TableEntry table, FromItem.Table item, String alias) {
    List<LockRequest> requests = locks.requests(alias, LockBinder.Kind.TABLE);
    Relation.Scan scan = scan(table, alias);
    state.uses().lock(table.oid(), requests.isEmpty() ? LockMode.ACCESS_SHARE : LockMode.ROW_SHARE);
    access(table, requests);
    Bound bound = bindScan(scan, item.alias(), alias);
    if (!requests.isEmpty()) {
      state.markWriting();
      LockRequest request = requests.get(0);
      level
          .rowLocks()
          .add(new Relation.RowLock(scan.relation(), table, request.mode(), request.policy()));
      level.lockedEntries().add(bound.scope().get(0).entry());
    }
    return bound;
  }

  private void access(RelationEntry relation, List<LockRequest> requests) {
    state.uses().access(relation.oid(), Privilege.SELECT);
    if (!requests.isEmpty()) {
      state.uses().access(relation.oid(), Privilege.UPDATE);
    }
  }

  /** Makes the scope of a scan. */
  Bound bindScan(Relation.Scan scan, Alias aliasOrNull, String alias) {
    List<OutputColumn> visible = new ArrayList<>();
    List<ColumnEntry> columns = scan.table().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (!columns.get(i).isDropped()) {
        visible.add(scan.outputs().get(i));
      }
    }
    ColumnRef rowId = scan.outputs().get(columns.size()).ref();
    return entry(scan, scan.table(), scan.relation(), visible, rowId, aliasOrNull, alias);
  }

  /** Makes the scan of a table, row id last. */
  Relation.Scan scan(TableEntry table, String alias) {
    int relation = level.newRelation();
    List<OutputColumn> outputs = new ArrayList<>(columnsOf(table, relation));
    outputs.add(
        new OutputColumn(
            relation, outputs.size(), "ctid", state.type(Oids.INT8), SqlType.NO_TYPMOD));
    return new Relation.Scan(relation, table, alias, List.copyOf(outputs));
  }

  /** Returns the columns of a relation, dropped ones included, as outputs. */
  List<OutputColumn> columnsOf(RelationEntry relation, int number) {
    List<OutputColumn> result = new ArrayList<>();
    for (ColumnEntry column : relation.columns()) {
      int i = result.size();
      result.add(new OutputColumn(number, i, column.name(), column.type(), column.typmod()));
      state.provenance().setOrigin(number, i, relation.oid(), column.number());
    }
    return result;
  }

  private Bound virtual(VirtualTable table, Alias aliasOrNull, String alias) {
    locks.requests(alias, LockBinder.Kind.TABLE);
    int relation = level.newRelation();
    List<OutputColumn> outputs = List.copyOf(columnsOf(table, relation));
    state.uses().lock(table.oid(), LockMode.ACCESS_SHARE);
    state.uses().access(table.oid(), Privilege.SELECT);
    Relation scan = new Relation.VirtualScan(relation, table, alias, outputs);
    return entry(scan, table, relation, outputs, null, aliasOrNull, alias);
  }

  private Bound entry(
      Relation relation,
      RelationEntry catalogEntry,
      int number,
      List<OutputColumn> columns,
      ColumnRef rowId,
      Alias aliasOrNull,
      String alias) {
    List<RangeEntry.Column> named = new ArrayList<>();
    for (OutputColumn column : columns) {
      named.add(new RangeEntry.Column(column.name(), column.ref()));
    }
    RangeEntry entry =
        new RangeEntry(
            aliasOrNull == null ? null : alias, catalogEntry, named, number, rowId, false, false);
    List<String> names = aliasOrNull == null ? List.of() : aliasOrNull.columns();
    return from.single(relation, entry.renamed(alias, names, -1));
  }

  /** Binds a view: its query in place, under the search path that it was made with. */
  private Bound view(ViewEntry view, FromItem.Table item, String alias) {
    List<LockRequest> requests = locks.requests(alias, LockBinder.Kind.TABLE);
    state.uses().lock(view.oid(), requests.isEmpty() ? LockMode.ACCESS_SHARE : LockMode.ROW_SHARE);
    access(view, requests);
    int role = state.uses().accessAs(view.owner());
    state.enterView();
    BindContext before = state.lookup().useSearchPath(view.searchPath());
    Relation relation;
    try {
      Query query = (Query) Parser.parse(view.querySql()).get(0).statement();
      relation = state.unpositioned(() -> bindView(query, requests));
    } finally {
      state.lookup().restore(before);
      state.uses().accessAs(role);
      state.leaveView();
    }
    state.adopt(relation.outputs(), level);
    List<OutputColumn> columns = new ArrayList<>();
    for (int i = 0; i < view.columns().size(); i++) {
      OutputColumn output = relation.outputs().get(i);
      columns.add(
          new OutputColumn(
              output.relation(),
              output.column(),
              view.columns().get(i).name(),
              output.type(),
              output.typmod()));
      state.provenance().setOrigin(output.relation(), output.column(), view.oid(), i + 1);
    }
    int number = columns.isEmpty() ? -1 : columns.get(0).relation();
    return entry(relation, view, number, columns, null, item.alias(), alias);
  }

  private Relation bindView(Query query, List<LockRequest> requests) {
    return QueryBinder.ofView(state, level).bind(query, requests, false).relation();
  }
}
