package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.KeptBlocks;
import io.quarkgres.engine.exec.build.Execution;
import io.quarkgres.engine.exec.modify.DeferredChecks;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.session.cache.HeldPlan;
import io.quarkgres.engine.session.cache.PlanCache;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.error.WouldWait;
import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.lock.LockTable;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Runs queries and data-modifying statements: bind and plan through the shared cache, lock the
 * tables, take a snapshot, open the operators. Used by the session's thread.
 */
final class QueryRunner {
  private final ClientSession session;

  QueryRunner(ClientSession session) {
    this.session = session;
  }

  /** Tells whether a statement is bound and planned, as opposed to a utility statement. */
  static boolean isQuery(Statement statement) {
    return (statement instanceof Query query && query.into() == null)
        || statement instanceof DmlStatement;
  }

  /** Returns the cached plan of a statement's text, or {@code null}. */
  PlanCache.Kept find(String sql, int[] declared) {
    List<Integer> types = Arrays.stream(declared).boxed().toList();
    return session.engine().plans().findQuiet(key(withoutSemicolon(sql), types));
  }

  /** Plans are kept by the text of the statement alone. */
  private static String withoutSemicolon(String sql) {
    return sql.endsWith(";") ? sql.substring(0, sql.length() - 1).stripTrailing() : sql;
  }

  /** Finds out parameter and result types. */
  PortalOpener.Description describe(ParsedStatement parsed, int[] declared) {
    List<Integer> types = Arrays.stream(declared).boxed().toList();
    BoundStatement bound = cached(parsed, types).plan().bound();
    return new PortalOpener.Description(bound.parameters(), resultColumns(bound));
  }

  private static List<ResultColumn> resultColumns(BoundStatement bound) {
    boolean hasRows = bound.kind() == BoundStatement.Kind.SELECT || !bound.columns().isEmpty();
    return hasRows ? bound.columns() : null;
  }

  /** Returns the statement's plan, from where it is found first. */
  PlannedStatement plan(PreparedStatement statement) {
    SessionEnvironment environment = session.environment();
    HeldPlan held = statement.held();
    PlannedStatement found = held.find(environment);
    return found != null
        ? found
        : held.keep(cached(statement.parsed(), held.parameterTypes()), environment);
  }

  /** Returns the plan of a statement from the server's cache, made if need be. */
  PlanCache.Kept cached(ParsedStatement parsed, List<Integer> types) {
    return session
        .engine()
        .plans()
        .get(
            key(parsed.text(), types),
            parsed,
            session.environment().catalog(),
            statement -> plan(statement, types));
  }

  /** Returns the key of a text's plan in the session's present state. */
  PlanCache.Key key(String sql, List<Integer> types) {
    SessionEnvironment environment = session.environment();
    return new PlanCache.Key(
        sql,
        types,
        environment.catalog().version(),
        environment.searchPath(),
        session.role().currentName(),
        environment.planEnvironment());
  }

  private PlannedStatement plan(Statement statement, List<Integer> types) {
    SessionEnvironment environment = session.environment();
    BoundStatement bound = new Binder(environment.bindContext(types)).bind(statement);
    return environment.plan(bound);
  }

  /** Plans a statement without the cache. */
  PlannedStatement planOnce(Statement statement, List<Integer> types) {
    return plan(statement, types);
  }

  /** Plans the query inside a utility statement, which has the parameters of the whole. */
  PlannedStatement planInside(Statement query, PreparedStatement whole) {
    PlannedStatement planned = plan(query, whole.held().parameterTypes());
    requireParameters(whole, planned);
    return planned;
  }

  /** Returns the types of a query's parameters; none for what is no query. */
  List<SqlType> parameters(Statement statement, int[] declared) {
    return isQuery(statement)
        ? plan(statement, Arrays.stream(declared).boxed().toList()).bound().parameters()
        : List.of();
  }

  /** Makes a portal of a prepared statement. */
  Portal open(
      String name, PreparedStatement statement, Column[] parameters, short[] resultFormats) {
    PlannedStatement first = plan(statement);
    requireParameters(statement, first);
    first.requireSound();
    List<ResultColumn> columns = resultColumns(first.bound());
    requireSameResult(statement, columns);
    short[] formats = Formats.expand(resultFormats, columns == null ? 0 : columns.size());
    return new Portal(
            name,
            columns,
            formats,
            session.opener().declaration(statement),
            () -> start(statement, parameters, columns))
        .shortOne(statement.held().isPoint(session.environment()))
        .cached(
            columns == null || statement.parsed() == null
                ? null
                : CachedRows.of(session, statement, parameters, formats));
  }

