package io.quarkgres.engine.catalog;

import static io.quarkgres.engine.catalog.ObjectNaming.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The SQL text that makes an object again, as {@code pg_get_indexdef} and its like print it.
 * Expressions stand as the catalog has them. Thread: any.
 */
public final class ObjectDefinitions {
  private ObjectDefinitions() {}

  /** Returns the CREATE INDEX statement of an index; {@code table} is its table's printed name. */
  public static String index(
      CatalogVersion catalog, IndexEntry index, String table, boolean isPretty) {
    List<String> keys = new ArrayList<>();
    for (IndexEntry.Key key : index.keys()) {
      keys.add(key(catalog, index, key, isPretty));
    }
    StringBuilder sql = new StringBuilder("CREATE ");
    sql.append(index.isUnique() ? "UNIQUE INDEX " : "INDEX ").append(quote(index.name()));
    sql.append(" ON ").append(table).append(" USING ").append(quote(index.method()));
    sql.append(" (").append(String.join(", ", keys)).append(')');
    if (!index.includedColumns().isEmpty()) {
      RelationEntry relation = catalog.relationByOid(index.tableOid());
      sql.append(" INCLUDE (").append(columns(relation, index.includedColumns())).append(')');
    }
    if (index.nullsNotDistinct()) {
      sql.append(" NULLS NOT DISTINCT");
    }
    if (!index.options().isEmpty()) {
      sql.append(" WITH (").append(options(index.options())).append(')');
    }
    if (index.predicateSql() != null) {
      sql.append(" WHERE ").append(condition(index.predicateSql(), isPretty));
    }
    return sql.toString();
  }

  private static String key(
      CatalogVersion catalog, IndexEntry index, IndexEntry.Key key, boolean isPretty) {
    StringBuilder sql = new StringBuilder(keyExpression(catalog, index, key, isPretty));
    boolean isShown =
        !key.isDefaultClass()
            || key.operatorClass().endsWith("_pattern_ops")
            || key.operatorClass().equals("varchar_ops");
    if (isShown) {
      sql.append(' ').append(quote(key.operatorClass()));
    }
    if (key.isDescending()) {
      sql.append(key.nullsFirst() ? " DESC" : " DESC NULLS LAST");
    } else if (key.nullsFirst()) {
      sql.append(" NULLS FIRST");
    }
    return sql.toString();
  }

  private static String keyExpression(
      CatalogVersion catalog, IndexEntry index, IndexEntry.Key key, boolean isPretty) {
    if (key.column() != 0) {
      return columns(catalog.relationByOid(index.tableOid()), List.of(key.column()));
    }
    String expression = condition(key.expressionSql(), isPretty);
    return isCall(expression) ? expression : "(" + expression + ")";
  }

  /** Returns a column or an expression of an index, {@code ""} when there is no such column. */
  public static String indexColumn(
      CatalogVersion catalog, IndexEntry index, int number, boolean isPretty) {
    int keys = index.keys().size();
    if (number < 1 || number > keys + index.includedColumns().size()) {
      return "";
    }
    if (number <= keys) {
      return keyExpression(catalog, index, index.keys().get(number - 1), isPretty);
    }
    int column = index.includedColumns().get(number - keys - 1);
    return columns(catalog.relationByOid(index.tableOid()), List.of(column));
  }

