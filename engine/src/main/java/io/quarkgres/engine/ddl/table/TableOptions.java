package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ddl.index.IndexOptions;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Storage parameters of tables. Thread: any. */
final class TableOptions {
  private static final Set<String> KNOWN_OPTIONS =
      Set.of("fillfactor", "autovacuum_enabled", "toast_tuple_target", "parallel_workers");

  private TableOptions() {}

  /** Returns parameters by name; raises 22023 for an unknown one. */
  static Map<String, String> of(List<Option> options) {
    IndexOptions.requireDistinct(options);
    Map<String, String> result = new HashMap<>();
    for (Option option : options) {
      String name = option.name().toLowerCase(Locale.ROOT);
      if (option.namespace() == null && !KNOWN_OPTIONS.contains(name)) {
        throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, "unrecognized parameter \"" + option.name() + "\"");
      }
      String value = option.value() == null ? "true" : option.value();
      if (option.namespace() == null && name.equals("fillfactor") && option.value() != null) {
        IndexOptions.check("btree", Map.of(name, value));
      }
      result.put(name, value);
    }
    return result;
  }
}
