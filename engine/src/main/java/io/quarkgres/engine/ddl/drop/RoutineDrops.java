package io.quarkgres.engine.ddl.drop;

import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * DROP FUNCTION, AGGREGATE, PROCEDURE and ROUTINE. Only PostgreSQL's own functions and those of
 * extensions are there, so that none can be dropped. Used by the session's thread.
 */
final class RoutineDrops {
  /** Types that the grammar has words for, which are names of {@code pg_catalog} by that. */
  private static final Set<String> KEYWORD_TYPES =
      Set.of(
          "int2",
          "int4",
          "int8",
          "float4",
          "float8",
          "bool",
          "numeric",
          "varchar",
          "bpchar",
          "bit",
          "varbit",
          "time",
          "timetz",
          "timestamp",
          "timestamptz",
          "interval");

  private final DdlContext context;

  RoutineDrops(DdlContext context) {
    this.context = context;
  }

  String drop(ObjectStatement.Drop s) {
    for (ObjectName name : s.names()) {
      try {
        drop(s.kind(), (ObjectName.Routine) name);
      } catch (Missing missing) {
        if (!s.isIfExists()) {
          throw missing.error;
        }
        context.notice("NOTICE", "00000", missing.skipped + ", skipping");
      }
    }
    return "DROP " + s.kind().word().toUpperCase(Locale.ROOT);
  }

  /** What IF EXISTS passes over: the error without it, and what the notice says. */
  private static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient SqlException error;
    private final String skipped;

    Missing(SqlException error, String skipped) {
      super(skipped, null, false, false);
      this.error = error;
      this.skipped = skipped;
    }
  }

  private void drop(ObjectKind kind, ObjectName.Routine routine) throws Missing {
    requireSchema(routine.name().schema());
    String shownName = routine.name().toString();
    List<FunctionDef> named = named(routine);
    if (routine.argumentTypes() == null) {
      refuseUnnamed(kind, shownName, named);
      return;
    }
    List<Integer> types = new ArrayList<>();
    List<String> written = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (TypeName type : routine.argumentTypes()) {
      types.add(type(type));
      written.add(written(type));
      shown.add(context.catalog().types().byOid(types.getLast()).info().sqlName());
    }
    boolean isStar = kind == ObjectKind.AGGREGATE && types.isEmpty();
    String signature = shownName + (isStar ? "(*)" : "(" + String.join(", ", shown) + ")");
    for (FunctionDef function : named) {
      if (function.argumentTypes().equals(types)) {
        throw refused(kind, function, signature);
      }
    }
    String word = kind == ObjectKind.ROUTINE ? "function" : kind.word();
    throw new Missing(
        new SqlException(SqlState.UNDEFINED_FUNCTION, word + " " + signature + " does not exist"),
        "%s %s(%s) does not exist"
            .formatted(kind.word(), shownName, isStar ? "*" : String.join(",", written)));
  }

  private List<FunctionDef> named(ObjectName.Routine routine) {
    List<FunctionDef> result = new ArrayList<>();
    String schema = routine.name().schema();
    for (FunctionDef function : context.catalog().functions().functions(routine.name().name())) {
      if (schema == null || schema.equals(function.schema())) {
        result.add(function);
      }
    }
    return result;
  }

  private void requireSchema(String schema) throws Missing {
    if (schema != null && context.catalog().schema(schema) == null) {
      SqlException error = DdlErrors.undefinedSchema(schema);
      throw new Missing(error, error.getMessage());
    }
  }

  private int type(TypeName type) throws Missing {
    requireSchema(type.name().schema());
    try {
      return context.resolveType(type).type().oid();
    } catch (SqlException e) {
      if (e.state() != SqlState.UNDEFINED_OBJECT) {
        throw e;
      }
      throw new Missing(e.withPosition(SqlException.NO_POSITION), e.getMessage());
    }
  }

  private static String written(TypeName type) {
    String name = type.name().toString();
    String qualified = KEYWORD_TYPES.contains(name) ? "pg_catalog." + name : name;
    return type.isArray() ? qualified + "[]" : qualified;
  }

  private void refuseUnnamed(ObjectKind kind, String name, List<FunctionDef> named) throws Missing {
    if (named.size() > 1) {
      throw new SqlException(
              SqlState.AMBIGUOUS_FUNCTION, kindWord(kind) + " name \"" + name + "\" is not unique")
          .withHint(
              "Specify the argument list to select the " + kindWord(kind) + " unambiguously.");
    }
    if (!named.isEmpty()) {
      FunctionDef only = named.getFirst();
      List<String> types = new ArrayList<>();
      for (int oid : only.argumentTypes()) {
        types.add(context.catalog().types().byOid(oid).info().sqlName());
      }
      throw refused(kind, only, name + "(" + String.join(", ", types) + ")");
    }
    throw new Missing(
        new SqlException(
            SqlState.UNDEFINED_FUNCTION,
            "could not find a " + kindWord(kind) + " named \"" + name + "\""),
        kind.word() + " " + name + "() does not exist");
  }

  private static String kindWord(ObjectKind kind) {
    return kind == ObjectKind.ROUTINE ? "function" : kind.word();
  }

  private static SqlException refused(ObjectKind kind, FunctionDef function, String signature) {
    boolean isAggregate = function.kind() == FunctionKind.AGGREGATE;
    if (kind == ObjectKind.AGGREGATE && !isAggregate) {
      return new SqlException(
          SqlState.WRONG_OBJECT_TYPE, "function " + signature + " is not an aggregate");
    }
    if (kind == ObjectKind.PROCEDURE) {
      return new SqlException(SqlState.WRONG_OBJECT_TYPE, signature + " is not a procedure");
    }
    if (kind == ObjectKind.FUNCTION && isAggregate) {
      return new SqlException(
              SqlState.WRONG_OBJECT_TYPE, "\"" + function.name() + "\" is an aggregate function")
          .withHint("Use DROP AGGREGATE to drop aggregate functions.");
    }
    return new SqlException(
        SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
        "cannot drop function " + signature + " because it is required by the database system");
  }
}
