package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.BoundStatement;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** DROP, with what depends on what is dropped. Used by the session's thread. */
final class DropDdl {
  private final DdlContext context;
  private final ExtensionDdl extensions;

  DropDdl(DdlContext context, ExtensionDdl extensions) {
    this.context = context;
    this.extensions = extensions;
  }

  String drop(ObjectStatement.Drop s) {
    return switch (s.kind()) {
      case TABLE, VIEW, INDEX, SEQUENCE -> dropRelations(s);
      case SCHEMA -> dropSchemas(s);
      case EXTENSION -> dropExtensions(s);
      default -> dropUnknown(s);
    };
  }

  /** There can be no object of such a kind yet. */
  private String dropUnknown(ObjectStatement.Drop s) {
    String tag = "DROP " + s.kind().word().toUpperCase(java.util.Locale.ROOT);
    for (ObjectName name : s.names()) {
      String shown = shown(name);
      String message =
          name instanceof ObjectName.Within within
              ? s.kind().word()
                  + " \""
                  + within.name()
                  + "\" for relation \""
                  + within.owner()
                  + "\" does not exist"
              : s.kind().word() + " \"" + shown + "\" does not exist";
      if (!s.isIfExists()) {
        throw new SqlException(SqlState.UNDEFINED_OBJECT, message);
      }
      context.notice("NOTICE", "00000", message + ", skipping");
    }
    return tag;
  }

  private static String shown(ObjectName name) {
    return switch (name) {
      case ObjectName.Plain n -> n.name().toString();
      case ObjectName.Type n -> n.type().name().toString();
      case ObjectName.Routine n -> n.name().toString();
      case ObjectName.Within n -> n.name();
      case ObjectName.Column n -> n.column();
    };
  }

  private String dropExtensions(ObjectStatement.Drop s) {
    for (ObjectName name : s.names()) {
      String extension = shown(name);
      if (context.catalog().extension(extension) == null) {
        String message = "extension \"" + extension + "\" does not exist";
        if (!s.isIfExists()) {
          throw new SqlException(SqlState.UNDEFINED_OBJECT, message);
        }
        context.notice("NOTICE", "00000", message + ", skipping");
      } else {
        extensions.drop(extension, s.isCascade());
      }
    }
    return "DROP EXTENSION";
  }

  // Relations.

  private String dropRelations(ObjectStatement.Drop s) {
    Map<Integer, RelationEntry> targets = new LinkedHashMap<>();
    for (ObjectName name : s.names()) {
      QualifiedName written = ((ObjectName.Plain) name).name();
      RelationEntry relation = context.find(written);
      if (relation == null) {
        missing(s, written);
      } else {
        requireKind(s.kind(), relation);
        targets.put(relation.oid(), relation);
      }
    }
    dropAll(targets, s.isCascade());
    return "DROP " + s.kind().word().toUpperCase(java.util.Locale.ROOT);
  }

  private void missing(ObjectStatement.Drop s, QualifiedName name) {
    String word = s.kind().word();
    if (name.schema() != null && context.catalog().schema(name.schema()) == null) {
      if (!s.isIfExists()) {
        throw DdlErrors.undefinedSchema(name.schema());
      }
      context.notice(
          "NOTICE", "00000", "schema \"" + name.schema() + "\" does not exist, skipping");
      return;
    }
    String shown = name.schema() == null ? name.name() : name.toString();
    if (!s.isIfExists()) {
      SqlState state =
          s.kind() == ObjectKind.INDEX ? SqlState.UNDEFINED_OBJECT : SqlState.UNDEFINED_TABLE;
      throw new SqlException(state, word + " \"" + shown + "\" does not exist");
    }
    context.notice("NOTICE", "00000", word + " \"" + shown + "\" does not exist, skipping");
  }

