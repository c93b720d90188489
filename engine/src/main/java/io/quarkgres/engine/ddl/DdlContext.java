package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.Binder.ResolvedType;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.deparse.Deparser;
import io.quarkgres.engine.exec.modify.DeferredChecks;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What a DDL statement needs of its session. Used by the session's thread. */
public interface DdlContext {
  /** Returns the catalog as the transaction sees it now. */
  CatalogVersion catalog();

  /**
   * Makes a change in the transaction; it is replayed on the newest public version at commit, so it
   * may depend on nothing but the editor and on values that were computed before.
   */
  void change(Consumer<CatalogVersion.Editor> changes);

  /** Adds or replaces a relation. */
  default void put(RelationEntry relation) {
    change(editor -> editor.put(relation));
  }

  /** Runs something when the transaction ends in a commit, such as freeing a dropped store. */
  void onCommit(Runnable action);

  /** Runs something when the transaction (or savepoint) is rolled back. */
  void onRollback(Runnable action);

  /**
   * Notes what is to happen to a temporary table whenever a transaction commits.
   *
   * @param isDropped whether it is dropped; if not, its rows are deleted
   */
  void onEveryCommit(int tableOid, boolean isDropped);

  /** Runs something with a schema in front of the search path, where new objects go. */
  void inSchema(String schema, Runnable action);

  /** Raises 55006 when checks of a relation's constraints are due that were put off. */
  default void refusePendingChecks(RelationEntry relation, String statement) {
    if (evaluation().service(DeferredChecks.class).hasChecksOn(relation.oid())) {
      throw new SqlException(
          SqlState.OBJECT_IN_USE,
          "cannot "
              + statement
              + " \""
              + relation.name()
              + "\" because it has pending trigger events");
    }
  }

  /** Binds the query of a view under its own search path. */
  BoundStatement bindView(ViewEntry view);

  /** Returns a new oid, never used before. */
  int newOid();

  /** Returns a new oid for the type of a relation's rows; the one before it is its array type's. */
  int newRowType();

  /** Returns the storage. */
  Storage storage();

  /** Returns the running transaction. */
  Transaction transaction();

  /** Shows everybody how far the build of an index of a table is, until {@link #endBuild}. */
  void beginBuild(int tableOid, BuildProgress progress);

  /** Says that an index is built, or is not going to be. */
  void endBuild();

  /** Locks a relation until the end of the transaction, waiting as long as it takes. */
  void lock(int relationOid, LockMode mode);

  /** Locks a name that is about to be created, so that two creators wait for each other. */
  void lockName(String schema, String name);

  /** Returns the schemas that unqualified names are looked up in, existing ones only. */
  List<String> searchPath();

  /** Returns the schema that unqualified new objects go to; raises 3F000 when there is none. */
  String creationSchema();

  /** Returns the schema of temporary objects, making it if need be. */
  String temporarySchema();

  /** Makes a change of the roles, as {@link #change} does of the catalog. */
  void changeRoles(UnaryOperator<RoleCatalog> change);

  /** Returns what the current role may do now. */
  Rights rights();

  /** Returns how many threads may build an index, one at least. */
  int buildThreads();

  /** Returns a setting's name as it is spelled; raises 42704 for an unknown one. */
  String settingName(String name);

  /** Returns the value that SET would give a setting, as written; raises the errors of SET. */
  String settingToStore(UtilityStatement.Setting setting);

  /** Returns those of some settings that the current role may not change. */
  Map<String, String> settingsToKeep(Map<String, String> values);

  /** Returns the oid of the session's role. */
  int sessionUser();

  /** Returns the oid of a database, 0 if there is none of that name. */
  int databaseOid(String name);

  /** Returns the newest public catalogs of the other databases. */
  Collection<CatalogVersion> otherCatalogs();

  /** Returns the oid of the current role. */
  int currentUser();

  /** Returns a type's name as messages show it: with the schema where the path does not find it. */
  String shown(SqlType type);

  /** Sends a notice; the code is an SQLSTATE. */
  void notice(String severity, String code, String message);

  /** Sends a notice with a detail. */
  void notice(String severity, String code, String message, String detail);

  /** Sends a notice with a detail and a hint. */
  void notice(String severity, String code, String message, String detail, String hint);

  /** Returns the name of a relation as messages show it: qualified where it is not visible. */
  String shown(RelationEntry relation);

  /** Returns the error that a name is no relation's, or its schema's. */
  default SqlException undefinedRelation(QualifiedName name) {
    String schema = name.schema();
    return schema == null || schema.equals("pg_temp") || catalog().schema(schema) != null
        ? DdlErrors.undefinedRelation(name)
        : DdlErrors.undefinedSchema(schema);
  }

  /** Finds a relation by name through the search path, {@code null} when there is none. */
  RelationEntry find(QualifiedName name);

  /** Returns why rows cannot be changed through a view, {@code null} when they can. */
  String notUpdatable(ViewEntry view);

  /** Returns what prints expressions to be kept in the catalog. */
  Deparser deparser();

  /** Returns what functions on the catalog are given. */
  CatalogServices services();

  /** Returns the session's side of evaluations. */
  EvalContext evaluation();

  /** Begins the next command, so that what was done so far is visible. */
  void nextCommand();

  /**
   * Binds an expression over the columns of a relation-to-be; column {@code i} becomes a reference
   * to (relation, i).
   */
  BoundExpr bindOver(
      Expression expression, String relationName, List<ColumnEntry> columns, int relation);

  /** Binds an expression over the columns of a table for a purpose. */
  BoundExpr bindOver(Expression expression, TableEntry table, int relation, Binder.Purpose purpose);

  /** Parses and binds the SQL text of an expression over columns. */
  BoundExpr bindOver(String sql, String relationName, List<ColumnEntry> columns, int relation);

  /** Binds a default as written; an error about its type points nowhere, as in PostgreSQL. */
  default BoundExpr bindDefault(Expression value, ColumnEntry column) {
    try {
      return bindAssigned(value, column);
    } catch (SqlException e) {
      throw e.state() == SqlState.DATATYPE_MISMATCH ? e.withPosition(SqlException.NO_POSITION) : e;
    }
  }

  /** Binds an expression and casts it to a column's type as an assignment would. */
  BoundExpr bindAssigned(Expression expression, ColumnEntry column);

  /** Binds an expression over columns and casts it to a column's type as an assignment would. */
  BoundExpr bindConverted(
      Expression expression,
      String relationName,
      List<ColumnEntry> columns,
      int relation,
      ColumnEntry target);

  /** Resolves a type as written; raises 42704 for an unknown one. */
  ResolvedType resolveType(TypeName name);

  /** Binds a query. */
  BoundStatement bind(Query query);

  /** Binds a query under a search path and fully qualified SQL text for a view. */
  BoundStatement bindSql(String sql);

  /** Runs a bound statement and returns its rows. */
  BlockCursor run(BoundStatement statement);

  /** Returns the result of what stands behind CREATE TABLE AS: a query or EXECUTE. */
  QueryResult result(Statement source);

  /** A query that is ready to be run once. */
  interface QueryResult {
    /** Returns its columns. */
    List<ResultColumn> columns();

    /** Runs it. */
    BlockCursor open();
  }

  /** Runs SQL text that the engine itself makes (such as checking a new foreign key). */
  long execute(String sql);
}
