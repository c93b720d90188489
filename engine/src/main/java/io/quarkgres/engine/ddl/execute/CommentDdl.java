package io.quarkgres.engine.ddl.execute;

import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.ExtensionEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.type.DomainDdl;
import io.quarkgres.engine.ddl.type.TypeDdl;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** COMMENT ON. Used by the session's thread. */
final class CommentDdl {
  private static final int PG_CLASS = 1259;
  private static final int PG_TYPE = 1247;
  private static final int PG_NAMESPACE = 2615;
  private static final int PG_CONSTRAINT = 2606;
  private static final int PG_EXTENSION = 3079;
  private static final int PG_DATABASE = 1262;

  private final DdlContext context;

  private final TypeDdl types;
  private final DomainDdl domains;

  CommentDdl(DdlContext context, TypeDdl types, DomainDdl domains) {
    this.context = context;
    this.types = types;
    this.domains = domains;
  }

  String comment(ObjectStatement.Comment s) {
    switch (s.kind()) {
      case TABLE, VIEW, INDEX, SEQUENCE -> {
        RelationEntry relation = require(((ObjectName.Plain) s.object()).name());
        put(PG_CLASS, relation.oid(), 0, s.text());
      }
      case COLUMN -> column((ObjectName.Column) s.object(), s.text());
      case CONSTRAINT -> constraint((ObjectName.Within) s.object(), s.text());
      case DOMAIN_CONSTRAINT -> {
        ObjectName.Within name = (ObjectName.Within) s.object();
        TypeEntry.Check check = domains.requireConstraint(domains.owned(name.owner()), name.name());
        put(PG_CONSTRAINT, check.oid(), 0, s.text());
      }
      case SCHEMA -> schema(((ObjectName.Plain) s.object()).name().name(), s.text());
      case EXTENSION -> extension(((ObjectName.Plain) s.object()).name().name(), s.text());
      case DATABASE -> database(((ObjectName.Plain) s.object()).name().name(), s.text());
      case DOMAIN -> {
        QualifiedName name = TypeDdl.nameOf(s.object());
        put(PG_TYPE, domains.owned(name).oid(), 0, s.text());
      }
      case TYPE -> put(PG_TYPE, types.owned(TypeDdl.nameOf(s.object())).oid(), 0, s.text());
      default -> throw DdlErrors.notBuilt("COMMENT ON " + s.kind());
    }
    return "COMMENT";
  }

  private RelationEntry require(QualifiedName name) {
    RelationEntry relation = context.find(name);
    if (relation == null) {
      throw context.undefinedRelation(name);
    }
    context.rights().requireOwner(relation);
    return relation;
  }

  private void put(int classOid, int oid, int subId, String text) {
    String kept = text == null || text.isEmpty() ? null : text;
    context.change(editor -> editor.comment(classOid, oid, subId, kept));
  }

  private void column(ObjectName.Column name, String text) {
    RelationEntry relation = require(name.relation());
    for (ColumnEntry column : relation.columns()) {
      if (!column.isDropped() && column.name().equals(name.column())) {
        put(PG_CLASS, relation.oid(), column.number(), text);
        return;
      }
    }
    throw DdlErrors.undefinedColumn(name.column(), relation.name());
  }

  private void constraint(ObjectName.Within name, String text) {
    RelationEntry relation = require(name.owner());
    if (relation instanceof TableEntry table) {
      for (ConstraintEntry constraint : table.constraints()) {
        if (constraint.name().equals(name.name())) {
          put(PG_CONSTRAINT, constraint.oid(), 0, text);
          return;
        }
      }
    }
    throw new SqlException(
        SqlState.UNDEFINED_OBJECT,
        "constraint \"" + name.name() + "\" for table \"" + relation.name() + "\" does not exist");
  }

  private void database(String name, String text) {
    int oid = context.databaseOid(name);
    if (oid == 0) {
      throw new SqlException(
          SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
    }
    if (!context.rights().isOwner(context.catalog().roles().database(oid).owner())) {
      throw Rights.notOwner("database", name);
    }
    if (oid != context.catalog().databaseOid()) {
      throw DdlErrors.notBuilt("COMMENT ON another DATABASE");
    }
    put(PG_DATABASE, oid, 0, text);
  }

  private void schema(String name, String text) {
    SchemaEntry schema = context.catalog().schema(name);
    if (schema == null) {
      throw DdlErrors.undefinedSchema(name);
    }
    context.rights().requireOwner(schema);
    put(PG_NAMESPACE, schema.oid(), 0, text);
  }

  private void extension(String name, String text) {
    ExtensionEntry extension = context.catalog().extension(name);
    if (extension == null) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "extension \"" + name + "\" does not exist");
    }
    if (!context.rights().isOwner(extension.owner())) {
      throw Rights.notOwner("extension", name);
    }
    put(PG_EXTENSION, extension.oid(), 0, text);
  }
}
