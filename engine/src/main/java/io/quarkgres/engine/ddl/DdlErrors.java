package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The wording of errors of DDL statements. Thread: any. */
public final class DdlErrors {
  /** The first oid of what a user has made. */
  private static final int FIRST_USER_OID = 16_384;

  private DdlErrors() {}

  public static SqlException notBuilt(String feature) {
    return new SqlException(SqlState.FEATURE_NOT_SUPPORTED, feature + " is not supported yet");
  }

  /** Refuses to change what belongs to a system catalog. */
  public static void refuseSystem(RelationEntry relation) {
    if (relation.oid() > 0 && relation.oid() < FIRST_USER_OID) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "permission denied: \"" + relation.name() + "\" is a system catalog");
    }
  }

  public static SqlException duplicateRelation(String name) {
    return new SqlException(SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
  }

  static SqlException undefinedRelation(QualifiedName name) {
    return new SqlException(SqlState.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
  }

  public static SqlException undefinedSchema(String name) {
    return new SqlException(SqlState.INVALID_SCHEMA_NAME, "schema \"" + name + "\" does not exist");
  }

  public static SqlException undefinedColumn(String column, String table) {
    return new SqlException(
        SqlState.UNDEFINED_COLUMN,
        "column \"" + column + "\" of relation \"" + table + "\" does not exist");
  }

  public static SqlException missingKeyColumn(String column) {
    return new SqlException(
        SqlState.UNDEFINED_COLUMN, "column \"" + column + "\" named in key does not exist");
  }

  public static SqlException duplicateColumn(String column) {
    return new SqlException(
        SqlState.DUPLICATE_COLUMN, "column \"" + column + "\" specified more than once");
  }

  public static SqlException wrongKind(String name, String wanted, String article) {
    return new SqlException(
        SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is not " + article + " " + wanted);
  }

  /** 42601: the column is an identity column, a generated one and so on. */
  public static SqlException columnIs(TableEntry table, ColumnEntry column, String what) {
    return new SqlException(
        SqlState.SYNTAX_ERROR,
        "column \"" + column.name() + "\" of relation \"" + table.name() + "\" is " + what);
  }
}
