package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.json.JsonSlice;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.kernel.RowFunction;
import io.quarkgres.engine.function.set.ColumnsCursor;
import io.quarkgres.engine.type.json.JsonPathForms;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The functions that evaluate a path. Thread: any. */
public final class JsonPathFunctions {
  private static final int CACHE_MAX = 500;
  private static final int CACHED_LENGTH_MAX = 1_000;
  private static final ConcurrentHashMap<String, JsonPath> CACHE = new ConcurrentHashMap<>();
  private static final JsonSlice NO_VARIABLES = new JsonSlice(new byte[] {'{', '}'}, 0, 2);

  private JsonPathFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    for (boolean hasZone : new boolean[] {false, true}) {
      String end = hasZone ? "_tz" : "";
      t.row("jsonb_path_exists" + end, (r, o) -> exists(r, o, hasZone, silent(r)));
      t.row("jsonb_path_match" + end, (r, o) -> match(r, o, hasZone, silent(r)));
      t.row("jsonb_path_query_array" + end, queryArray(hasZone));
      t.row("jsonb_path_query_first" + end, queryFirst(hasZone));
      t.set(
          "jsonb_path_query" + end,
          (c, a, p, x) -> {
            Row row = new Row(c, a, x);
            row.moveTo(p);
            BytesBuilder out = new BytesBuilder(16);
            for (Item item : query(row, hasZone)) {
              JsonSlice slice = item.slice();
              out.append(slice.text(), slice.start(), slice.length());
            }
            return new ColumnsCursor(out.build());
          });
    }
    t.row("jsonb_path_exists_opr", (r, o) -> exists(r, o, false, true));
    t.row("jsonb_path_match_opr", (r, o) -> match(r, o, false, true));
  }

  /** Returns what the type needs to know of the language. */
  public static JsonPathForms forms() {
    return new JsonPathForms() {
      @Override
      public String stored(String text) {
        return JsonPath.parse(text).exactText();
      }

      @Override
      public String printed(String stored) {
        return path(stored).toString();
      }
    };
  }

  private static JsonPath path(String text) {
    JsonPath cached = CACHE.get(text);
    if (cached == null) {
      cached = JsonPath.parse(text);
      if (text.length() <= CACHED_LENGTH_MAX) {
        if (CACHE.size() >= CACHE_MAX) {
          CACHE.clear();
        }
        CACHE.put(text, cached);
      }
    }
    return cached;
  }

  private static boolean silent(Row r) {
    return r.bool(3);
  }

  private static PathRun run(Row r, boolean hasZone, boolean isSilent) {
    Variables variables = new Variables(r.count() > 2 ? JsonSlice.of(r, 2) : NO_VARIABLES);
    ZoneId zone = hasZone ? r.context().types().zone() : null;
    return new PathRun(
        path(r.text(1)), JsonSlice.of(r, 0), variables, isSilent, zone, r.context().interruption());
  }

  private static void exists(Row r, Out o, boolean hasZone, boolean isSilent) {
    switch (run(r, hasZone, isSilent).run(null)) {
      case FOUND -> o.bool(true);
      case NOTHING -> o.bool(false);
      case ERROR -> o.sqlNull();
    }
  }

  private static void match(Row r, Out o, boolean hasZone, boolean isSilent) {
    List<Item> found = new ArrayList<>();
    run(r, hasZone, isSilent).run(found);
    if (found.size() == 1) {
      JsonSlice only = found.get(0).slice();
      if (found.get(0).kind() == JsonSlice.Kind.BOOLEAN) {
        o.bool(only.text()[only.start()] == 't');
        return;
      }
      if (found.get(0).kind() == JsonSlice.Kind.NULL) {
        o.sqlNull();
        return;
      }
    }
    if (!isSilent) {
      throw new SqlException(
          SqlState.SINGLETON_SQL_JSON_ITEM_REQUIRED, "single boolean result is expected");
    }
    o.sqlNull();
  }

  /** Returns all results; of a silent evaluation, those before an error. */
  private static List<Item> query(Row r, boolean hasZone) {
    List<Item> found = new ArrayList<>();
    run(r, hasZone, silent(r)).run(found);
    return found;
  }

  private static RowFunction queryArray(boolean hasZone) {
    return (r, o) -> {
      ByteSink out = new ByteSink(64);
      out.put('[');
      String separator = "";
      for (Item item : query(r, hasZone)) {
        out.putAscii(separator);
        separator = ", ";
        item.slice().append(out);
      }
      out.put(']');
      o.bytes(out);
    };
  }

  private static RowFunction queryFirst(boolean hasZone) {
    return (r, o) -> {
      List<Item> found = query(r, hasZone);
      if (found.isEmpty()) {
        o.sqlNull();
      } else {
        JsonSlice first = found.get(0).slice();
        o.bytes(first.text(), first.start(), first.length());
      }
    };
  }
}
