package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.DatabaseStatement;
import io.quarkgres.engine.ast.DdlStatement;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.IndexStatement;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.RelationStatement;
import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.ast.RoutineStatement;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.Binder.ResolvedType;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.execute.DdlExecutor;
import io.quarkgres.engine.deparse.Deparser;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.session.setting.SettingTable;
import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.lock.LockTable;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.Transaction;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What DDL statements need of a session. Used by the session's thread. */
final class DdlSession implements DdlContext {
  private final ClientSession session;
  private final PreparedStatements prepared;
  private final DdlExecutor executor;
  private final DatabaseStatements databases;
  private Reply reply;

  DdlSession(ClientSession session, PreparedStatements prepared) {
    this.session = session;
    this.prepared = prepared;
    this.executor = new DdlExecutor(this);
    this.databases = new DatabaseStatements(session, this);
  }

  /** Runs a DDL statement; returns its tag. */
  String run(
      DdlStatement statement, ParsedStatement parsed, boolean isOneOfMany, Reply statementReply) {
    reply = statementReply;
    ReadOnlyRule.refuseDdl(session, parsed.text());
    String alone = ConcurrentDdl.words(statement);
    if (alone != null) {
      session.transactions().preventInBlock(alone, isOneOfMany);
    }
    String tag =
        switch (statement) {
          case DatabaseStatement s -> databases.run(s, isOneOfMany);
          case TableStatement _,
              IndexStatement _,
              RelationStatement _,
              ObjectStatement _,
              RoutineStatement _,
              RoleStatement _ ->
              executor.execute(statement, parsed.text());
        };
    session.transaction().store().nextCommand();
    return tag;
  }

  @Override
  public int buildThreads() {
    return 1 + (int) session.settings().integer("max_parallel_maintenance_workers");
  }

  @Override
  public void beginBuild(int tableOid, BuildProgress progress) {
    session.setRunningBuild(new RunningBuild(tableOid, progress));
  }

  @Override
  public void endBuild() {
    session.setRunningBuild(null);
  }

  /** SELECT INTO, which is CREATE TABLE AS. */
  String selectInto(Query query, ParsedStatement parsed, Reply statementReply) {
    reply = statementReply;
    ReadOnlyRule.refuse(session, "SELECT INTO");
    String tag = executor.selectInto(query, parsed.text());
    session.transaction().store().nextCommand();
    return tag;
  }

  /** Drops the tables in the session's temporary schema. */
  void dropTemporaryTables() {
    String schema = session.environment().temporarySchemaOrNull();
    if (schema != null) {
      executor.dropAllIn(schema);
    }
  }

  @Override
  public CatalogVersion catalog() {
    return session.environment().catalog();
  }

  @Override
  public void change(Consumer<CatalogVersion.Editor> changes) {
    session.transaction().change(changes);
  }

  @Override
  public void onCommit(Runnable action) {
    session.transaction().onCommit(action);
  }

  @Override
  public void onRollback(Runnable action) {
    session.transaction().onRollback(action);
  }

  @Override
  public void changeRoles(UnaryOperator<RoleCatalog> change) {
    session.transaction().changeRoles(change);
  }

  @Override
  public String settingName(String name) {
    SettingTable.Definition definition = session.engine().settingTable().get(name);
    if (definition == null && name.indexOf('.') < 0) {
      throw Settings.unknown(name);
    }
    return definition == null ? name : definition.name();
  }

  @Override
  public String settingToStore(UtilityStatement.Setting setting) {
    return new SettingStatements(session).toStore(setting);
  }

  @Override
  public Map<String, String> settingsToKeep(Map<String, String> values) {
    Map<String, String> result = new LinkedHashMap<>(values);
    result.keySet().removeIf(name -> SettingStatements.isAllowed(session, name));
    return result;
  }

  @Override
  public Rights rights() {
    return session.role().rights();
  }

  @Override
  public int sessionUser() {
    return session.role().session();
  }

  @Override
  public int databaseOid(String name) {
    return session.engine().databases().oid(name);
  }

  @Override
  public Collection<CatalogVersion> otherCatalogs() {
    return session.engine().databases().all().stream()
        .filter(d -> d != session.database())
        .map(Database::catalog)
        .toList();
  }

  @Override
  public void inSchema(String schema, Runnable action) {
    session.environment().inSchema(schema, action);
  }

  @Override
  public void onEveryCommit(int tableOid, boolean isDropped) {
    session.temporaryTables().onEveryCommit(tableOid, isDropped);
  }

  @Override
  public BoundStatement bindView(ViewEntry view) {
    return new Binder(
            session.environment().bindContext(List.of()).withSearchPath(view.searchPath()))
        .bind(Parser.parse(view.querySql()).get(0).statement());
  }

  /** Drops relations without a word, as ON COMMIT DROP does. */
  void dropSilently(List<RelationEntry> relations) {
    reply = null;
    executor.dropAll(relations);
  }

  /** Empties tables without a word, as ON COMMIT DELETE ROWS does. */
  void truncateSilently(List<TableEntry> tables) {
    reply = null;
    executor.truncateAll(tables);
  }

  @Override
  public int newOid() {
    return session.engine().databases().newOid();
  }

