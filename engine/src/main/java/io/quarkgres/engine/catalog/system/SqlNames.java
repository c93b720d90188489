package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds which columns an expression's SQL text names. Thread: any. */
final class SqlNames {
  /** A string, a quoted name, or a word that is not followed by an opening parenthesis. */
  private static final Pattern WORDS =
      Pattern.compile(
          "'(?:[^']|'')*+'|\"((?:[^\"]|\"\")*+)\"|([\\p{L}_][\\p{L}\\p{N}_$]*+)(?!\\s*\\()");

  private SqlNames() {}

  /** Returns the numbers of the columns that are named, in order. */
  static List<Integer> columnsIn(String sql, RelationEntry relation) {
    TreeSet<Integer> result = new TreeSet<>();
    Matcher words = WORDS.matcher(sql);
    while (words.find()) {
      String quoted = words.group(1);
      String name =
          quoted != null
              ? quoted.replace("\"\"", "\"")
              : words.group(2) == null ? "" : words.group(2).toLowerCase(Locale.ROOT);
      for (ColumnEntry column : relation.columns()) {
        if (!column.isDropped() && column.name().equals(name)) {
          result.add(column.number());
        }
      }
    }
    return List.copyOf(result);
  }
}
