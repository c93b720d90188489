package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.DefinitionPrinter;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.function.EvalContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** {@code information_schema}: constraints and what they are about. Thread: any. */
final class InformationConstraints {
  private InformationConstraints() {}

  static void register(SystemTables t) {
    t.rows("information_schema.table_constraints", InformationConstraints::constraints);
    t.rows("information_schema.key_column_usage", InformationConstraints::keyColumns);
    t.rows("information_schema.referential_constraints", InformationConstraints::references);
    t.live("information_schema.check_constraints", InformationConstraints::checks);
    t.rows("information_schema.constraint_column_usage", InformationConstraints::columnUsage);
    t.rows("information_schema.constraint_table_usage", InformationConstraints::tableUsage);
  }

  private static void each(CatalogVersion catalog, BiConsumer<TableEntry, ConstraintEntry> action) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof TableEntry table) {
        table.constraints().forEach(c -> action.accept(table, c));
      }
    }
  }

  private static RowSink named(
      CatalogVersion catalog, TableEntry table, String constraint, RowSink out) {
    return out.set("constraint_catalog", catalog.databaseName())
        .set("constraint_schema", table.schema())
        .set("constraint_name", constraint);
  }

  private static RowSink on(CatalogVersion catalog, RelationEntry table, RowSink out) {
    return out.set("table_catalog", catalog.databaseName())
        .set("table_schema", table.schema())
        .set("table_name", table.name());
  }

  /** The name PostgreSQL gives the NOT NULL of a column in these views. */
  private static String notNullName(TableEntry table, ColumnEntry column) {
    return table.schemaOid() + "_" + table.oid() + "_" + column.number() + "_not_null";
  }

  private static void constraints(CatalogVersion catalog, EvalContext context, RowSink out) {
    each(
        catalog,
        (table, constraint) -> {
          named(catalog, table, constraint.name(), out);
          on(catalog, table, out)
              .set("is_deferrable", InformationSchema.yes(constraint.isDeferrable()))
              .set("initially_deferred", InformationSchema.yes(constraint.isInitiallyDeferred()));
          switch (constraint) {
            case ConstraintEntry.Check check -> out.set("constraint_type", "CHECK");
            case ConstraintEntry.Key key -> {
              out.set("constraint_type", key.isPrimary() ? "PRIMARY KEY" : "UNIQUE");
              boolean isDistinct =
                  !(catalog.relationByOid(key.indexOid()) instanceof IndexEntry index)
                      || !index.nullsNotDistinct();
              out.set("nulls_distinct", key.isPrimary() ? null : InformationSchema.yes(isDistinct));
            }
            case ConstraintEntry.ForeignKey key -> out.set("constraint_type", "FOREIGN KEY");
          }
          out.set("enforced", "YES").end();
        });
    eachNotNull(
        catalog,
        (table, column) -> {
          named(catalog, table, notNullName(table, column), out);
          on(catalog, table, out)
              .set("constraint_type", "CHECK")
              .set("is_deferrable", "NO")
              .set("initially_deferred", "NO")
              .set("enforced", "YES")
              .end();
        });
  }

  private static void eachNotNull(
      CatalogVersion catalog, BiConsumer<TableEntry, ColumnEntry> action) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof TableEntry table) {
        for (ColumnEntry column : table.columns()) {
          if (column.isNotNull() && !column.isDropped()) {
            action.accept(table, column);
          }
        }
      }
    }
  }

  private static ColumnEntry column(RelationEntry table, int number) {
    return table.columns().stream().filter(c -> c.number() == number).findFirst().orElseThrow();
  }

  private static void keyColumns(CatalogVersion catalog, EvalContext context, RowSink out) {
    each(
        catalog,
        (table, constraint) -> {
          switch (constraint) {
            case ConstraintEntry.Check check -> {}
            case ConstraintEntry.Key key -> {
              for (int i = 0; i < key.columns().size(); i++) {
                named(catalog, table, key.name(), out);
                on(catalog, table, out)
                    .set("column_name", column(table, key.columns().get(i)).name())
                    .set("ordinal_position", i + 1)
                    .end();
              }
            }
            case ConstraintEntry.ForeignKey key -> foreignColumns(catalog, table, key, out);
          }
        });
  }

  private static void foreignColumns(
      CatalogVersion catalog, TableEntry table, ConstraintEntry.ForeignKey key, RowSink out) {
    List<Integer> unique =
        catalog.relationByOid(key.referencedIndex()) instanceof IndexEntry index
            ? index.keys().stream().map(IndexEntry.Key::column).toList()
            : key.referencedColumns();
    for (int i = 0; i < key.columns().size(); i++) {
      named(catalog, table, key.name(), out);
      on(catalog, table, out)
          .set("column_name", column(table, key.columns().get(i)).name())
          .set("ordinal_position", i + 1)
          .set("position_in_unique_constraint", unique.indexOf(key.referencedColumns().get(i)) + 1)
          .end();
    }
  }

  private static void references(CatalogVersion catalog, EvalContext context, RowSink out) {
    each(
        catalog,
        (table, constraint) -> {
          if (constraint instanceof ConstraintEntry.ForeignKey key) {
            named(catalog, table, key.name(), out);
            RelationEntry referenced = catalog.relationByOid(key.referencedTable());
            String unique = uniqueName(referenced, key.referencedIndex());
            if (unique != null) {
              out.set("unique_constraint_catalog", catalog.databaseName())
                  .set("unique_constraint_schema", referenced.schema())
                  .set("unique_constraint_name", unique);
            }
            out.set("match_option", key.isMatchFull() ? "FULL" : "NONE")
                .set("update_rule", key.onUpdate().name().replace('_', ' '))
                .set("delete_rule", key.onDelete().name().replace('_', ' '))
                .end();
          }
        });
  }

  private static String uniqueName(RelationEntry relation, int indexOid) {
    if (relation instanceof TableEntry table) {
      for (ConstraintEntry constraint : table.constraints()) {
        if (constraint instanceof ConstraintEntry.Key key && key.indexOid() == indexOid) {
          return key.name();
        }
      }
    }
    return null;
  }

  private static void checks(CatalogVersion catalog, EvalContext context, RowSink out) {
    DefinitionPrinter definitions = context.service(CatalogServices.class).definitions();
    InformationDomains.checks(catalog, definitions, out);
    // Without the table's name, what tables of one schema have alike is one row.
    Set<List<String>> seen = new HashSet<>();
    each(
        catalog,
        (table, constraint) -> {
          if (constraint instanceof ConstraintEntry.Check check) {
            String clause =
                "(" + definitions.expression(check.conditionSql(), table, false).text() + ")";
            if (seen.add(List.of(table.schema(), check.name(), clause))) {
              named(catalog, table, check.name(), out).set("check_clause", clause).end();
            }
          }
        });
    eachNotNull(
        catalog,
        (table, column) ->
            named(catalog, table, notNullName(table, column), out)
                .set("check_clause", column.name() + " IS NOT NULL")
                .end());
  }

  private static void columnUsage(CatalogVersion catalog, EvalContext context, RowSink out) {
    each(
        catalog,
        (table, constraint) -> {
          RelationEntry target = target(catalog, table, constraint);
          List<Integer> columns =
              switch (constraint) {
                case ConstraintEntry.Check check -> SqlNames.columnsIn(check.conditionSql(), table);
                case ConstraintEntry.Key key -> key.columns();
                case ConstraintEntry.ForeignKey key -> key.referencedColumns();
              };
          for (int number : columns) {
            on(catalog, target, out).set("column_name", column(target, number).name());
            named(catalog, table, constraint.name(), out).end();
          }
        });
  }

  private static RelationEntry target(
      CatalogVersion catalog, TableEntry table, ConstraintEntry constraint) {
    return constraint instanceof ConstraintEntry.ForeignKey key
        ? catalog.relationByOid(key.referencedTable())
        : table;
  }

  private static void tableUsage(CatalogVersion catalog, EvalContext context, RowSink out) {
    each(
        catalog,
        (table, constraint) -> {
          if (!(constraint instanceof ConstraintEntry.Check)) {
            on(catalog, target(catalog, table, constraint), out);
            named(catalog, table, constraint.name(), out).end();
          }
        });
  }
}
