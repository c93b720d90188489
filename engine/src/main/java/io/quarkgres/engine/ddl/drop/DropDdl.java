package io.quarkgres.engine.ddl.drop;

import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.ExtensionEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.DropItem;
import io.quarkgres.engine.ddl.object.ExtensionDdl;
import io.quarkgres.engine.ddl.type.TypeDdl;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** DROP, with what depends on what is dropped. Used by the session's thread. */
public final class DropDdl {
  private final DdlContext context;
  private final ExtensionDdl extensions;
  private BiConsumer<TableEntry, ColumnEntry> columnRemover;

  private final TypeDdl types;

  public DropDdl(DdlContext context, ExtensionDdl extensions, TypeDdl types) {
    this.context = context;
    this.types = types;
    this.extensions = extensions;
  }

  public String drop(ObjectStatement.Drop s) {
    return switch (s.kind()) {
      case TABLE, VIEW, INDEX, SEQUENCE -> dropRelations(s);
      case SCHEMA -> dropSchemas(s);
      case EXTENSION -> dropExtensions(s);
      case TYPE, DOMAIN -> dropTypes(s);
      case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> new RoutineDrops(context).drop(s);
      default -> dropUnknown(s);
    };
  }

  private String dropTypes(ObjectStatement.Drop s) {
    List<DropItem> targets = new ArrayList<>();
    for (ObjectName name : s.names()) {
      QualifiedName written = TypeDdl.nameOf(name);
      SqlType type = types.find(written);
      if (type == null) {
        SqlException missing = types.undefined(written);
        if (!s.isIfExists()) {
          throw missing;
        }
        context.notice("NOTICE", "00000", missing.getMessage() + ", skipping");
      } else {
        targets.add(new DropItem.Type(droppable(s.kind(), type)));
      }
    }
    dropWithDependents(targets, s.isCascade());
    return "DROP " + s.kind().word().toUpperCase(Locale.ROOT);
  }

  private TypeEntry droppable(ObjectKind kind, SqlType type) {
    String shown = context.shown(type);
    if (kind == ObjectKind.DOMAIN && type.info().kind() != 'd') {
      throw new SqlException(SqlState.WRONG_OBJECT_TYPE, "\"" + type.name() + "\" is not a domain");
    }
    TypeEntry entry = context.catalog().userType(type.oid());
    if (entry != null) {
      SchemaEntry schema = context.catalog().schemaByOid(entry.schemaOid());
      if (!context.rights().isOwner(schema.owner()) && !context.rights().isOwner(entry.owner())) {
        throw Rights.notOwner("type", entry.name());
      }
      return entry;
    }
    if (type.info().schema().equals("pg_catalog")) {
      throw new SqlException(
          SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
          "cannot drop type " + shown + " because it is required by the database system");
    }
    throw DdlErrors.notBuilt("DROP TYPE of what belongs to another object");
  }

  /** There can be no object of such a kind yet. */
  private String dropUnknown(ObjectStatement.Drop s) {
    String tag = "DROP " + s.kind().word().toUpperCase(Locale.ROOT);
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
    List<DropItem> targets = new ArrayList<>();
    for (ObjectName name : s.names()) {
      String shown = shown(name);
      ExtensionEntry extension = context.catalog().extension(shown);
      if (extension == null) {
        String message = "extension \"" + shown + "\" does not exist";
        if (!s.isIfExists()) {
          throw new SqlException(SqlState.UNDEFINED_OBJECT, message);
        }
        context.notice("NOTICE", "00000", message + ", skipping");
      } else {
        if (!context.rights().isOwner(extension.owner())) {
          throw Rights.notOwner("extension", shown);
        }
        targets.add(new DropItem.Installed(extension, ExtensionDdl.find(shown)));
      }
    }
    dropWithDependents(targets, s.isCascade());
    return "DROP EXTENSION";
  }