  private static String options(Map<String, String> options) {
    return options.entrySet().stream()
        .map(e -> quote(e.getKey()) + "=" + optionValue(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String optionValue(String value) {
    return quote(value).equals(value) && !value.isEmpty() && !Character.isDigit(value.charAt(0))
        ? value
        : "'" + value.replace("'", "''") + "'";
  }

  private static String columns(RelationEntry relation, List<Integer> numbers) {
    List<String> names = new ArrayList<>();
    for (int number : numbers) {
      for (ColumnEntry column : relation.columns()) {
        if (column.number() == number) {
          names.add(quote(column.name()));
        }
      }
    }
    return String.join(", ", names);
  }

  private static String condition(String sql, boolean isPretty) {
    return isPretty ? pretty(sql) : sql;
  }

  /** Returns the constraint clause of a constraint. */
  public static String constraint(
      CatalogServices services, ConstraintEntry constraint, boolean isPretty) {
    CatalogVersion catalog = services.catalog();
    RelationEntry table = catalog.relationByOid(constraint.tableOid());
    return switch (constraint) {
      case ConstraintEntry.Check check -> {
        String bare = condition(check.conditionSql(), isPretty);
        yield "CHECK (" + bare + ")" + (check.isValidated() ? "" : " NOT VALID");
      }
      case ConstraintEntry.Key key -> key(catalog, table, key);
      case ConstraintEntry.ForeignKey key -> foreignKey(services, table, key);
    };
  }

  private static String key(CatalogVersion catalog, RelationEntry table, ConstraintEntry.Key key) {
    String sql = key.isPrimary() ? "PRIMARY KEY " : "UNIQUE ";
    String included = "";
    if (catalog.relationByOid(key.indexOid()) instanceof IndexEntry index) {
      sql += index.nullsNotDistinct() ? "NULLS NOT DISTINCT " : "";
      if (!index.includedColumns().isEmpty()) {
        included = " INCLUDE (" + columns(table, index.includedColumns()) + ")";
      }
    }
    return sql + "(" + columns(table, key.columns()) + ")" + included + deferral(key);
  }

  private static String foreignKey(
      CatalogServices services, RelationEntry table, ConstraintEntry.ForeignKey key) {
    RelationEntry referenced = services.catalog().relationByOid(key.referencedTable());
    return "FOREIGN KEY ("
        + columns(table, key.columns())
        + ") REFERENCES "
        + ObjectNaming.relationName(services, referenced)
        + "("
        + columns(referenced, key.referencedColumns())
        + ")"
        + (key.isMatchFull() ? " MATCH FULL" : "")
        + action(" ON UPDATE ", key.onUpdate())
        + action(" ON DELETE ", key.onDelete())
        + (key.setColumns().isEmpty() ? "" : " (" + columns(table, key.setColumns()) + ")")
        + deferral(key)
        + (key.isValidated() ? "" : " NOT VALID");
  }

  private static String deferral(ConstraintEntry constraint) {
    return (constraint.isDeferrable() ? " DEFERRABLE" : "")
        + (constraint.isInitiallyDeferred() ? " INITIALLY DEFERRED" : "");
  }

  private static String action(String when, ConstraintEntry.Action action) {
    return action == ConstraintEntry.Action.NO_ACTION ? "" : when + action.name().replace('_', ' ');
  }

  /** Returns a view's query as {@code pg_get_viewdef} ends it. */
  public static String view(ViewEntry view) {
    String query = view.querySql().strip();
    return " " + (query.endsWith(";") ? query : query + ";");
  }

  /** The default of a serial column; the name within is a {@code regclass}. */
  private static final Pattern NEXTVAL = Pattern.compile("nextval\\('((?:[^']|'')*)'::regclass\\)");

  /** Returns an expression's text, the name of a sequence printed as the search path asks. */
  public static String expression(CatalogServices services, String sql, boolean isPretty) {
    Matcher nextval = NEXTVAL.matcher(sql);
    if (nextval.matches()) {
      String name = nextval.group(1).replace("''", "'");
      Integer oid = ObjectNaming.find(services, "regclass", name);
      if (oid != null) {
        String shown = ObjectNaming.relationName(services, services.catalog().relationByOid(oid));
        return "nextval('" + shown.replace("'", "''") + "'::regclass)";
      }
    }
    return isPretty ? pretty(sql) : sql;
  }

  /** Parentheses around what a cast follows and that is one word or number. */
  private static final Pattern CAST_WORD = Pattern.compile("(?<!\\w)\\((\\w+)\\)::");

  /** Takes away the parentheses that nobody needs to see. */
  private static String pretty(String sql) {
    String bare = CAST_WORD.matcher(withoutParentheses(sql)).replaceAll("$1::");
    for (String word : new String[] {" AND ", " OR "}) {
      List<String> parts = parts(bare, word);
      if (parts.size() > 1) {
        return parts.stream()
            .map(part -> isOperand(part) ? withoutParentheses(part) : part)
            .collect(Collectors.joining(word));
      }
    }
    return bare;
  }

  /** Tells whether a part of AND or OR is neither of them itself. */
  private static boolean isOperand(String part) {
    String bare = withoutParentheses(part);
    return parts(bare, " AND ").size() == 1 && parts(bare, " OR ").size() == 1;
  }

  /** Splits at a word that stands outside of parentheses and quotes. */
  private static List<String> parts(String sql, String word) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '(') {
        int close = closing(sql, i);
        i = close < 0 ? sql.length() : close;
      } else if (c == '\'' || c == '"') {
        int close = sql.indexOf(c, i + 1);
        i = close < 0 ? sql.length() : close;
      } else if (sql.startsWith(word, i)) {
        parts.add(sql.substring(start, i));
        start = i + word.length();
        i = start - 1;
      }
    }
    parts.add(sql.substring(start));
    return parts;
  }

  /** Takes away parentheses around a whole expression. */
  public static String withoutParentheses(String sql) {
    String text = sql.strip();
    while (text.startsWith("(") && closing(text, 0) == text.length() - 1) {
      text = text.substring(1, text.length() - 1).strip();
    }
    return text;
  }

  /** Tells whether an expression is one function call. */
  private static boolean isCall(String text) {
    int open = 0;
    while (open < text.length()
        && (Character.isLetterOrDigit(text.charAt(open)) || "_.".indexOf(text.charAt(open)) >= 0)) {
      open++;
    }
    return open > 0
        && open < text.length()
        && text.charAt(open) == '('
        && closing(text, open) == text.length() - 1;
  }

  /** Returns where the parenthesis at {@code open} closes, -1 when it does not. */
  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = text.indexOf(c, i + 1);
        if (i < 0) {
          return -1;
        }
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
