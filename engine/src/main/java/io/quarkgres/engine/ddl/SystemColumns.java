package io.quarkgres.engine.ddl;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Set;

/** The names that every table has columns of, which no statement can change. Thread: any. */
public final class SystemColumns {
  private static final Set<String> NAMES =
      Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  private SystemColumns() {}

  /** Raises 42701 for a new column of such a name. */
  public static void refuseNew(String name) {
    if (NAMES.contains(name)) {
      throw new SqlException(
          SqlState.DUPLICATE_COLUMN,
          "column name \"" + name + "\" conflicts with a system column name");
    }
  }

  /** Raises 0A000 for a change of such a column: to alter, drop or rename it. */
  public static void refuseChange(String verb, String name) {
    if (NAMES.contains(name)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "cannot " + verb + " system column \"" + name + "\"");
    }
  }

  /** Raises 0A000 for such a column where only others may be used. */
  public static void refuseUse(String name, String message) {
    if (NAMES.contains(name)) {
      throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, message);
    }
  }

  /** Raises 0A000 for such a column in an index. */
  public static void refuseIndexed(String name) {
    refuseUse(name, "index creation on system columns is not supported");
  }
}