  private String dropRelations(ObjectStatement.Drop s) {
    Map<Integer, RelationEntry> targets = new LinkedHashMap<>();
    for (ObjectName name : s.names()) {
      QualifiedName written = ((ObjectName.Plain) name).name();
      RelationEntry relation = context.find(written);
      if (relation == null) {
        missing(s, written);
      } else {
        requireKind(s.kind(), relation);
        SchemaEntry schema = context.catalog().schemaByOid(relation.schemaOid());
        if (!context.rights().isOwner(schema.owner())) {
          context.rights().requireOwner(relation);
        }
        targets.put(relation.oid(), relation);
      }
    }
    dropAll(targets, s.isCascade());
    return "DROP " + s.kind().word().toUpperCase(Locale.ROOT);
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
          case VirtualTable v -> throw systemObject(relation);
        };
    if (!isRight) {
      String article = kind == ObjectKind.INDEX ? "an" : "a";
      String real =
          switch (relation) {
            case TableEntry t -> "TABLE to remove a table";
            case ViewEntry v -> "VIEW to remove a view";
            case IndexEntry i -> "INDEX to remove an index";
            case SequenceEntry q -> "SEQUENCE to remove a sequence";
            case VirtualTable v -> "TABLE to remove a table";
          };
      throw DdlErrors.wrongKind(relation.name(), kind.word(), article)
          .withHint("Use DROP " + real + ".");
    }
    if (relation instanceof IndexEntry index) {
      DdlErrors.refuseSystem(index);
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

  /** Drops relations; what depends on them goes, too, or is an error. */
  private void dropAll(Map<Integer, RelationEntry> targets, boolean isCascade) {
    targets.values().forEach(this::lock);
    List<DropItem> items = new ArrayList<>();
    targets.values().forEach(r -> items.add(new DropItem.Relation(r)));
    dropWithDependents(items, isCascade);
  }

  /** Drops objects and what depends on them, or raises 2BP01. */
  public void dropWithDependents(List<? extends DropItem> targets, boolean isCascade) {
    if (targets.isEmpty()) {
      return;
    }
    List<DropItem> all = new Dependencies(context).closure(targets, isCascade);
    all.forEach(this::lock);
    all.forEach(this::refusePending);
    // Dependents first.
    for (int i = all.size() - 1; i >= 0; i--) {
      remove(all.get(i));
    }
  }

  private void lock(DropItem item) {
    switch (item) {
      case DropItem.Relation r -> lock(r.entry());
      case DropItem.Constraint c -> context.lock(c.entry().tableOid(), LockMode.ACCESS_EXCLUSIVE);
      case DropItem.Column c -> lock(c.relation());
      case DropItem.Default d -> lock(d.table());
      case DropItem.Schema s -> {}
      case DropItem.Type t -> context.lockName(t.entry().schema(), t.entry().name());
      case DropItem.Installed e -> {}
    }
  }

  private void refusePending(DropItem item) {
    if (item instanceof DropItem.Relation r && r.entry() instanceof TableEntry table) {
      context.refusePendingChecks(table, "DROP TABLE");
    }
  }

  private void lock(RelationEntry relation) {
    int oid = relation instanceof IndexEntry index ? index.tableOid() : relation.oid();
    context.lock(oid, LockMode.ACCESS_EXCLUSIVE);
  }

  private void remove(DropItem item) {
    CatalogVersion catalog = context.catalog();
    switch (item) {
      case DropItem.Relation r -> {
        RelationEntry relation = r.entry();
        if (relation instanceof IndexEntry index && index.index() != null) {
          TableEntry table = (TableEntry) catalog.relationByOid(index.tableOid());
          context.onCommit(() -> table.store().dropIndex(index.index()));
        }
        if (relation instanceof TableEntry table) {
          context.transaction().replaced(table.store());
        }
        context.change(editor -> editor.removeRelation(relation.oid()));
      }
      case DropItem.Constraint c -> removeConstraint(c.entry());
      case DropItem.Default d -> {
        if (catalog.relationByOid(d.table().oid()) instanceof TableEntry table) {
          ColumnEntry column = table.columns().get(d.column().number() - 1);
          context.put(table.with(column.withDefault(null)));
        }
      }
      case DropItem.Column c -> {
        if (catalog.relationByOid(c.relation().oid()) instanceof TableEntry table) {
          columnRemover.accept(table, c.entry());
        }
      }
      case DropItem.Schema s -> {
        context.change(editor -> editor.removeSchema(s.entry().oid()));
      }
      case DropItem.Type t -> context.change(editor -> editor.removeType(t.entry().oid()));
      case DropItem.Installed e -> extensions.remove(e.extension());
    }
  }

  private void removeConstraint(ConstraintEntry constraint) {
    if (!(context.catalog().relationByOid(constraint.tableOid()) instanceof TableEntry table)) {
      return;
    }
    if (constraint instanceof ConstraintEntry.Key key
        && context.catalog().relationByOid(key.indexOid()) instanceof IndexEntry index) {
      remove(new DropItem.Relation(index));
    }
    List<ConstraintEntry> rest = new ArrayList<>(table.constraints());
    rest.removeIf(c -> c.oid() == constraint.oid());
    context.put(table.withConstraints(rest));
  }

  /** Says how a column is taken out of a table, which is ALTER TABLE's business. */
  public void setColumnRemover(BiConsumer<TableEntry, ColumnEntry> remover) {
    columnRemover = remover;
  }

  private String dropSchemas(ObjectStatement.Drop s) {
    List<DropItem> targets = new ArrayList<>();
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
      context.rights().requireOwner(schema);
      targets.add(new DropItem.Schema(schema));
    }
    dropWithDependents(targets, s.isCascade());
    return "DROP SCHEMA";
  }

  /** Drops all relations of a schema, silently. */
  public void dropAllIn(String schemaName) {
    List<DropItem> targets = new ArrayList<>();
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation.schema().equals(schemaName) && !(relation instanceof IndexEntry)) {
        targets.add(new DropItem.Relation(relation));
      }
    }
    dropWithDependents(targets, true);
  }
}
