package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.session.copy.CopyOptions;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** The columns that COPY is about, and the names of its options. Thread: any. */
final class CopyColumns {
  private CopyColumns() {}

  /** Returns the columns of a list, all that can be copied for an empty one. */
  static List<ColumnEntry> of(RelationEntry relation, List<String> names) {
    List<ColumnEntry> result = new ArrayList<>();
    for (String name : names) {
      ColumnEntry column = RelationLookup.requireColumn(relation, name);
      if (column.generated() != 0) {
        throw new SqlException(
                SqlState.INVALID_COLUMN_REFERENCE, "column \"" + name + "\" is a generated column")
            .withDetail("Generated columns cannot be used in COPY.");
      }
      if (result.contains(column)) {
        throw new SqlException(
            SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" specified more than once");
      }
      result.add(column);
    }
    if (names.isEmpty()) {
      for (ColumnEntry column : relation.columns()) {
        if (!column.isDropped() && column.generated() == 0) {
          result.add(column);
        }
      }
    }
    return result;
  }

  /** Raises 42703 or 42P10 for columns of FORCE options that are not copied. */
  static void requireForced(RelationEntry relation, CopyOptions options, List<String> copied) {
    requireForced(relation, "FORCE_QUOTE", options.forceQuote(), copied);
    requireForced(relation, "FORCE_NOT_NULL", options.forceNotNull(), copied);
    requireForced(relation, "FORCE_NULL", options.forceNull(), copied);
  }

  private static void requireForced(
      RelationEntry relation, String option, List<String> names, List<String> copied) {
    if (names.contains("*")) {
      return;
    }
    for (String name : names) {
      if (relation == null && !copied.contains(name)) {
        throw new SqlException(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist");
      }
      if (relation != null) {
        RelationLookup.requireColumn(relation, name);
      }
      if (!copied.contains(name)) {
        throw new SqlException(
            SqlState.INVALID_COLUMN_REFERENCE,
            option + " column \"" + name + "\" not referenced by COPY");
      }
    }
  }

  /** Returns a name as SQL has it whatever it is. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
