package io.quarkgres.bench.plan;

import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.function.builtin.BuiltinFunctions;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.storage.memory.MemoryStorageProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A catalog of a few tables without rows, to bind and plan against. Immutable. Thread: any. */
final class Shop {
  private static final int PUBLIC = 2200;
  private static final int OWNER = 10;
  private static final int FIRST_OID = 20_000;

  private static final List<String> TABLES =
      List.of(
          "orders id:int4 customer:int4 product:int4 amount:int4 price:float8 placed:timestamptz",
          "customers id:int4 name:text region:text tier:text",
          "products id:int4 title:text kind:text price:int4",
          "documents id:int8 title:text lang:text score:float8 body:jsonb");

  private final CatalogVersion catalog;

  Shop() {
    Storage storage = new MemoryStorageProvider().open(Map.of());
    TypeRegistry types = BuiltinTypes.registry();
    catalog =
        CatalogVersion.initial(1, "bench", types, BuiltinFunctions.registry())
            .change(editor -> {
              editor.put(new SchemaEntry(11, "pg_catalog", OWNER));
              editor.put(new SchemaEntry(PUBLIC, "public", OWNER));
              for (int i = 0; i < TABLES.size(); i++) {
                editor.put(table(FIRST_OID + i, TABLES.get(i).split(" "), types, storage));
              }
            });
  }

  private static TableEntry table(int oid, String[] words, TypeRegistry types, Storage storage) {
    List<ColumnEntry> columns = new ArrayList<>();
    List<Layout> layouts = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      String[] parts = words[i].split(":");
      SqlType type = types.byName(parts[1]).get(0);
      columns.add(
          new ColumnEntry(parts[0], i, type, -1, 0, false, null, (char) 0, (char) 0, false));
      layouts.add(type.layout());
    }
    return new TableEntry(
        oid,
        PUBLIC,
        "public",
        words[0],
        OWNER,
        'p',
        columns,
        List.of(),
        Map.of(),
        0,
        storage.createTable(layouts));
  }

  CatalogVersion catalog() {
    return catalog;
  }

  BindContext context() {
    return new BindContext(catalog, List.of("public"), "postgres", List.of(), TypeContext.DEFAULT);
  }
}
