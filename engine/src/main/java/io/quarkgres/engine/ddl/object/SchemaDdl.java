package io.quarkgres.engine.ddl.object;

import io.quarkgres.engine.ast.DatabaseStatement;
import io.quarkgres.engine.ast.DdlStatement;
import io.quarkgres.engine.ast.IndexStatement;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.RelationStatement;
import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.ast.RoutineStatement;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.role.RoleNames;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** CREATE SCHEMA. Used by the session's thread. */
public final class SchemaDdl {
  private final DdlContext context;
  private final Consumer<DdlStatement> runner;

  public SchemaDdl(DdlContext context, Consumer<DdlStatement> runner) {
    this.context = context;
    this.runner = runner;
  }

  /** Sequences come before the tables that may use them, tables before views and so on. */
  private static List<DdlStatement> ordered(String schema, List<? extends Statement> elements) {
    List<DdlStatement> result = new ArrayList<>();
    for (Statement element : elements) {
      DdlStatement statement = (DdlStatement) element;
      QualifiedName name = nameOf(statement);
      if (name != null && name.schema() != null && !name.schema().equals(schema)) {
        throw new SqlException(
            SqlState.INVALID_SCHEMA_DEFINITION,
            "CREATE specifies a schema ("
                + name.schema()
                + ") different from the one being created ("
                + schema
                + ")");
      }
      result.add(statement);
    }
    result.sort(Comparator.comparingInt(SchemaDdl::rank));
    return result;
  }

  private static QualifiedName nameOf(DdlStatement statement) {
    return switch (statement) {
      case TableStatement.CreateTable s -> s.name();
      case RelationStatement.CreateView s -> s.name();
      case RelationStatement.CreateSequence s -> s.name();
      case IndexStatement.CreateIndex s -> s.table();
      case RoleStatement.GrantPrivileges s -> null;
      case TableStatement s -> throw refused();
      case RelationStatement s -> throw refused();
      case IndexStatement s -> throw refused();
      case RoleStatement s -> throw refused();
      case ObjectStatement s -> throw refused();
      case DatabaseStatement s -> throw refused();
      case RoutineStatement s -> throw refused();
    };
  }

  private static SqlException refused() {
    return DdlErrors.notBuilt("CREATE SCHEMA with this element");
  }

  private static int rank(DdlStatement statement) {
    return switch (statement) {
      case RelationStatement.CreateSequence s -> 0;
      case TableStatement s -> 1;
      case RelationStatement s -> 2;
      case IndexStatement s -> 3;
      case RoleStatement s -> 4;
      case ObjectStatement s -> 5;
      case DatabaseStatement s -> 5;
      case RoutineStatement s -> 5;
    };
  }

  public static void refuseReserved(String name) {
    if (name.startsWith("pg_")) {
      throw new SqlException(SqlState.RESERVED_NAME, "unacceptable schema name \"" + name + "\"")
          .withDetail("The prefix \"pg_\" is reserved for system schemas.");
    }
  }

  public String create(ObjectStatement.CreateSchema s) {
    int owner =
        s.authorization() == null
            ? context.currentUser()
            : RoleNames.oid(context, s.authorization());
    String name = s.name() != null ? s.name() : RoleNames.name(context, owner);
    if (!context.rights().onDatabase(context.catalog().databaseOid(), Privilege.CREATE, false)) {
      throw Rights.denied("database", context.catalog().databaseName());
    }
    if (s.authorization() != null) {
      RoleNames.requireMember(context, owner);
    }
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
    int oid = context.newOid();
    boolean isForOther = owner != context.currentUser();
    if (isForOther && !s.elements().isEmpty()) {
      throw DdlErrors.notBuilt("CREATE SCHEMA AUTHORIZATION of another role with elements");
    }
    context.change(editor -> editor.put(new SchemaEntry(oid, name, owner)));
    if (!s.elements().isEmpty()) {
      List<DdlStatement> ordered = ordered(name, s.elements());
      context.inSchema(name, () -> ordered.forEach(runner));
    }
    return "CREATE SCHEMA";
  }
}
