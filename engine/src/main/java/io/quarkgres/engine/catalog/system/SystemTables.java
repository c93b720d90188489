package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.ServerState;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.type.TypeRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the virtual tables. {@code system_tables.tsv} has one relation a line: oid, schema, name,
 * relkind, and the columns apart by spaces, each {@code name:type:typmod:collation:notnull}.
 * Thread: any.
 */
public final class SystemTables {
  private final TypeRegistry types;
  private final Map<String, SystemRows.Filler> fixed = new HashMap<>();
  private final Map<String, SystemRows.Filler> kept = new HashMap<>();
  private final Map<String, SystemRows.Filler> live = new HashMap<>();

  private SystemTables(TypeRegistry types, ServerState server) {
    this.types = types;
    RelationTables.register(this);
    ConstraintTables.register(this, server);
    ObjectTables.register(this);
    ExtensionTables.register(this, server);
    ServerTables.register(this, server);
    NamedViews.register(this);
    InformationSchema.register(this);
    InformationConstraints.register(this);
    InformationDomains.register(this);
    InformationPrivileges.register(this);
    InformationTypes.register(this);
  }

  /** Returns the virtual tables of a new database, and what is shown as their indexes. */
  public static List<RelationEntry> make(TypeRegistry types, ServerState server) {
    List<VirtualTable> tables = new SystemTables(types, server).make();
    List<RelationEntry> result = new ArrayList<>(tables);
    result.addAll(SystemIndexes.over(tables, types));
    return result;
  }

  /** Gives a table rows that never change. */
  void fixed(String table, SystemRows.Filler filler) {
    fixed.put(table, filler);
  }

  /** Gives a table rows that change with the catalog version only. */
  void rows(String table, SystemRows.Filler filler) {
    kept.put(table, filler);
  }

  /** Gives a table rows that are computed whenever they are read. */
  void live(String table, SystemRows.Filler filler) {
    live.put(table, filler);
  }

  private List<VirtualTable> make() {
    return Recorded.RELATIONS.stream().map(this::table).toList();
  }

  private VirtualTable table(Recorded.Relation relation) {
    boolean isCatalog = relation.schema().equals("pg_catalog");
    String name = relation.name();
    String key = isCatalog ? name : relation.schema() + "." + name;
    List<ColumnEntry> columns = relation.columns().stream().map(this::column).toList();
    SystemRows.Filler always = fixed.get(key);
    if (always == null && relation.hasRows()) {
      always = (catalog, context, out) -> Facts.fill(name, out);
    }
    boolean isLive = live.containsKey(key);
    SystemRows.Filler filler = isLive ? live.get(key) : kept.get(key);
    return new VirtualTable(
        relation.oid(),
        isCatalog ? SystemCatalog.PG_CATALOG : SystemCatalog.INFORMATION_SCHEMA,
        relation.schema(),
        name,
        relation.kind(),
        columns,
        new SystemRows(columns, always, filler, !isLive));
  }

  private ColumnEntry column(Recorded.Column column) {
    return new ColumnEntry(
        column.name(),
        column.number(),
        types.byOid(column.type()),
        column.typmod(),
        column.collation(),
        column.isNotNull(),
        null,
        (char) 0,
        (char) 0,
        false);
  }

  /** The lines, read once: a server starts with three databases. */
  private static final class Recorded {
    /** A table or view of the system. */
    record Relation(
        int oid, String schema, String name, char kind, boolean hasRows, List<Column> columns) {}

    /** A column of one. */
    record Column(
        String name, int number, int type, int typmod, int collation, boolean isNotNull) {}

    static final List<Relation> RELATIONS =
        Facts.lines("system_tables").stream().map(Recorded::relation).toList();

    private static Relation relation(String line) {
      String[] fields = line.split("\t");
      return new Relation(
          Integer.parseInt(fields[0]),
          fields[1],
          fields[2],
          fields[3].charAt(0),
          fields[1].equals("pg_catalog") && Facts.has(fields[2]),
          columns(fields[4]));
    }

    private static List<Column> columns(String list) {
      List<Column> result = new ArrayList<>();
      for (String item : list.split(" ")) {
        String[] f = item.split(":");
        result.add(
            new Column(
                f[0],
                result.size() + 1,
                Integer.parseInt(f[1]),
                Integer.parseInt(f[2]),
                Integer.parseInt(f[3]),
                f[4].equals("t")));
      }
      return List.copyOf(result);
    }
  }
}
