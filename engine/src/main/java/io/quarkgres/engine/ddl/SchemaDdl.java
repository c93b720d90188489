package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** CREATE SCHEMA. Used by the session's thread. */
final class SchemaDdl {
  private final DdlContext context;

  SchemaDdl(DdlContext context) {
    this.context = context;
  }

  static void refuseReserved(String name) {
    if (name.startsWith("pg_")) {
      throw new SqlException(SqlState.RESERVED_NAME, "unacceptable schema name \"" + name + "\"")
          .withDetail("The prefix \"pg_\" is reserved for system schemas.");
    }
  }

  String create(ObjectStatement.CreateSchema s) {
    if (s.authorization() != null) {
      RoleNames.requireSuperuser(s.authorization());
    }
    String name = s.name() != null ? s.name() : RoleNames.SUPERUSER;
    refuseReserved(name);
    context.lockName("", name);
    if (context.catalog().schema(name) != null) {
      String message = "schema \"" + name + "\" already exists";
      if (!s.isIfNotExists()) {
        throw new SqlException(SqlState.DUPLICATE_SCHEMA, message);
      }
      context.notice("NOTICE", "42P06", message + ", skipping");
      return "CREATE SCHEMA";
    }
    if (!s.elements().isEmpty()) {
      throw DdlErrors.notBuilt("CREATE SCHEMA with elements");
    }
    int oid = context.newOid();
    context.change(editor -> editor.put(new SchemaEntry(oid, name, context.currentUser())));
    return "CREATE SCHEMA";
  }
}
