package io.quarkgres.engine.ddl.execute;

import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.ddl.CanonicalSql;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.SystemColumns;
import io.quarkgres.engine.ddl.drop.Dependencies;
import io.quarkgres.engine.ddl.drop.SequenceDefaults;
import io.quarkgres.engine.ddl.object.SchemaDdl;
import io.quarkgres.engine.ddl.role.RoleDdl;
import io.quarkgres.engine.ddl.type.DomainDdl;
import io.quarkgres.engine.ddl.type.TypeDdl;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * ALTER ... RENAME, SET SCHEMA and OWNER TO. Renaming what SQL text in the catalog may mention (a
 * column in a default, a check, an index expression or a view) is refused, because the text would
 * go stale. Used by the session's thread.
 */
final class RenameDdl {
  private final DdlContext context;
  private final RoleDdl roles;

  private final TypeDdl types;
  private final DomainDdl domains;

  RenameDdl(DdlContext context, RoleDdl roles, TypeDdl types, DomainDdl domains) {
    this.domains = domains;
    this.context = context;
    this.types = types;
    this.roles = roles;
  }

  private static String tag(ObjectKind kind) {
    return "ALTER " + kind.word().toUpperCase(Locale.ROOT);
  }

  String rename(ObjectStatement.Rename s) {
    return switch (s.kind()) {
      case TABLE, VIEW, INDEX, SEQUENCE -> renameRelation(s);
      case COLUMN -> renameColumn(s);
      case CONSTRAINT -> renameConstraint(s);
      case DOMAIN_CONSTRAINT -> {
        ObjectName.Within name = (ObjectName.Within) s.object();
        yield domains.renameConstraint(name.owner(), name.name(), s.newName());
      }
      case SCHEMA -> renameSchema(s);
      case TYPE, DOMAIN -> types.rename(s);
      case ROLE -> roles.rename(((ObjectName.Plain) s.object()).name().name(), s.newName());
      default -> throw DdlErrors.notBuilt(tag(s.kind()) + " RENAME");
    };
  }

