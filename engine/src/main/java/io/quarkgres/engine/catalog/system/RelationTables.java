package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code pg_class}, {@code pg_attribute}, {@code pg_attrdef}, {@code pg_sequence}. Thread: any. */
final class RelationTables {
  /** The columns that every table has besides its own: name, number, type. */
  private static final Object[][] SYSTEM_COLUMNS = {
    {"tableoid", -6, 26, 4, 'i'},
    {"cmax", -5, 29, 4, 'i'},
    {"xmax", -4, 28, 4, 'i'},
    {"cmin", -3, 29, 4, 'i'},
    {"xmin", -2, 28, 4, 'i'},
    {"ctid", -1, 27, 6, 's'},
  };

  private static final int DEFAULT_COLLATION = 100;
  private static final int C_COLLATION = 950;

  private RelationTables() {}

  static void register(SystemTables t) {
    t.fixed("pg_class", (catalog, context, out) -> classes(catalog, true, out));
    t.rows("pg_class", (catalog, context, out) -> classes(catalog, false, out));
    t.fixed("pg_attribute", (catalog, context, out) -> attributes(catalog, true, out));
    t.rows("pg_attribute", (catalog, context, out) -> attributes(catalog, false, out));
    t.rows("pg_attrdef", RelationTables::defaults);
    t.rows("pg_sequence", RelationTables::sequences);
  }

