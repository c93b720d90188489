package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.type.TypeRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The indexes of system catalogs, which clients look for: entries without a structure, since the
 * tables are computed. {@code system_indexes.tsv} has one a line: oid, name, table, {@code p} or
 * {@code u} for a primary or unique key, and the keys apart by spaces, each {@code column
 * number:type:operator class:whether that is the default one}. Thread: any.
 */
final class SystemIndexes {
  private SystemIndexes() {}

  static List<IndexEntry> over(List<VirtualTable> tables, TypeRegistry types) {
    Map<Integer, VirtualTable> byOid = new HashMap<>();
    tables.forEach(table -> byOid.put(table.oid(), table));
    List<IndexEntry> result = new ArrayList<>();
    for (String line : Facts.lines("system_indexes")) {
      String[] fields = line.split("\t", -1);
      VirtualTable table = byOid.get(Integer.parseInt(fields[2]));
      if (table != null) {
        result.add(index(fields, table, types));
      }
    }
    return result;
  }

  private static IndexEntry index(String[] fields, VirtualTable table, TypeRegistry types) {
    List<IndexEntry.Key> keys = new ArrayList<>();
    List<ColumnEntry> columns = new ArrayList<>();
    for (String item : fields[4].split(" ")) {
      String[] f = item.split(":");
      ColumnEntry column = table.columns().get(Integer.parseInt(f[0]) - 1);
      keys.add(new IndexEntry.Key(column.number(), null, f[2], f[3].equals("t"), false, false));
      columns.add(
          new ColumnEntry(
              column.name(),
              columns.size() + 1,
              types.byOid(Integer.parseInt(f[1])),
              -1,
              column.collation(),
              false,
              null,
              (char) 0,
              (char) 0,
              false));
    }
    return new IndexEntry(
        Integer.parseInt(fields[0]),
        SystemCatalog.PG_CATALOG,
        table.schema(),
        fields[1],
        table.owner(),
        table.oid(),
        "btree",
        List.copyOf(keys),
        null,
        !fields[3].isEmpty(),
        fields[3].equals("p"),
        false,
        List.of(),
        Map.of(),
        List.copyOf(columns),
        0,
        null);
  }
}