  private String renameSchema(ObjectStatement.Rename s) {
    String name = ((ObjectName.Plain) s.object()).name().name();
    SchemaEntry schema = context.catalog().schema(name);
    if (schema == null) {
      throw DdlErrors.undefinedSchema(name);
    }
    context.rights().requireOwner(schema);
    context.lockName("", s.newName());
    if (context.catalog().schema(s.newName()) != null) {
      throw new SqlException(
          SqlState.DUPLICATE_SCHEMA, "schema \"" + s.newName() + "\" already exists");
    }
    SchemaDdl.refuseReserved(s.newName());
    List<RelationEntry> contents = new ArrayList<>();
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation.schemaOid() == schema.oid()) {
        contents.add(relation);
        lock(relation);
        refuseViewsOn(relation);
        if (relation instanceof ViewEntry view) {
          throw DdlErrors.notBuilt("renaming the schema of view \"" + view.name() + "\"");
        }
      }
    }
    if (context.catalog().userTypes().stream().anyMatch(t -> t.schemaOid() == schema.oid())) {
      throw DdlErrors.notBuilt("renaming the schema of a type");
    }
    if (context.catalog().extensions().stream().anyMatch(e -> e.schemaOid() == schema.oid())) {
      throw DdlErrors.notBuilt("renaming the schema of an extension");
    }
    context.change(
        editor -> editor.put(new SchemaEntry(schema.oid(), s.newName(), schema.owner())));
    for (RelationEntry before : contents) {
      // As it is by now: its defaults may have followed a sequence.
      RelationEntry now = context.catalog().relationByOid(before.oid());
      context.put(moved(now, schema.oid(), s.newName(), now.name()));
      if (before instanceof SequenceEntry) {
        SequenceDefaults.follow(context, before, context.catalog().relationByOid(before.oid()));
      }
    }
    return "ALTER SCHEMA";
  }

  /** Returns the relation, or {@code null} after a notice when it may be missing. */
  private RelationEntry find(QualifiedName name, boolean isIfExists) {
    RelationEntry found = context.find(name);
    if (found == null) {
      if (!isIfExists) {
        throw context.undefinedRelation(name);
      }
      context.notice(
          "NOTICE", "00000", "relation \"" + name.name() + "\" does not exist, skipping");
    }
    return found;
  }

  private String renameRelation(ObjectStatement.Rename s) {
    RelationEntry found = find(((ObjectName.Plain) s.object()).name(), s.isIfExists());
    if (found != null) {
      requireMayRename(found);
      DdlErrors.refuseSystem(found);
      lock(found);
      context.lockName(found.schema(), s.newName());
      if (context.catalog().relation(found.schema(), s.newName()) != null) {
        throw DdlErrors.duplicateRelation(s.newName());
      }
      refuseViewsOn(found);
      context.put(moved(found, found.schemaOid(), found.schema(), s.newName()));
      if (found instanceof IndexEntry index) {
        renameConstraintOf(index, s.newName());
      }
      if (found instanceof SequenceEntry) {
        SequenceDefaults.follow(context, found, context.catalog().relationByOid(found.oid()));
      }
    }
    return tag(s.kind());
  }

  private void requireMayRename(RelationEntry relation) {
    context.rights().requireOwner(relation);
    context.rights().requireCreate(context.catalog().schemaByOid(relation.schemaOid()));
  }

  private void lock(RelationEntry relation) {
    int oid = relation instanceof IndexEntry index ? index.tableOid() : relation.oid();
    context.lock(oid, LockMode.ACCESS_EXCLUSIVE);
  }

  private void refuseViewsOn(RelationEntry relation) {
    Dependencies views = new Dependencies(context);
    for (RelationEntry other : context.catalog().relations()) {
      if (other instanceof ViewEntry view && views.uses(view, relation.oid())) {
        throw DdlErrors.notBuilt("renaming what view \"" + view.name() + "\" uses");
      }
    }
  }

  private void renameConstraintOf(IndexEntry index, String newName) {
    TableEntry table = (TableEntry) context.catalog().relationByOid(index.tableOid());
    List<ConstraintEntry> all = new ArrayList<>();
    for (ConstraintEntry constraint : table.constraints()) {
      boolean isIts =
          constraint instanceof ConstraintEntry.Key key && key.indexOid() == index.oid();
      all.add(isIts ? constraint.named(newName) : constraint);
    }
    context.put(table.withConstraints(all));
  }

  /** Returns a relation with another schema or name. */
  private static RelationEntry moved(
      RelationEntry relation, int schemaOid, String schema, String name) {
    DdlErrors.refuseSystem(relation);
    return relation.placed(schemaOid, schema, name, relation.owner());
  }

  private String renameColumn(ObjectStatement.Rename s) {
    ObjectName.Column name = (ObjectName.Column) s.object();
    RelationEntry found = find(name.relation(), s.isIfExists());
    if (found == null) {
      return tag(s.relationKind());
    }
    context.rights().requireOwner(found);
    if (found instanceof ViewEntry view) {
      return renameViewColumn(view, s, name.column());
    }
    if (!(found instanceof TableEntry table)) {
      throw DdlErrors.notBuilt("renaming a column of what is no table");
    }
    lock(table);
    refuseViewsOn(table);
    List<ColumnEntry> columns = renamedColumns(table, name.column(), s.newName());
    renameInTexts(table, columns);
    return tag(s.relationKind());
  }

  private String renameViewColumn(ViewEntry view, ObjectStatement.Rename s, String old) {
    lock(view);
    refuseViewsOn(view);
    context.put(view.withColumns(renamedColumns(view, old, s.newName())));
    return tag(s.relationKind());
  }

  private static List<ColumnEntry> renamedColumns(
      RelationEntry relation, String old, String newName) {
    if (relation instanceof TableEntry) {
      SystemColumns.refuseNew(newName);
    }
    List<ColumnEntry> columns = new ArrayList<>();
    boolean isFound = false;
    for (ColumnEntry c : relation.columns()) {
      if (!c.isDropped() && c.name().equals(newName)) {
        throw new SqlException(
            SqlState.DUPLICATE_COLUMN,
            "column \"" + newName + "\" of relation \"" + relation.name() + "\" already exists");
      }
      boolean isIt = !c.isDropped() && c.name().equals(old);
      isFound |= isIt;
      columns.add(isIt ? c.named(newName) : c);
    }
    if (!isFound) {
      SystemColumns.refuseChange("rename", old);
      throw new SqlException(SqlState.UNDEFINED_COLUMN, "column \"" + old + "\" does not exist");
    }
    return columns;
  }

  /** Makes the SQL texts of a table's checks, generated columns and indexes name it anew. */
  private void renameInTexts(TableEntry before, List<ColumnEntry> columns) {
    CanonicalSql.Renaming texts = new CanonicalSql.Renaming(context, before, columns);
    List<ColumnEntry> changed = new ArrayList<>();
    for (ColumnEntry c : columns) {
      boolean isExpression = c.generated() != 0 && !c.isDropped();
      changed.add(
          isExpression ? c.withSource(texts.of(c.defaultSql()), c.identity(), c.generated()) : c);
    }
    List<ConstraintEntry> constraints = new ArrayList<>();
    for (ConstraintEntry constraint : before.constraints()) {
      constraints.add(
          constraint instanceof ConstraintEntry.Check c
              ? new ConstraintEntry.Check(
                  c.oid(), c.name(), c.tableOid(), texts.of(c.conditionSql()), c.isValidated())
              : constraint);
    }
    for (IndexEntry index : context.catalog().indexesOf(before.oid())) {
      List<IndexEntry.Key> keys = new ArrayList<>();
      List<ColumnEntry> indexColumns = new ArrayList<>();
      for (int i = 0; i < index.keys().size(); i++) {
        IndexEntry.Key k = index.keys().get(i);
        ColumnEntry c = index.columns().get(i);
        keys.add(
            new IndexEntry.Key(
                k.column(),
                k.expressionSql() == null ? null : texts.of(k.expressionSql()),
                k.operatorClass(),
                k.isDefaultClass(),
                k.isDescending(),
                k.nullsFirst()));
        indexColumns.add(k.column() > 0 ? c.named(columns.get(k.column() - 1).name()) : c);
      }
      String predicate = index.predicateSql() == null ? null : texts.of(index.predicateSql());
      context.put(index.withKeys(keys, indexColumns).withPredicate(predicate));
    }
    context.put(before.with(changed, constraints, before.store()));
  }

  private String renameConstraint(ObjectStatement.Rename s) {
    ObjectName.Within name = (ObjectName.Within) s.object();
    RelationEntry found = find(name.owner(), s.isIfExists());
    if (found instanceof TableEntry table) {
      context.rights().requireOwner(found);
      lock(table);
      List<ConstraintEntry> all = new ArrayList<>();
      int indexOid = 0;
      boolean isFound = false;
      for (ConstraintEntry constraint : table.constraints()) {
        boolean isIt = constraint.name().equals(name.name());
        isFound |= isIt;
        indexOid = isIt && constraint instanceof ConstraintEntry.Key k ? k.indexOid() : indexOid;
        all.add(isIt ? constraint.named(s.newName()) : constraint);
      }
      if (!isFound) {
        throw new SqlException(
            SqlState.UNDEFINED_OBJECT,
            "constraint \"" + name.name() + "\" for table \"" + table.name() + "\" does not exist");
      }
      context.put(table.withConstraints(all));
      if (indexOid != 0) {
        RelationEntry index = context.catalog().relationByOid(indexOid);
        context.put(moved(index, index.schemaOid(), index.schema(), s.newName()));
      }
    }
    return "ALTER TABLE";
  }

  String setSchema(ObjectStatement.SetSchema s) {
    if (s.kind() == ObjectKind.TYPE || s.kind() == ObjectKind.DOMAIN) {
      return types.setSchema(s);
    }
    boolean isMovable =
        s.kind() == ObjectKind.TABLE
            || s.kind() == ObjectKind.SEQUENCE
            || s.kind() == ObjectKind.VIEW;
    if (!isMovable) {
      throw DdlErrors.notBuilt(tag(s.kind()) + " SET SCHEMA");
    }
    RelationEntry found = find(((ObjectName.Plain) s.object()).name(), s.isIfExists());
    if (found == null) {
      return tag(s.kind());
    }
    context.rights().requireOwner(found);
    if (s.newSchema().equals("pg_temp")) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "cannot move objects into or out of temporary schemas");
    }
    SchemaEntry schema = context.catalog().schema(s.newSchema());
    if (schema == null) {
      throw DdlErrors.undefinedSchema(s.newSchema());
    }
    context.rights().requireCreate(schema);
    if (schema.name().startsWith("pg_temp_") || found.schema().startsWith("pg_temp_")) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "cannot move objects into or out of temporary schemas");
    }
    lock(found);
    refuseViewsOn(found);
    if (context.catalog().relation(schema.name(), found.name()) != null) {
      throw new SqlException(
          SqlState.DUPLICATE_TABLE,
          "relation \"" + found.name() + "\" already exists in schema \"" + schema.name() + "\"");
    }
    context.put(moved(found, schema.oid(), schema.name(), found.name()));
    if (found instanceof SequenceEntry) {
      SequenceDefaults.follow(context, found, context.catalog().relationByOid(found.oid()));
    }
    moveOwnedSequences(found, schema);
    for (IndexEntry index : context.catalog().indexesOf(found.oid())) {
      context.put(moved(index, schema.oid(), schema.name(), index.name()));
    }
    return tag(s.kind());
  }

  private void moveOwnedSequences(RelationEntry table, SchemaEntry schema) {
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof SequenceEntry s && s.ownedByTable() == table.oid()) {
        context.put(moved(s, schema.oid(), schema.name(), s.name()));
        SequenceDefaults.follow(context, s, context.catalog().relationByOid(s.oid()));
      }
    }
  }
}