  private static void classes(CatalogVersion catalog, boolean isVirtual, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof VirtualTable == isVirtual) {
        relation(catalog, relation, out);
      }
    }
  }

  private static void relation(CatalogVersion catalog, RelationEntry relation, RowSink out) {
    Acl acl = catalog.storedAcl(Privilege.Kind.TABLE.classOid(), relation.oid(), 0);
    out.set("oid", relation.oid())
        .set("relacl", acl == null ? null : acl.texts(catalog.roles()::name))
        .set("relname", relation.name())
        .set("relnamespace", relation.schemaOid())
        .set("relowner", relation.owner())
        .set("relpersistence", relation.schema().startsWith("pg_temp_") ? 't' : 'p')
        .set("reltuples", -1)
        .set("relkind", relation.kind())
        .set(
            "relnatts",
            relation.columns().size()
                + (relation instanceof IndexEntry i ? i.includedColumns().size() : 0))
        .set("reltype", relation.rowType())
        .set("relispopulated", true)
        .set("relreplident", 'n');
    switch (relation) {
      case TableEntry table -> table(catalog, table, out);
      case ViewEntry view -> out.set("relhasrules", true).set("reloptions", options(view));
      case SequenceEntry sequence ->
          out.set("relfilenode", sequence.oid())
              .set("relpages", 1)
              .set("reltuples", 1)
              .set("relpersistence", sequence.persistence());
      case IndexEntry index -> index(catalog, index, out);
      case VirtualTable table ->
          out.set("relam", table.kind() == 'r' ? AccessMethods.HEAP : 0)
              .set("relhasindex", !catalog.indexesOf(table.oid()).isEmpty())
              .set("relhasrules", table.kind() == 'v');
    }
    out.end();
  }

  private static void table(CatalogVersion catalog, TableEntry table, RowSink out) {
    boolean hasForeignKey = !catalog.referencesTo(table.oid()).isEmpty();
    int checks = 0;
    for (ConstraintEntry constraint : table.constraints()) {
      hasForeignKey |= constraint instanceof ConstraintEntry.ForeignKey;
      checks += constraint instanceof ConstraintEntry.Check ? 1 : 0;
    }
    out.set("relam", AccessMethods.HEAP)
        .set("relfilenode", table.oid())
        .set("relhasindex", !catalog.indexesOf(table.oid()).isEmpty())
        .set("relpersistence", table.persistence())
        .set("relchecks", checks)
        .set("relhastriggers", hasForeignKey)
        .set("relreplident", 'd')
        .set("reloptions", options(table.options()));
  }

  private static void index(CatalogVersion catalog, IndexEntry index, RowSink out) {
    RelationEntry table = catalog.relationByOid(index.tableOid());
    out.set("relam", AccessMethods.oid(index.method()))
        .set("relfilenode", index.oid())
        .set("relpages", 1)
        .set("reltuples", 0)
        .set("relpersistence", table instanceof TableEntry t ? t.persistence() : 'p')
        .set("reloptions", options(index.options()));
  }

  private static String options(ViewEntry view) {
    return switch (view.checkOption()) {
      case NONE -> null;
      case LOCAL -> "{check_option=local}";
      case CASCADED -> "{check_option=cascaded}";
    };
  }

  /** Returns storage parameters as the text of an array, {@code null} when there are none. */
  static String options(Map<String, String> options) {
    return options.isEmpty()
        ? null
        : Texts.array(
            options.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .sorted()
                .toList());
  }

  private static void attributes(CatalogVersion catalog, boolean isVirtual, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof VirtualTable != isVirtual) {
        continue;
      }
      List<ColumnEntry> columns =
          relation instanceof IndexEntry index ? columns(catalog, index) : relation.columns();
      for (int i = 0; i < columns.size(); i++) {
        int collation =
            relation instanceof IndexEntry index && i < index.keys().size()
                ? ConstraintTables.collation(catalog, index, i)
                : collation(columns.get(i));
        attribute(catalog, relation, columns.get(i), collation, out);
      }
      if (relation.kind() == 'r' || relation.kind() == 'S') {
        systemAttributes(relation, out);
      }
    }
  }

  /** Returns the keys of an index and the columns that it includes. */
  private static List<ColumnEntry> columns(CatalogVersion catalog, IndexEntry index) {
    List<ColumnEntry> result = new ArrayList<>(index.columns());
    List<ColumnEntry> ofTable = catalog.relationByOid(index.tableOid()).columns();
    for (int number : index.includedColumns()) {
      ColumnEntry c = ofTable.get(number - 1);
      result.add(
          ColumnEntry.plain(c.name(), result.size() + 1, c.type(), c.typmod(), c.collation()));
    }
    return result;
  }

  private static void attribute(
      CatalogVersion catalog,
      RelationEntry relation,
      ColumnEntry column,
      int collation,
      RowSink out) {
    SqlType type = column.type();
    boolean isGone = column.isDropped();
    Acl acl = catalog.columnAcl(relation.oid(), column.number());
    out.set("attrelid", relation.oid())
        .set("attacl", acl == null || isGone ? null : acl.texts(catalog.roles()::name))
        .set("attname", isGone ? droppedName(column.number()) : column.name())
        .set("atttypid", isGone ? 0 : type.oid())
        .set("attstattarget", isGone ? 0 : -1)
        .set("attlen", type.info().typlen())
        .set("attnum", column.number())
        .set("attndims", TypeFacts.isArray(type) ? 1 : 0)
        .set("attcacheoff", -1)
        .set("atttypmod", column.typmod())
        .set("attbyval", TypeFacts.isByValue(type))
        .set("attalign", TypeFacts.align(type))
        .set("attstorage", TypeFacts.storage(type))
        .set("attnotnull", column.isNotNull() && !isGone)
        .set("atthasdef", hasDefault(column))
        .set("attidentity", column.identity())
        .set("attgenerated", column.generated())
        .set("attisdropped", isGone)
        .set("attislocal", true)
        .set("attcollation", collation)
        .end();
  }

  /** Returns the collation of a column; those of views are not always known, their types are. */
  private static int collation(ColumnEntry column) {
    if (column.collation() != 0 || column.type().info().category() != 'S') {
      return column.collation();
    }
    return column.type().oid() == Oids.NAME ? C_COLLATION : DEFAULT_COLLATION;
  }

  private static String droppedName(int number) {
    return "........pg.dropped." + number + "........";
  }

  private static void systemAttributes(RelationEntry relation, RowSink out) {
    for (Object[] column : SYSTEM_COLUMNS) {
      out.set("attrelid", relation.oid())
          .set("attname", column[0])
          .set("attnum", column[1])
          .set("atttypid", column[2])
          .set("attlen", column[3])
          .set("attalign", column[4])
          .set("attcacheoff", -1)
          .set("atttypmod", -1)
          .set("attbyval", !column[0].equals("ctid"))
          .set("attstorage", 'p')
          .set("attnotnull", true)
          .set("attislocal", true)
          .end();
    }
  }

  /** Tells whether a column has a row in {@code pg_attrdef}: identity is no default. */
  static boolean hasDefault(ColumnEntry column) {
    return column.defaultSql() != null && column.identity() == 0 && !column.isDropped();
  }

  /** Returns the oid of a default; there is no such object, so that it is made of its column. */
  static int defaultOid(RelationEntry relation, ColumnEntry column) {
    return 1_000_000_000 + relation.oid() * 1600 + column.number();
  }

  private static void defaults(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      List<ColumnEntry> columns = relation instanceof VirtualTable ? List.of() : relation.columns();
      for (ColumnEntry column : columns) {
        if (hasDefault(column)) {
          out.set("oid", defaultOid(relation, column))
              .set("adrelid", relation.oid())
              .set("adnum", column.number())
              .set("adbin", column.defaultSql())
              .end();
        }
      }
    }
  }

  private static void sequences(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof SequenceEntry s) {
        out.set("seqrelid", s.oid())
            .set("seqtypid", s.typeOid())
            .set("seqstart", s.start())
            .set("seqincrement", s.increment())
            .set("seqmax", s.maximum())
            .set("seqmin", s.minimum())
            .set("seqcache", s.cache())
            .set("seqcycle", s.isCycling())
            .end();
      }
    }
  }
}
