package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.DefinitionPrinter;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.ServerState;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.OperatorDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code pg_index} and {@code pg_constraint}. Thread: any. */
final class ConstraintTables {
  private static final int DEFAULT_COLLATION = 100;

  private ConstraintTables() {}

  static void register(SystemTables t, ServerState server) {
    t.rows("pg_index", (catalog, context, out) -> indexes(catalog, server, out));
    t.rows("pg_constraint", ConstraintTables::constraints);
  }

  private static void indexes(CatalogVersion catalog, ServerState server, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof IndexEntry index) {
        index(catalog, index, server, out);
      }
    }
  }

  private static void index(
      CatalogVersion catalog, IndexEntry index, ServerState server, RowSink out) {
    List<Integer> keys = new ArrayList<>();
    List<Integer> collations = new ArrayList<>();
    List<Integer> classes = new ArrayList<>();
    List<Integer> options = new ArrayList<>();
    for (int i = 0; i < index.keys().size(); i++) {
      IndexEntry.Key key = index.keys().get(i);
      keys.add(key.column());
      collations.add(collation(catalog, index, i));
      classes.add(operatorClass(server, index.method(), key.operatorClass()));
      options.add((key.isDescending() ? 1 : 0) | (key.nullsFirst() ? 2 : 0));
    }
    keys.addAll(index.includedColumns());
    String expressions =
        index.keys().stream()
            .map(IndexEntry.Key::expressionSql)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    out.set("indexrelid", index.oid())
        .set("indrelid", index.tableOid())
        .set("indnatts", keys.size())
        .set("indnkeyatts", index.keys().size())
        .set("indisunique", index.isUnique())
        .set("indnullsnotdistinct", index.nullsNotDistinct())
        .set("indisprimary", index.isPrimary())
        .set("indimmediate", !index.isDeferrable())
        .set("indisvalid", true)
        .set("indisready", true)
        .set("indislive", true)
        .set("indkey", Texts.spaced(keys))
        .set("indcollation", Texts.spaced(collations))
        .set("indclass", Texts.spaced(classes))
        .set("indoption", Texts.spaced(options))
        .set(
            "indexprs",
            expressions.isEmpty() ? null : DefinitionPrinter.LIST + "(" + expressions + ")")
        .set("indpred", index.predicateSql())
        .end();
  }

  /** Returns the collation of a key of an index. */
  static int collation(CatalogVersion catalog, IndexEntry index, int i) {
    int number = index.keys().get(i).column();
    for (ColumnEntry column : catalog.relationByOid(index.tableOid()).columns()) {
      if (column.number() == number) {
        return column.collation();
      }
    }
    // an expression of a text type has the default collation
    boolean isText =
        i < index.columns().size() && index.columns().get(i).type().info().category() == 'S';
    return isText ? DEFAULT_COLLATION : 0;
  }

  private static int operatorClass(ServerState server, String method, String name) {
    for (Extension.OperatorClass c : server.operatorClasses()) {
      if (c.method().equals(method) && c.name().equals(name)) {
        return c.oid();
      }
    }
    return AccessMethods.operatorClass(method, name);
  }

  private static void constraints(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof TableEntry table) {
        table.constraints().forEach(c -> constraint(catalog, table, c, out));
      }
    }
    for (TypeEntry type : catalog.userTypes()) {
      if (type instanceof TypeEntry.Domain domain) {
        domain.checks().forEach(c -> constraint(domain, c, out));
      }
    }
  }

  private static void constraint(TypeEntry.Domain domain, TypeEntry.Check check, RowSink out) {
    out.set("oid", check.oid())
        .set("conname", check.name())
        .set("connamespace", domain.schemaOid())
        .set("contype", 'c')
        .set("contypid", domain.oid())
        .set("convalidated", check.isValidated())
        .set("confupdtype", ' ')
        .set("confdeltype", ' ')
        .set("confmatchtype", ' ')
        .set("conislocal", true)
        .set("connoinherit", false)
        .set("conbin", check.conditionSql())
        .end();
  }

  private static void constraint(
      CatalogVersion catalog, TableEntry table, ConstraintEntry constraint, RowSink out) {
    out.set("oid", constraint.oid())
        .set("conname", constraint.name())
        .set("connamespace", table.schemaOid())
        .set("conrelid", table.oid())
        .set("condeferrable", constraint.isDeferrable())
        .set("condeferred", constraint.isInitiallyDeferred())
        .set("convalidated", true)
        .set("confupdtype", ' ')
        .set("confdeltype", ' ')
        .set("confmatchtype", ' ')
        .set("conislocal", true)
        .set("connoinherit", true);
    switch (constraint) {
      case ConstraintEntry.Check check ->
          out.set("contype", 'c')
              .set("convalidated", check.isValidated())
              .set("connoinherit", false)
              .set("conkey", numbersOrNull(SqlNames.columnsIn(check.conditionSql(), table)))
              .set("conbin", check.conditionSql());
      case ConstraintEntry.Key key ->
          out.set("contype", key.isPrimary() ? 'p' : 'u')
              .set("conkey", Texts.numbers(key.columns()))
              .set("conindid", key.indexOid());
      case ConstraintEntry.ForeignKey key -> foreignKey(catalog, table, key, out);
    }
    out.end();
  }

  private static String numbersOrNull(List<Integer> numbers) {
    return numbers.isEmpty() ? null : Texts.numbers(numbers);
  }

  private static void foreignKey(
      CatalogVersion catalog, TableEntry table, ConstraintEntry.ForeignKey key, RowSink out) {
    RelationEntry referenced = catalog.relationByOid(key.referencedTable());
    List<Integer> across = new ArrayList<>();
    List<Integer> there = new ArrayList<>();
    List<Integer> here = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      int from = type(table, key.columns().get(i));
      int to = type(referenced, key.referencedColumns().get(i));
      across.add(equality(catalog, to, from));
      there.add(equality(catalog, to, to));
      here.add(equality(catalog, from, from));
    }
    out.set("contype", 'f')
        .set("convalidated", key.isValidated())
        .set("conindid", key.referencedIndex())
        .set("confrelid", key.referencedTable())
        .set("confupdtype", action(key.onUpdate()))
        .set("confdeltype", action(key.onDelete()))
        .set("confmatchtype", key.isMatchFull() ? 'f' : 's')
        .set("confdelsetcols", key.setColumns().isEmpty() ? null : Texts.numbers(key.setColumns()))
        .set("conkey", Texts.numbers(key.columns()))
        .set("confkey", Texts.numbers(key.referencedColumns()))
        .set("conpfeqop", Texts.numbers(across))
        .set("conppeqop", Texts.numbers(there))
        .set("conffeqop", Texts.numbers(here));
  }

  private static int type(RelationEntry relation, int number) {
    for (ColumnEntry column : relation.columns()) {
      if (column.number() == number) {
        return column.type().oid();
      }
    }
    return 0;
  }

  private static int equality(CatalogVersion catalog, int left, int right) {
    for (OperatorDef operator : catalog.functions().operators("=")) {
      if (operator.left() == left && operator.right() == right) {
        return operator.oid();
      }
    }
    return 0;
  }

  private static char action(ConstraintEntry.Action action) {
    return switch (action) {
      case NO_ACTION -> 'a';
      case RESTRICT -> 'r';
      case CASCADE -> 'c';
      case SET_NULL -> 'n';
      case SET_DEFAULT -> 'd';
    };
  }
}
