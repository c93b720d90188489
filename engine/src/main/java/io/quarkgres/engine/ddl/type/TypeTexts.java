package io.quarkgres.engine.ddl.type;

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
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.DropItem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The SQL texts of the catalog that name a type, which have to follow when it gets another name or
 * schema. In the texts that the deparser has written a type stands behind two colons, with its
 * schema; views are kept as they were written, so that those which seem to name it are refused.
 * Used by the session's thread.
 */
public final class TypeTexts {
  private final DdlContext context;
  private final String before;
  private final String after;
  private final Pattern word;

  /** Looks for texts that name a type. */
  public TypeTexts(DdlContext context, TypeEntry type) {
    this(context, type, type);
  }

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
    for (TypeEntry type : List.copyOf(context.catalog().userTypes())) {
      if (type instanceof TypeEntry.Domain domain) {
        domain(domain);
      }
    }
  }

  private void domain(TypeEntry.Domain domain) {
    List<TypeEntry.Check> checks =
        domain.checks().stream()
            .map(c -> c.with(c.name(), renamed(c.conditionSql()), c.isValidated()))
            .toList();
    TypeEntry.Domain changed =
        domain.with(domain.isNotNull(), renamed(domain.defaultSql())).withChecks(checks);
    if (!changed.equals(domain)) {
      context.change(editor -> editor.put(changed));
    }
  }

  /** Returns the defaults, generated columns, constraints and indexes that name the type. */
  public List<DropItem> users() {
    List<DropItem> result = new ArrayList<>();
    for (RelationEntry relation : context.catalog().relations()) {
      switch (relation) {
        case TableEntry table -> addUsers(table, result);
        case IndexEntry index -> {
          boolean isUser =
              names(index.predicateSql())
                  || index.keys().stream().anyMatch(k -> names(k.expressionSql()));
          if (isUser) {
            result.add(new DropItem.Relation(index));
          }
        }
        case ViewEntry view -> {}
        case SequenceEntry s -> {}
        case VirtualTable v -> {}
      }
    }
    return result;
  }

  private void addUsers(TableEntry table, List<DropItem> out) {
    for (ColumnEntry column : table.columns()) {
      if (names(column.defaultSql())) {
        boolean isGenerated = column.generated() != 0;
        out.add(
            isGenerated ? new DropItem.Column(table, column) : new DropItem.Default(table, column));
      }
    }
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Check c && names(c.conditionSql())) {
        out.add(new DropItem.Constraint(c));
      }
    }
  }

  /** Tells whether a text casts to the type. */
  private boolean names(String sql) {
    return sql != null && !replaced(sql, "").equals(sql);
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
    return sql == null ? null : replaced(sql, after);
  }

  /** Returns a text with other words behind the colons of casts to the type. */
  private String replaced(String sql, String words) {
    if (!sql.contains(before)) {
      return sql;
    }
    StringBuilder result = new StringBuilder();
    char quote = 0;
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (quote == 0 && sql.startsWith("::" + before, i) && endsAt(sql, i + 2 + before.length())) {
        result.append("::").append(words);
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