  /**
   * Makes a portal of an INSERT that is fed with rows, its tables locked; returns {@code null} when
   * the catalog has changed since it was planned.
   */
  Portal openFed(PreparedStatement statement, Deque<Block> rows) {
    PlannedStatement planned = statement.held().kept().plan();
    lockTables(planned.bound());
    session.role().require(planned.bound().accesses());
    if (planned.bound().catalogVersion() != session.environment().catalog().version()) {
      return null;
    }
    List<ResultColumn> columns = resultColumns(planned.bound());
    short[] formats = new short[columns == null ? 0 : columns.size()];
    return new Portal(
        "",
        columns,
        formats,
        session.opener().declaration(statement),
        () -> run(planned, new Column[0], rows::poll));
  }

  /** A simple query has no values for parameters. */
  private static void requireParameters(PreparedStatement statement, PlannedStatement planned) {
    if (planned.bound().parameters().size() > statement.parameters().size()) {
      int number = statement.parameters().size() + 1;
      String text = "$" + number;
      throw new SqlException(
          SqlState.UNDEFINED_PARAMETER,
          "there is no parameter " + text,
          statement.parsed().sql().indexOf(text, statement.parsed().start()));
    }
  }

  private static void requireSameResult(PreparedStatement statement, List<ResultColumn> now) {
    if (statement.name().isEmpty() || statement.columns() == null || now == null) {
      return;
    }
    boolean isSame = statement.columns().size() == now.size();
    for (int i = 0; isSame && i < now.size(); i++) {
      ResultColumn before = statement.columns().get(i);
      isSame =
          before.type().oid() == now.get(i).type().oid()
              && before.typmod() == now.get(i).typmod()
              && Objects.equals(before.name(), now.get(i).name());
    }
    if (!isSame) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "cached plan must not change result type");
    }
  }

  /** Locks what the statement uses, then opens it. */
  Portal.RowSource start(
      PreparedStatement statement, Column[] parameters, List<ResultColumn> described) {
    PlannedStatement planned = locked(() -> plan(statement));
    if (session.isOnEventLoop() && !statement.held().isPoint(session.environment())) {
      throw new WouldWait();
    }
    List<ResultColumn> columns = resultColumns(planned.bound());
    boolean hasChanged =
        (columns == null) != (described == null)
            || (columns != null && columns.size() != described.size());
    if (hasChanged) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "cached plan must not change result type");
    }
    return run(planned, parameters);
  }

  /** Plans, locks, and plans again for as long as the catalog changes while waiting for locks. */
  PlannedStatement locked(Supplier<PlannedStatement> planning) {
    while (true) {
      PlannedStatement planned = planning.get();
      lockTables(planned.bound());
      session.role().require(planned.bound().accesses());
      if (planned.bound().catalogVersion() == session.environment().catalog().version()) {
        return planned;
      }
    }
  }

  private void lockTables(BoundStatement bound) {
    CatalogVersion catalog = session.environment().catalog();
    for (BoundStatement.TableUse use : bound.tables()) {
      if (catalog.relationByOid(use.oid()) instanceof TableEntry) {
        lock(use.oid(), use.mode());
      }
    }
  }

  /** Locks a relation until the end of the transaction. */
  void lock(int oid, LockMode mode) {
    session.engine().storage().locks().lock(session.transaction().store(), target(oid), mode);
  }

  LockTable.Target target(int oid) {
    return new LockTable.Target(LockTable.Target.RELATION, session.database().oid(), oid);
  }

  /** Opens a planned statement. One that writes runs to its end before it yields a row. */
  Portal.RowSource run(PlannedStatement planned, Column[] parameters) {
    return run(planned, parameters, null);
  }

  private Portal.RowSource run(PlannedStatement planned, Column[] parameters, BlockCursor input) {
    BoundStatement bound = planned.bound();
    planned.requireSound();
    ReadOnlyRule.check(session, bound);
    Snapshot snapshot = session.transaction().snapshot();
    Execution execution;
    try {
      execution = Execution.open(planned, context(snapshot, parameters).withInput(input));
    } catch (RuntimeException | Error e) {
      snapshot.close();
      throw e;
    }
    if (bound.isReadOnly()) {
      return new StreamedRows(execution, snapshot, bound.kind());
    }
    return written(planned, execution, snapshot);
  }

  /** Makes what an execution works with. */
  ExecutionContext context(Snapshot snapshot, Column[] parameters) {
    return new ExecutionContext(
            session.environment(),
            session.environment().catalog(),
            session.transaction().store(),
            snapshot,
            parameters)
        .withMemory(session.memory().account());
  }

  /** Runs constraint checks that were put off: all, or those that are immediate now. */
  void runDeferredChecks(boolean areAll) {
    DeferredChecks deferred = session.transaction().deferred();
    if (deferred.isEmpty()) {
      return;
    }
    try (Snapshot snapshot = session.transaction().store().latest()) {
      ExecutionContext context = context(snapshot, new Column[0]);
      if (areAll) {
        deferred.runAll(context);
      } else {
        deferred.runImmediate(context);
      }
    }
  }

  /** Runs an INSERT that COPY feeds with one block; returns how many rows it inserted. */
  long insertBlock(PlannedStatement insert, Block input) {
    Deque<Block> blocks = new ArrayDeque<>(List.of(input));
    try (Snapshot snapshot = session.transaction().snapshot();
        Execution execution =
            Execution.open(insert, context(snapshot, new Column[0]).withInput(blocks::poll))) {
      while (execution.next() != null) {
        // An INSERT without RETURNING yields nothing; it runs on the first call.
      }
      session.transaction().store().nextCommand();
      return execution.affectedRows();
    }
  }

  private Portal.RowSource written(
      PlannedStatement planned, Execution execution, Snapshot snapshot) {
    KeptBlocks blocks = session.memory().keptBlocks();
    try (execution;
        snapshot) {
      for (Block block = execution.next(); block != null; block = execution.next()) {
        if (!planned.bound().columns().isEmpty()) {
          blocks.add(block);
        }
      }
      session.transaction().store().nextCommand();
      return new StoredRows(blocks, planned.bound().kind(), execution.affectedRows());
    } catch (RuntimeException | Error e) {
      blocks.close();
      throw e;
    }
  }

  /** Runs a statement that the engine itself makes; returns its rows. */
  List<Block> runAll(PlannedStatement planned) {
    List<Block> result = new ArrayList<>();
    try (Portal.RowSource rows = run(planned, new Column[0])) {
      for (Block block = rows.next(); block != null; block = rows.next()) {
        result.add(block);
      }
    }
    return result;
  }

  /** Returns the command tag of a statement. */
  static String tag(BoundStatement.Kind kind, long rows) {
    return switch (kind) {
      case SELECT -> "SELECT " + rows;
      case INSERT -> "INSERT 0 " + rows;
      case UPDATE -> "UPDATE " + rows;
      case DELETE -> "DELETE " + rows;
      case MERGE -> "MERGE " + rows;
    };
  }

  /** Rows that come as the client takes them. */
  private record StreamedRows(Execution execution, Snapshot snapshot, BoundStatement.Kind kind)
      implements Portal.RowSource {
    @Override
    public Block next() {
      return execution.next();
    }

    @Override
    public String tag(long rows) {
      return QueryRunner.tag(kind, rows);
    }

    @Override
    public void close() {
      execution.close();
      snapshot.close();
    }
  }

  /** Rows that are there already. */
  private static final class StoredRows implements Portal.RowSource {
    private final KeptBlocks blocks;
    private final BoundStatement.Kind kind;
    private final long affected;
    private int next;

    private StoredRows(KeptBlocks blocks, BoundStatement.Kind kind, long affected) {
      this.blocks = blocks;
      this.kind = kind;
      this.affected = affected;
    }

    @Override
    public Block next() {
      return next < blocks.count() ? blocks.get(next++) : null;
    }

    @Override
    public String tag(long rows) {
      return QueryRunner.tag(kind, kind == BoundStatement.Kind.SELECT ? rows : affected);
    }

    @Override
    public void close() {
      blocks.close();
    }
  }
}
