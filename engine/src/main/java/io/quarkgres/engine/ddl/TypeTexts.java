package io.quarkgres.engine.ddl;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The SQL texts of the catalog that name a type, which have to follow when it gets another name or
 * schema. In the texts that the deparser has written a type stands behind two colons, with its
 * schema; views are kept as they were written, so that those which seem to name it are refused.
 * Used by the session's thread.
 */
final class TypeTexts {
  private final DdlContext context;
  private final String before;
  private final String after;
  private final Pattern word;

  private TypeTexts(DdlContext context, TypeEntry before, TypeEntry after) {
    this.context = context;
    this.before = qualified(before);
    this.after = qualified(after);
    this.word = Pattern.compile("(?i)(?<!\\w)" + Pattern.quote(before.name()) + "(?!\\w)");
  }

  private static String qualified(TypeEntry type) {
    return ObjectNaming.quote(type.schema()) + "." + ObjectNaming.quote(type.name());
  }

  /** Makes all texts name a type anew. */
  static void follow(DdlContext context, TypeEntry before, TypeEntry after) {
    new TypeTexts(context, before, after).run();
  }

  private void run() {
    for (RelationEntry relation : List.copyOf(context.catalog().relations())) {
      switch (relation) {
        case TableEntry table -> table(table);
        case IndexEntry index -> index(index);
        case ViewEntry view -> {
          if (word.matcher(view.querySql()).find()) {
            throw DdlErrors.notBuilt("renaming a type that view \"" + view.name() + "\" names");
          }
        }
        case SequenceEntry s -> {}
        case VirtualTable v -> {}
      }
    }
  }

  private void table(TableEntry table) {
    List<ColumnEntry> columns = new ArrayList<>();
    for (ColumnEntry c : table.columns()) {
      columns.add(c.withSource(renamed(c.defaultSql()), c.identity(), c.generated()));
    }
    List<ConstraintEntry> constraints = new ArrayList<>();
    for (ConstraintEntry constraint : table.constraints()) {
      constraints.add(
          constraint instanceof ConstraintEntry.Check c
              ? new ConstraintEntry.Check(
                  c.oid(), c.name(), c.tableOid(), renamed(c.conditionSql()), c.isValidated())
              : constraint);
    }
    if (!columns.equals(table.columns()) || !constraints.equals(table.constraints())) {
      put(table.with(columns, constraints, table.store()));
    }
  }

  private void index(IndexEntry index) {
    List<IndexEntry.Key> keys = new ArrayList<>();
    for (IndexEntry.Key k : index.keys()) {
      keys.add(
          new IndexEntry.Key(
              k.column(),
              renamed(k.expressionSql()),
              k.operatorClass(),
              k.isDefaultClass(),
              k.isDescending(),
              k.nullsFirst()));
    }
    IndexEntry changed =
        index.withKeys(keys, index.columns()).withPredicate(renamed(index.predicateSql()));
    if (!changed.equals(index)) {
      put(changed);
    }
  }

  private void put(RelationEntry relation) {
    context.change(editor -> editor.put(relation));
  }

  private String renamed(String sql) {
    if (sql == null || !sql.contains(before)) {
      return sql;
    }
    StringBuilder result = new StringBuilder();
    char quote = 0;
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (quote == 0 && sql.startsWith("::" + before, i) && endsAt(sql, i + 2 + before.length())) {
        result.append("::").append(after);
        i += 2 + before.length();
        continue;
      }
      if (c == '\'' || c == '"') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
      result.append(c);
      i++;
    }
    return result.toString();
  }

  /** Tells whether a name does not go on at a place. */
  private static boolean endsAt(String sql, int at) {
    return at >= sql.length()
        || !Character.isJavaIdentifierPart(sql.charAt(at)) && sql.charAt(at) != '.';
  }
}