  private void requireKind(ObjectKind kind, RelationEntry relation) {
    boolean isRight =
        switch (relation) {
          case TableEntry t -> kind == ObjectKind.TABLE;
          case ViewEntry v -> kind == ObjectKind.VIEW;
          case IndexEntry i -> kind == ObjectKind.INDEX;
          case SequenceEntry q -> kind == ObjectKind.SEQUENCE;
          case io.quarkgres.engine.catalog.VirtualTable v -> throw systemObject(relation);
        };
    if (!isRight) {
      String article = kind == ObjectKind.INDEX ? "an" : "a";
      String real =
          switch (relation) {
            case TableEntry t -> "TABLE to remove a table";
            case ViewEntry v -> "VIEW to remove a view";
            case IndexEntry i -> "INDEX to remove an index";
            case SequenceEntry q -> "SEQUENCE to remove a sequence";
            case io.quarkgres.engine.catalog.VirtualTable v -> "TABLE to remove a table";
          };
      throw DdlErrors.wrongKind(relation.name(), kind.word(), article)
          .withHint("Use DROP " + real + ".");
    }
    if (relation instanceof IndexEntry index) {
      refuseConstraintIndex(index);
    }
  }

  private static SqlException systemObject(RelationEntry relation) {
    return new SqlException(
        SqlState.INSUFFICIENT_PRIVILEGE,
        "permission denied: \"" + relation.name() + "\" is a system catalog");
  }

