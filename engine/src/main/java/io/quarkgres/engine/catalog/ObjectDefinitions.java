package io.quarkgres.engine.catalog;

import static io.quarkgres.engine.catalog.ObjectNaming.quote;

import io.quarkgres.engine.type.DomainType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The SQL text that makes an object again, as {@code pg_get_indexdef} and its like print it.
 * Thread: the statement's.
 */
public final class ObjectDefinitions {
  private ObjectDefinitions() {}

  /** Returns the CREATE INDEX statement of an index; {@code table} is its table's printed name. */
  public static String index(
      CatalogServices services, IndexEntry index, String table, boolean isPretty) {
    CatalogVersion catalog = services.catalog();
    List<String> keys = new ArrayList<>();
    for (IndexEntry.Key key : index.keys()) {
      keys.add(key(services, index, key, isPretty));
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
      RelationEntry relation = catalog.relationByOid(index.tableOid());
      String predicate =
          services.definitions().indexExpression(index.predicateSql(), relation, isPretty).text();
      sql.append(" WHERE ").append(predicate);
    }
    return sql.toString();
  }

  private static String key(
      CatalogServices services, IndexEntry index, IndexEntry.Key key, boolean isPretty) {
    StringBuilder sql = new StringBuilder(keyExpression(services, index, key, isPretty));
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
      CatalogServices services, IndexEntry index, IndexEntry.Key key, boolean isPretty) {
    RelationEntry table = services.catalog().relationByOid(index.tableOid());
    return keyExpression(table, key, services::definitions, isPretty);
  }

  /**
   * Returns the column or the expression of a key of a table's index.
   *
   * @param printer is asked for expressions only
   */
  public static String keyExpression(
      RelationEntry table,
      IndexEntry.Key key,
      Supplier<DefinitionPrinter> printer,
      boolean isPretty) {
    if (key.column() != 0) {
      return columns(table, List.of(key.column()));
    }
    DefinitionPrinter.Printed printed =
        printer.get().indexExpression(key.expressionSql(), table, isPretty);
    return printed.isCall() ? printed.text() : "(" + printed.text() + ")";
  }

  /** Returns a column or an expression of an index, {@code ""} when there is no such column. */
  public static String indexColumn(
      CatalogServices services, IndexEntry index, int number, boolean isPretty) {
    int keys = index.keys().size();
    if (number < 1 || number > keys + index.includedColumns().size()) {
      return "";
    }
    if (number <= keys) {
      return keyExpression(services, index, index.keys().get(number - 1), isPretty);
    }
    int column = index.includedColumns().get(number - keys - 1);
    return columns(services.catalog().relationByOid(index.tableOid()), List.of(column));
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

  /** Returns the constraint clause of a constraint. */
  public static String constraint(
      CatalogServices services, ConstraintEntry constraint, boolean isPretty) {
    CatalogVersion catalog = services.catalog();
    RelationEntry table = catalog.relationByOid(constraint.tableOid());
    return switch (constraint) {
      case ConstraintEntry.Check check -> {
        String bare =
            services.definitions().expression(check.conditionSql(), table, isPretty).text();
        yield "CHECK (" + bare + ")" + (check.isValidated() ? "" : " NOT VALID");
      }
      case ConstraintEntry.Key key -> key(catalog, table, key);
      case ConstraintEntry.ForeignKey key -> foreignKey(services, table, key);
    };
  }

  /** Returns what defines a constraint of a domain, behind its name. */
  public static String constraint(
      CatalogServices services, TypeEntry.Domain domain, TypeEntry.Check check, boolean isPretty) {
    DomainType type = (DomainType) services.catalog().types().byOid(domain.oid());
    String bare =
        services.definitions().domainCondition(check.conditionSql(), type, isPretty).text();
    return "CHECK (" + bare + ")" + (check.isValidated() ? "" : " NOT VALID");
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
}