  @Override
  public int newRowType() {
    return session.engine().databases().newRowType();
  }

  @Override
  public Storage storage() {
    return session.engine().storage();
  }

  @Override
  public Transaction transaction() {
    return session.transaction().store();
  }

  @Override
  public void lock(int relationOid, LockMode mode) {
    session.queries().lock(relationOid, mode);
  }

  @Override
  public void lockName(String schema, String name) {
    long hash = schema.hashCode() * 0x9E3779B97F4A7C15L + name.hashCode();
    LockTable.Target target =
        new LockTable.Target(LockTable.Target.NAME, session.database().oid(), hash);
    storage().locks().lock(transaction(), target, LockMode.ACCESS_EXCLUSIVE);
  }

  @Override
  public List<String> searchPath() {
    return session.environment().searchPath();
  }

  @Override
  public String creationSchema() {
    return session.environment().creationSchema();
  }

  @Override
  public String temporarySchema() {
    return session.environment().temporarySchema();
  }

  @Override
  public int currentUser() {
    return session.role().current();
  }

  @Override
  public void notice(String severity, String code, String message) {
    if (reply != null) {
      reply.notice(new Reply.Notice(severity, code, message, null, null));
    }
  }

  @Override
  public void notice(String severity, String code, String message, String detail) {
    notice(severity, code, message, detail, null);
  }

  @Override
  public void notice(String severity, String code, String message, String detail, String hint) {
    if (reply != null) {
      reply.notice(new Reply.Notice(severity, code, message, detail, hint));
    }
  }

  @Override
  public EvalContext evaluation() {
    return session.environment();
  }

  @Override
  public void nextCommand() {
    transaction().nextCommand();
  }

  @Override
  public CatalogServices services() {
    return session.environment().service(CatalogServices.class);
  }

  @Override
  public String notUpdatable(ViewEntry view) {
    return binder().notUpdatable(view);
  }

  @Override
  public Deparser deparser() {
    return SessionDefinitions.forStorage(session.environment());
  }

  private Binder binder() {
    return new Binder(session.environment().bindContext(List.of()));
  }

  @Override
  public BoundExpr bindOver(
      Expression expression, String relationName, List<ColumnEntry> columns, int relation) {
    return binder().bindOver(expression, relationName, columns, relation);
  }

  @Override
  public BoundExpr bindOver(
      Expression expression, TableEntry table, int relation, Binder.Purpose purpose) {
    return binder().bindOver(expression, table, relation, purpose);
  }

  @Override
  public BoundExpr bindOver(
      String sql, String relationName, List<ColumnEntry> columns, int relation) {
    return binder().bindOver(Parser.parseExpression(sql), relationName, columns, relation);
  }

  @Override
  public BoundExpr bindAssigned(Expression expression, ColumnEntry column) {
    return binder().bindAssigned(expression, column.type(), column.typmod(), column.name());
  }

  @Override
  public BoundExpr bindConverted(
      Expression expression,
      String relationName,
      List<ColumnEntry> columns,
      int relation,
      ColumnEntry target) {
    return binder()
        .bindConverted(
            expression,
            relationName,
            columns,
            relation,
            target.type(),
            target.typmod(),
            target.name());
  }

  @Override
  public ResolvedType resolveType(TypeName name) {
    return binder().resolve(name);
  }

  @Override
  public String shown(RelationEntry relation) {
    return ObjectNaming.relationName(
        session.environment().service(CatalogServices.class), relation);
  }

  @Override
  public String shown(SqlType type) {
    return ObjectNaming.typeName(session.environment().service(CatalogServices.class), type);
  }

  @Override
  public RelationEntry find(QualifiedName name) {
    return RelationLookup.find(session, name.schema(), name.name());
  }

  @Override
  public BoundStatement bind(Query query) {
    return binder().bind(query);
  }

  @Override
  public QueryResult result(Statement source) {
    if (source instanceof UtilityStatement.Execute execute) {
      return prepared.result(execute);
    }
    PlannedStatement planned =
        session.queries().locked(() -> session.queries().planOnce(source, List.of()));
    return new SessionResult(
        planned.bound().columns(), () -> session.queries().run(planned, new Column[0]));
  }

  /** The rows of a statement of the session. */
  record SessionResult(List<ResultColumn> columns, Portal.Starter starter) implements QueryResult {
    @Override
    public BlockCursor open() {
      return cursor(starter.start());
    }
  }

  @Override
  public BlockCursor run(BoundStatement statement) {
    session.role().require(statement.accesses());
    return cursor(session.queries().run(session.environment().plan(statement), new Column[0]));
  }

  private static BlockCursor cursor(Portal.RowSource rows) {
    return new BlockCursor() {
      @Override
      public Block next() {
        return rows.next();
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  @Override
  public BoundStatement bindSql(String sql) {
    return binder().bind(Parser.parse(sql).get(0).statement());
  }

  @Override
  public long execute(String sql) {
    PlannedStatement planned = session.environment().plan(bindSql(sql));
    long rows = 0;
    for (Block block : session.queries().runAll(planned)) {
      rows += block.rowCount();
    }
    return rows;
  }
}