  private void refuseConstraintIndex(IndexEntry index) {
    TableEntry table = (TableEntry) context.catalog().relationByOid(index.tableOid());
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Key key && key.indexOid() == index.oid()) {
        throw new SqlException(
            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
            "cannot drop index "
                + context.shown(index)
                + " because constraint "
                + key.name()
                + " on table "
                + context.shown(table)
                + " requires it",
            null,
            "You can drop constraint "
                + key.name()
                + " on table "
                + context.shown(table)
                + " instead.");
      }
    }
  }

  /** What depends on a set of relations and is not one of them. */
  private record Dependent(
      String what, String onWhat, RelationEntry relation, ConstraintEntry key) {}

  /** Drops relations; what depends on them goes, too, or is an error. */
  void dropAll(Map<Integer, RelationEntry> targets, boolean isCascade) {
    targets.values().forEach(this::lock);
    Map<Integer, RelationEntry> all = new LinkedHashMap<>(targets);
    Set<ConstraintEntry> keys = new LinkedHashSet<>();
    List<Dependent> dependents = new ArrayList<>();
    List<RelationEntry> queue = new ArrayList<>(targets.values());
    for (int i = 0; i < queue.size(); i++) {
      for (Dependent d : dependentsOf(queue.get(i), all)) {
        boolean isNew =
            d.key() != null ? keys.add(d.key()) : all.put(d.relation().oid(), d.relation()) == null;
        if (isNew) {
          dependents.add(d);
          if (d.relation() != null && d.key() == null) {
            lock(d.relation());
            queue.add(d.relation());
          }
        }
      }
    }
    if (!dependents.isEmpty()) {
      report(targets, dependents, isCascade);
    }
    remove(all, keys);
  }

  private void lock(RelationEntry relation) {
    int oid = relation instanceof IndexEntry index ? index.tableOid() : relation.oid();
    context.lock(oid, LockMode.ACCESS_EXCLUSIVE);
  }

  private void report(
      Map<Integer, RelationEntry> targets, List<Dependent> dependents, boolean isCascade) {
    if (isCascade) {
      if (dependents.size() == 1) {
        context.notice("NOTICE", "00000", "drop cascades to " + dependents.get(0).what());
      } else {
        List<String> cascades = new ArrayList<>();
        dependents.forEach(d -> cascades.add("drop cascades to " + d.what()));
        context.notice(
            "NOTICE",
            "00000",
            "drop cascades to " + dependents.size() + " other objects",
            String.join("\n", cascades));
      }
      return;
    }
    List<String> lines = new ArrayList<>();
    for (Dependent d : dependents) {
      lines.add(d.what() + " depends on " + d.onWhat());
    }
    String subject =
        targets.size() == 1
            ? "cannot drop "
                + describe(targets.values().iterator().next())
                + " because other objects depend on it"
            : "cannot drop desired object(s) because other objects depend on them";
    throw new SqlException(
        SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
        subject,
        String.join("\n", lines),
        "Use DROP ... CASCADE to drop the dependent objects too.");
  }

  private String describe(RelationEntry relation) {
    String word =
        switch (relation) {
          case TableEntry t -> "table ";
          case ViewEntry v -> "view ";
          case IndexEntry i -> "index ";
          case SequenceEntry s -> "sequence ";
          case io.quarkgres.engine.catalog.VirtualTable v -> "view ";
        };
    return word + context.shown(relation);
  }

  private List<Dependent> dependentsOf(
      RelationEntry relation, Map<Integer, RelationEntry> dropped) {
    CatalogVersion catalog = context.catalog();
    List<Dependent> result = new ArrayList<>();
    for (ConstraintEntry reference : catalog.referencesTo(relation.oid())) {
      if (!dropped.containsKey(reference.tableOid())) {
        RelationEntry owner = catalog.relationByOid(reference.tableOid());
        result.add(
            new Dependent(
                "constraint " + reference.name() + " on table " + context.shown(owner),
                describe(relation),
                owner,
                reference));
      }
    }
    for (RelationEntry other : catalog.relations()) {
      if (other instanceof ViewEntry view
          && !dropped.containsKey(view.oid())
          && uses(view, relation.oid())) {
        result.add(new Dependent(describe(view), describe(relation), view, null));
      } else if (relation instanceof SequenceEntry sequence
          && other instanceof TableEntry table
          && !dropped.containsKey(table.oid())) {
        addDefaults(sequence, table, result);
      }
    }
    return result;
  }

  private void addDefaults(SequenceEntry sequence, TableEntry table, List<Dependent> out) {
    for (io.quarkgres.engine.catalog.ColumnEntry column : table.columns()) {
      boolean isUser =
          column.defaultSql() != null
              && !column.isDropped()
              && column.defaultSql().startsWith("nextval('")
              && column.defaultSql().contains(sequence.name());
      if (isUser) {
        out.add(
            new Dependent(
                "default value for column " + column.name() + " of table " + context.shown(table),
                describe(sequence),
                table,
                new ConstraintEntry.Check(-column.number(), column.name(), table.oid(), "", true)));
      }
    }
  }

  /** Tells whether a view's query, views in it included, uses a relation. */
  boolean uses(ViewEntry view, int oid) {
    try {
      Set<Integer> direct = used(view);
      for (int other : Set.copyOf(direct)) {
        // What a view in the query uses is that view's dependency.
        if (context.catalog().relationByOid(other) instanceof ViewEntry inner) {
          direct.removeAll(used(inner));
        }
      }
      return direct.contains(oid);
    } catch (SqlException unbound) {
      // A view that cannot be bound any more depends on something that is gone already.
      return false;
    }
  }

  private Set<Integer> used(ViewEntry view) {
    Set<Integer> result = new java.util.HashSet<>();
    for (BoundStatement.TableUse use : context.bindSql(view.querySql()).tables()) {
      result.add(use.oid());
    }
    return result;
  }

  private void remove(Map<Integer, RelationEntry> relations, Set<ConstraintEntry> keys) {
    CatalogVersion catalog = context.catalog();
    List<Integer> oids = new ArrayList<>(relations.keySet());
    for (RelationEntry relation : relations.values()) {
      if (relation instanceof TableEntry table) {
        catalog.indexesOf(table.oid()).forEach(i -> oids.add(i.oid()));
        for (RelationEntry other : catalog.relations()) {
          if (other instanceof SequenceEntry s && s.ownedByTable() == table.oid()) {
            oids.add(s.oid());
          }
        }
      } else if (relation instanceof IndexEntry index && index.index() != null) {
        TableEntry table = (TableEntry) catalog.relationByOid(index.tableOid());
        context.onCommit(() -> table.store().dropIndex(index.index()));
      }
    }
    context.change(editor -> {
      oids.forEach(editor::removeRelation);
      for (ConstraintEntry key : keys) {
        if (editor.relation(key.tableOid()) instanceof TableEntry owner) {
          editor.put(without(owner, key));
        }
      }
    });
  }

  /** Returns a table without a constraint, or (for a marker) without a column's default. */
  private static TableEntry without(TableEntry table, ConstraintEntry constraint) {
    if (constraint instanceof ConstraintEntry.Check check && check.oid() < 0) {
      List<io.quarkgres.engine.catalog.ColumnEntry> columns = new ArrayList<>(table.columns());
      int index = -check.oid() - 1;
      columns.set(index, AlterDdl.withDefault(columns.get(index), null));
      return TableDdl.with(table, columns, table.constraints(), table.store());
    }
    List<ConstraintEntry> rest = new ArrayList<>(table.constraints());
    rest.removeIf(c -> c.oid() == constraint.oid());
    return TableDdl.with(table, table.columns(), rest, table.store());
  }

  // Schemas.

  private String dropSchemas(ObjectStatement.Drop s) {
    for (ObjectName name : s.names()) {
      String schemaName = shown(name);
      SchemaEntry schema = context.catalog().schema(schemaName);
      if (schema == null) {
        if (!s.isIfExists()) {
          throw DdlErrors.undefinedSchema(schemaName);
        }
        context.notice("NOTICE", "00000", "schema \"" + schemaName + "\" does not exist, skipping");
        continue;
      }
      if (schemaName.equals("pg_catalog") || schemaName.equals("information_schema")) {
        throw new SqlException(
            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
            "cannot drop schema " + schemaName + " because it is required by the database system");
      }
      dropContents(schema, s.isCascade());
      context.change(editor -> editor.removeSchema(schema.oid()));
    }
    return "DROP SCHEMA";
  }

  private void dropContents(SchemaEntry schema, boolean isCascade) {
    Map<Integer, RelationEntry> contents = new LinkedHashMap<>();
    List<String> described = new ArrayList<>();
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation.schemaOid() == schema.oid()) {
        contents.put(relation.oid(), relation);
        boolean isOwn =
            !(relation instanceof IndexEntry)
                && !(relation instanceof SequenceEntry s && s.ownedByTable() != 0);
        if (isOwn) {
          described.add(describe(relation));
        }
      }
    }
    if (contents.isEmpty()) {
      return;
    }
    if (!isCascade) {
      List<String> lines = new ArrayList<>();
      described.forEach(d -> lines.add(d + " depends on schema " + schema.name()));
      throw new SqlException(
          SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
          "cannot drop schema " + schema.name() + " because other objects depend on it",
          String.join("\n", lines),
          "Use DROP ... CASCADE to drop the dependent objects too.");
    }
    List<String> cascades = new ArrayList<>();
    described.forEach(d -> cascades.add("drop cascades to " + d));
    if (described.size() == 1) {
      context.notice("NOTICE", "00000", cascades.get(0));
    } else {
      context.notice(
          "NOTICE",
          "00000",
          "drop cascades to " + described.size() + " other objects",
          String.join("\n", cascades));
    }
    dropSilently(contents);
  }

  private void dropSilently(Map<Integer, RelationEntry> contents) {
    contents.values().removeIf(r -> r instanceof IndexEntry);
    contents.values().forEach(this::lock);
    Set<ConstraintEntry> keys = new LinkedHashSet<>();
    for (RelationEntry relation : contents.values()) {
      for (ConstraintEntry reference : context.catalog().referencesTo(relation.oid())) {
        if (!contents.containsKey(reference.tableOid())) {
          keys.add(reference);
        }
      }
    }
    remove(contents, keys);
  }

  /** Drops all relations of a schema. */
  void dropAllIn(String schemaName) {
    Map<Integer, RelationEntry> contents = new LinkedHashMap<>();
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation.schema().equals(schemaName)) {
        contents.put(relation.oid(), relation);
      }
    }
    dropSilently(contents);
  }
}
