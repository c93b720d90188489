package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.DatabaseStatement;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** CREATE DATABASE and DROP DATABASE, which are about the server. Used by the session's thread. */
final class DatabaseStatements {
  private final ClientSession session;
  private final DdlContext context;

  DatabaseStatements(ClientSession session, DdlContext context) {
    this.session = session;
    this.context = context;
  }

  /** Runs a statement; returns its tag. */
  String run(DatabaseStatement statement, boolean isOneOfMany) {
    return switch (statement) {
      case DatabaseStatement.CreateDatabase s -> create(s, isOneOfMany);
      case DatabaseStatement.DropDatabase s -> drop(s, isOneOfMany);
    };
  }

  private String create(DatabaseStatement.CreateDatabase s, boolean isOneOfMany) {
    session.transactions().preventInBlock("CREATE DATABASE", isOneOfMany);
    DatabaseOptions.check(s.options());
    RoleCatalog roles = context.catalog().roles();
    int me = context.currentUser();
    boolean isAllowed = roles.isSuperuser(me) || roles.role(me).is(RoleEntry.Attribute.CREATEDB);
    if (!isAllowed) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to create database");
    }
    int oid = session.engine().databases().create(s.name());
    if (me != Roles.SUPERUSER_OID) {
      context.changeRoles(r -> r.with(oid, new RoleCatalog.DatabaseRights(me, null)));
    }
    return "CREATE DATABASE";
  }

  private String drop(DatabaseStatement.DropDatabase s, boolean isOneOfMany) {
    session.transactions().preventInBlock("DROP DATABASE", isOneOfMany);
    int oid = context.databaseOid(s.name());
    if (oid != 0 && !context.rights().isOwner(context.catalog().roles().database(oid).owner())) {
      throw Rights.notOwner("database", s.name());
    }
    if (s.name().equals(session.database().name())) {
      throw new SqlException(SqlState.OBJECT_IN_USE, "cannot drop the currently open database");
    }
    if (!session.engine().dropDatabase(s.name(), s.isForce())) {
      if (!s.isIfExists()) {
        throw new SqlException(
            SqlState.INVALID_CATALOG_NAME, "database \"" + s.name() + "\" does not exist");
      }
      context.notice("NOTICE", "00000", "database \"" + s.name() + "\" does not exist, skipping");
    } else {
      context.changeRoles(r -> r.withoutSettings(of -> of.database() == oid));
    }
    return "DROP DATABASE";
  }
}
