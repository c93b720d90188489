package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.parse.ParseOptions;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.error.WouldWait;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.store.Interruption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A client's session: named statements, portals, the transaction, settings. Used by one thread at a
 * time, except {@link #cancel}, {@link #termination} and {@link #terminate}.
 */
final class ClientSession implements Session, LockOwner {
  /** The most statements a session may have prepared. */
  private static final int STATEMENTS_MAX = 50_000;

  private static final int[] NO_TYPES = {};

  /** Statements that need no cached plan to be parsed on an event loop, as drivers write them. */
  private static final Set<String> TRANSACTION_WORDS =
      Set.of("BEGIN", "begin", "COMMIT", "commit", "END", "end", "ROLLBACK", "rollback", "BEGIN;");

  private static final int TRANSACTION_TEXT_MAX = 16;

  /** The most bytes of parameters that are decoded on an event loop. */
  private static final int SHORT_PARAMETERS_MAX = 16 << 10;

  /** The most portals a session may have open. */
  private static final int PORTALS_MAX = 10_000;

  /** Where a session stands with respect to transactions. */
  private enum Phase {
    /** No transaction. */
    IDLE,
    /** A transaction that ends with the query string or at Sync. */
    IMPLICIT,
    /** A transaction block that BEGIN opened. */
    BLOCK,
    /** A transaction block after an error. */
    FAILED
  }

  private final LocalEngine engine;
  private final Database database;
  private final int processId;
  private final int secretKey;
  private final Settings settings;
  private final Interruption interruption = new Interruption();
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<String, Portal> portals = new LinkedHashMap<>();
  private final Notifications.Mailbox mailbox;
  private final SessionEnvironment environment;
  private UtilityRunner utilities;
  private final QueryRunner queries;
  private final SessionRole role;
  private int temporaryNumber;
  private final TemporaryTables temporaryTables = new TemporaryTables(this);
  private Map<String, String> reported;
  private final long startMicros;
  private Phase phase = Phase.IDLE;
  private SessionTransaction transaction;
  private long statementMicros;
  private long reportedVersion = -1;
  private boolean isOnEventLoop;
  private final SessionTimeouts timeouts;
  private volatile Runnable onTermination = () -> {};
  private volatile SqlException termination;
  private Reply currentReply;
  private TransactionModes defaultModes;
  private long defaultModesVersion = -1;
  private volatile String activity = "";
  private int serverPort = -1;
  private int clientPort = -1;

  ClientSession(
      LocalEngine engine,
      Database database,
      RoleEntry loginRole,
      int processId,
      int secretKey,
      Map<String, String> parameters) {
    this.engine = engine;
    this.database = database;
    this.processId = processId;
    this.secretKey = secretKey;
    this.settings = new Settings(engine.settingTable(), this::liveSetting);
    this.startMicros = engine.clock().micros();
    this.statementMicros = startMicros;
    this.role = new SessionRole(this, loginRole.oid());
    settings.force("session_authorization", loginRole.name(), false);
    settings.force(
        "is_superuser", loginRole.is(RoleEntry.Attribute.SUPERUSER) ? "on" : "off", false);
    StartupParameters.apply(parameters, settings);
    this.mailbox = new Notifications.Mailbox(database.oid());
    this.timeouts = new SessionTimeouts(engine.timers(), settings, interruption, this::terminate);
    this.environment = new SessionEnvironment(this);
    this.queries = new QueryRunner(this);
    settings.share(engine.shared());
    reported = engine.shared().of(settings.reported());
  }

  @Override
  public void connectedOver(int newServerPort, int newClientPort) {
    serverPort = newServerPort;
    clientPort = newClientPort;
  }

  // What the other classes of the package ask for.

  int serverPort() {
    return serverPort;
  }

  int clientPort() {
    return clientPort;
  }

  LocalEngine engine() {
    return engine;
  }

  Database database() {
    return database;
  }

  Settings settings() {
    return settings;
  }

  Notifications.Mailbox mailbox() {
    return mailbox;
  }

  SessionEnvironment environment() {
    return environment;
  }

  /** Returns who the session is. */
  SessionRole role() {
    return role;
  }

  /** Returns the number in the name of the session's temporary schema. */
  int temporaryNumber() {
    if (temporaryNumber == 0) {
      temporaryNumber = engine.takeTemporaryNumber();
    }
    return temporaryNumber;
  }

  TemporaryTables temporaryTables() {
    return temporaryTables;
  }

  DdlSession ddl() {
    return utilities().ddl();
  }

  QueryRunner queries() {
    return queries;
  }

  /** Returns what runs utility statements; sessions that only query never have it. */
  private UtilityRunner utilities() {
    if (utilities == null) {
      utilities = new UtilityRunner(this);
    }
    return utilities;
  }

  @Override
  public Interruption interruption() {
    return interruption;
  }

  @Override
  public void onEventLoop(boolean isSo) {
    isOnEventLoop = isSo;
    interruption.setMayWait(!isSo);
  }

  boolean isOnEventLoop() {
    return isOnEventLoop;
  }

  /**
   * Leaves the event loop unless what follows is short. That goes for what an error would undo at
   * once, too, so that nobody waits for the locks of a failed block.
   */
  void requireShort(boolean isShort) {
    boolean mayUndoMuch = phase == Phase.BLOCK && !transaction.isShort();
    if (isOnEventLoop && (!isShort || mayUndoMuch)) {
      throw new WouldWait();
    }
  }

  /** Returns the running transaction; there is one whenever a statement runs. */
  SessionTransaction transaction() {
    return transaction;
  }

  boolean isInBlock() {
    return phase == Phase.BLOCK || phase == Phase.FAILED;
  }

  long statementMicros() {
    return statementMicros;
  }

  long startMicros() {
    return startMicros;
  }

  String activity() {
    return activity;
  }

  Map<String, PreparedStatement> statements() {
    return statements;
  }

  Map<String, Portal> portals() {
    return portals;
  }

  @Override
  public int processId() {
    return processId;
  }

  @Override
  public long processNumber() {
    return processId();
  }

  @Override
  public int secretKey() {
    return secretKey;
  }

  @Override
  public Map<String, String> reportedSettings() {
    return reported;
  }

  @Override
  public char transactionStatus() {
    return switch (phase) {
      case IDLE, IMPLICIT -> 'I';
      case BLOCK -> 'T';
      case FAILED -> 'E';
    };
  }

  // The simple protocol.

  @Override
  public void simpleQuery(String sql, Reply reply) {
    PlanCache.Kept known = queries.find(sql, NO_TYPES);
    requireShort(known != null && known.plan().bound().isReadOnly());
    statementMicros = engine.clock().micros();
    activity = sql;
    currentReply = reply;
    beginStatement();
    try {
      closePortal("");
      statements.remove("");
      List<ParsedStatement> list = known != null ? List.of(known.parsed()) : parsed(sql, reply);
      if (list.isEmpty()) {
        reply.emptyQuery();
      }
      Portal.Outcome last = null;
      for (ParsedStatement statement : list) {
        if (last != null) {
          last.tell(reply);
        }
        last = runSimple(statement, list.size() > 1, reply);
      }
      // The last statement is complete when its implicit transaction is committed.
      endImplicit();
      if (last != null) {
        last.tell(reply);
      }
    } catch (WouldWait wait) {
      // It has only read; what it has locked goes with the transaction that it began.
      if (phase == Phase.IMPLICIT) {
        rollback();
      }
      throw wait;
    } catch (RuntimeException | StackOverflowError e) {
      failed();
      throw translated(e);
    } finally {
      endStatement();
    }
  }

  private Portal.Outcome runSimple(ParsedStatement parsed, boolean isOneOfMany, Reply reply) {
    timeouts.statementBegins();
    enter(parsed.statement());
    if (!isOnEventLoop) {
      transaction.ranLong();
    }
    PreparedStatement statement =
        new PreparedStatement(
            "",
            parsed.sql(),
            parsed,
            new int[0],
            List.of(),
            null,
            false,
            statementMicros,
            new HeldPlan(List.of()));
    Portal portal = open("", statement, new Column[0], new short[0], isOneOfMany, reply);
    requireShort(portal.isShort());
    try {
      if (portal.columns() != null) {
        reply.rowDescription(portal.columns(), portal.formats());
      }
      return portal.run(0, reply);
    } finally {
      portal.close();
    }
  }

  /** Starts an implicit transaction if there is none; refuses what a failed block cannot run. */
  private void enter(Statement statement) {
    if (phase == Phase.FAILED && !endsFailedBlock(statement)) {
      throw new SqlException(
          SqlState.IN_FAILED_SQL_TRANSACTION,
          "current transaction is aborted, commands ignored until end of transaction block");
    }
    if (phase == Phase.IDLE) {
      begin(Phase.IMPLICIT, defaultModes());
    }
  }

  private static boolean endsFailedBlock(Statement statement) {
    return statement instanceof UtilityStatement.Commit
        || statement instanceof UtilityStatement.Rollback
        || statement instanceof UtilityStatement.RollbackToSavepoint;
  }

  // The extended protocol.

  @Override
  public void parse(String name, String sql, int[] parameterTypes, Reply reply) {
    PlanCache.Kept known = queries.find(sql, parameterTypes);
    requireShort(known != null || isTransactionWord(sql));
    statementMicros = engine.clock().micros();
    beginStatement();
    try {
      ParsedStatement parsed = known == null ? parseOne(sql, reply) : known.parsed();
      if (parsed != null) {
        enter(parsed.statement());
      }
      if (name.isEmpty()) {
        statements.remove("");
      }
      prepare(name, sql, parsed, parameterTypes, false);
    } catch (RuntimeException | StackOverflowError e) {
      throw translated(e);
    } finally {
      endStatement();
    }
  }

  /** Parses a text as the settings say; what is no error is sent before an error is raised. */
  private List<ParsedStatement> parsed(String sql, Reply reply) {
    boolean hasStandardStrings = settings.isOn("standard_conforming_strings");
    boolean warnsOfEscapes = settings.isOn("escape_string_warning");
    return Parser.parse(
        sql, new ParseOptions(hasStandardStrings, warnsOfEscapes, n -> reply.notice(told(n, sql))));
  }

  private static Reply.Notice told(ParseOptions.ParseNotice notice, String sql) {
    int character = notice.position() < 0 ? 0 : sql.codePointCount(0, notice.position()) + 1;
    return new Reply.Notice(
        notice.severity(), notice.code(), notice.message(), null, notice.hint(), character);
  }

  private ParsedStatement parseOne(String sql, Reply reply) {
    List<ParsedStatement> list = parsed(sql, reply);
    if (list.size() > 1) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
    }
    return list.isEmpty() ? null : list.getFirst();
  }

  private static boolean isTransactionWord(String sql) {
    return sql.length() <= TRANSACTION_TEXT_MAX && TRANSACTION_WORDS.contains(sql.strip());
  }

  /** Analyzes a statement and names it. */
  void prepare(
      String name, String sql, ParsedStatement parsed, int[] parameterTypes, boolean isFromSql) {
    if (statements.containsKey(name)) {
      throw new SqlException(
          SqlState.DUPLICATE_PSTATEMENT, "prepared statement \"" + name + "\" already exists");
    }
    if (statements.size() >= STATEMENTS_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "a session may have at most " + STATEMENTS_MAX + " prepared statements");
    }
    List<SqlType> parameters = List.of();
    List<ResultColumn> columns = null;
    if (parsed != null) {
      Description description = describe(parsed, parameterTypes);
      parameters = description.parameters();
      columns = description.columns();
    }
    List<Integer> types = parameters.stream().map(SqlType::oid).toList();
    statements.put(
        name,
        new PreparedStatement(
            name,
            sql,
            parsed,
            parameterTypes,
            parameters,
            columns,
            isFromSql,
            statementMicros,
            new HeldPlan(types)));
  }

  /** What analysis finds out about a statement. */
  record Description(List<SqlType> parameters, List<ResultColumn> columns) {}

  private Description describe(ParsedStatement parsed, int[] parameterTypes) {
    Statement statement = parsed.statement();
    return QueryRunner.isQuery(statement)
        ? queries.describe(parsed, parameterTypes)
        : new Description(
            utilities().parameters(statement, parameterTypes), utilities().columns(statement));
  }

  @Override
  public void bind(
      String portalName,
      String statementName,
      short[] parameterFormats,
      byte[][] values,
      short[] resultFormats,
      Reply reply) {
    PreparedStatement statement = statement(statementName);
    requireShort(isShort(statement) && size(values) <= SHORT_PARAMETERS_MAX);
    beginStatement();
    try {
      if (statement.parsed() != null) {
        enter(statement.parsed().statement());
      }
      Column[] parameters = decode(statement, parameterFormats, values);
      if (portalName.isEmpty()) {
        closePortal("");
      } else if (portals.containsKey(portalName)) {
        throw new SqlException(
            SqlState.DUPLICATE_CURSOR, "cursor \"" + portalName + "\" already exists");
      }
      addPortal(open(portalName, statement, parameters, resultFormats, false, reply));
    } catch (RuntimeException | StackOverflowError e) {
      throw translated(e);
    } finally {
      endStatement();
    }
  }

  /** Tells whether binding and running a statement is sure to be short. */
  boolean isShort(PreparedStatement statement) {
    if (statement.parsed() == null) {
      return true;
    }
    Statement syntax = statement.parsed().statement();
    return QueryRunner.isQuery(syntax)
        ? statement.held().find(environment) != null
        : isShortEnd(syntax) || syntax instanceof UtilityStatement.Begin;
  }

  private boolean isShortEnd(Statement syntax) {
    boolean isEnd =
        syntax instanceof UtilityStatement.Commit || syntax instanceof UtilityStatement.Rollback;
    return isEnd && (transaction == null || transaction.isShort() && !commitWaits());
  }

  private static long size(byte[][] values) {
    long result = 0;
    for (byte[] value : values) {
      result += value == null ? 0 : value.length;
    }
    return result;
  }

  void addPortal(Portal portal) {
    if (portals.size() >= PORTALS_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "a session may have at most " + PORTALS_MAX + " open portals");
    }
    portal.setDepth(transaction == null ? 0 : transaction.depth());
    portals.put(portal.name(), portal);
  }

  PreparedStatement statement(String name) {
    PreparedStatement statement = statements.get(name);
    if (statement == null) {
      throw new SqlException(
          SqlState.INVALID_SQL_STATEMENT_NAME,
          name.isEmpty()
              ? "unnamed prepared statement does not exist"
              : "prepared statement \"" + name + "\" does not exist");
    }
    return statement;
  }

  private Column[] decode(PreparedStatement statement, short[] formats, byte[][] values) {
    int count = statement.parameters().size();
    if (values.length != count) {
      throw new SqlException(
          SqlState.PROTOCOL_VIOLATION,
          "bind message supplies "
              + values.length
              + " parameters, but prepared statement \""
              + statement.name()
              + "\" requires "
              + count);
    }
    if (formats.length > 1 && formats.length != values.length) {
      throw new SqlException(
          SqlState.PROTOCOL_VIOLATION,
          "bind message has "
              + formats.length
              + " parameter formats but "
              + values.length
              + " parameters");
    }
    Column[] result = new Column[count];
    for (int i = 0; i < count; i++) {
      int format = formats.length == 0 ? 0 : formats.length == 1 ? formats[0] : formats[i];
      result[i] = decode(statement.parameters().get(i), format, values[i]);
    }
    return result;
  }

  private Column decode(SqlType type, int format, byte[] value) {
    if (format != 0 && format != 1) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "unsupported format code: " + format);
    }
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
    if (value == null) {
      type.readNull(builder, environment.types());
    } else if (format == 0) {
      type.parse(value, 0, value.length, SqlType.NO_TYPMOD, builder, environment.types());
    } else {
      type.receive(value, 0, value.length, SqlType.NO_TYPMOD, builder, environment.types());
    }
    return builder.build();
  }

  /** Makes a portal of a statement with its parameters. */
  Portal open(
      String name,
      PreparedStatement statement,
      Column[] parameters,
      short[] resultFormats,
      boolean isOneOfMany,
      Reply reply) {
    if (statement.parsed() == null) {
      return Portal.empty(name, declaration(statement));
    }
    statement.held().ran();
    if (QueryRunner.isQuery(statement.parsed().statement())) {
      return queries.open(name, statement, parameters, resultFormats, reply);
    }
    return utilities().open(name, statement, parameters, resultFormats, isOneOfMany, reply);
  }

  /** Describes a portal that the protocol makes. */
  Portal.Declaration declaration(PreparedStatement statement) {
    return new Portal.Declaration(statement.sql(), false, false, false, statementMicros);
  }

  @Override
  public StatementDescription describeStatement(String name) {
    requireShort(true);
    PreparedStatement statement = statement(name);
    refuseInFailedBlock(statement);
    return new StatementDescription(statement.parameters(), statement.columns());
  }

  private void refuseInFailedBlock(PreparedStatement statement) {
    if (phase == Phase.FAILED && statement.columns() != null) {
      throw new SqlException(
          SqlState.IN_FAILED_SQL_TRANSACTION,
          "current transaction is aborted, commands ignored until end of transaction block");
    }
  }

  @Override
  public PortalDescription describePortal(String name) {
    requireShort(true);
    Portal portal = portal(name);
    return new PortalDescription(portal.columns(), portal.formats());
  }

  Portal portal(String name) {
    Portal portal = portals.get(name);
    if (portal == null) {
      throw new SqlException(
          SqlState.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist");
    }
    return portal;
  }

  @Override
  public void execute(String name, int maxRows, Reply reply) {
    Portal portal = portal(name);
    requireShort(portal.isShort());
    if (transaction != null && !portal.isShort()) {
      transaction.ranLong();
    }
    currentReply = reply;
    beginStatement();
    boolean canUndo = isOnEventLoop && transaction != null && phase != Phase.FAILED;
    int mark = canUndo ? transaction.store().savepoint() : -1;
    try {
      if (portal.isDone() && portal.columns() == null) {
        throw new SqlException(
            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "portal \"" + name + "\" cannot be run");
      }
      portal.run(maxRows, reply).tell(reply);
      if (mark >= 0 && transaction != null) {
        transaction.store().release(mark);
      }
    } catch (WouldWait wait) {
      if (mark >= 0) {
        transaction.store().rollbackTo(mark);
        transaction.store().release(mark);
      }
      throw wait;
    } catch (RuntimeException | StackOverflowError e) {
      portals.remove(name);
      portal.close();
      throw translated(e);
    } finally {
      endStatement();
    }
  }

  @Override
  public void closeStatement(String name) {
    statements.remove(name);
  }

  @Override
  public void closePortal(String name) {
    Portal portal = portals.remove(name);
    if (portal != null) {
      portal.close();
    }
  }

  @Override
  public void sync(Reply reply) {
    requireShort(phase != Phase.IMPLICIT || transaction.isShort() && !commitWaits());
    // A cancel that came after the last statement is not meant for the commit.
    forgetCancel();
    try {
      endImplicit();
    } catch (RuntimeException e) {
      failed();
      throw translated(e);
    }
  }

  @Override
  public void failed() {
    switch (phase) {
      case IDLE -> {}
      case IMPLICIT -> rollback();
      case BLOCK -> {
        closePortals(transaction.depth());
        // Undoing much is nothing for an event loop; then it is left to the client's ROLLBACK.
        if (!isOnEventLoop || transaction.isShort()) {
          transaction.abort();
        }
        phase = Phase.FAILED;
      }
      case FAILED -> {}
    }
  }

  /** Closes the portals of the transaction that were made after so many savepoints. */
  private void closePortals(int depth) {
    portals
        .values()
        .removeIf(portal -> {
          boolean isClosed = !portal.isHeld() && portal.depth() >= depth;
          if (isClosed) {
            portal.close();
          }
          return isClosed;
        });
  }

  /** Reads the rows of cursors that are to outlive the transaction. */
  private void holdCursors() {
    for (Portal portal : portals.values()) {
      if (portal.declaration().isHold() && !portal.isHeld()) {
        portal.hold();
      }
    }
  }

  /** Turns what is no user's error into one: a bug, or a limit of the machine. */
  private static RuntimeException translated(Throwable error) {
    if (error instanceof SqlException sql) {
      return sql;
    }
    if (error instanceof StackOverflowError) {
      return new SqlException(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
    }
    return (RuntimeException) error;
  }

  @Override
  public boolean showsNotice(String severity) {
    List<String> levels = engine.settingTable().get("client_min_messages").values();
    int level = levels.indexOf(severity.toLowerCase(Locale.ROOT));
    return level < 0 || level >= levels.indexOf(settings.raw("client_min_messages"));
  }

  @Override
  public void onNotification(Runnable wake) {
    engine.notifications().onArrival(mailbox, wake);
  }

  @Override
  public List<Notification> takeNotifications() {
    return phase == Phase.IDLE ? engine.notifications().take(mailbox) : List.of();
  }

  @Override
  public io.quarkgres.engine.type.TypeContext types() {
    return environment.types();
  }

  // Timeouts, cancel, end.

  private void beginStatement() {
    forgetCancel();
    timeouts.statementBegins();
  }

  private void forgetCancel() {
    interruption.clear();
    SqlException end = termination;
    if (end != null) {
      throw end;
    }
  }

  private void endStatement() {
    activity = "";
    currentReply = null;
    timeouts.stop();
  }

  @Override
  public void idle() {
    timeouts.idleBegins(isInBlock());
  }

  @Override
  public void cancel() {
    interruption.interrupt(
        new SqlException(SqlState.QUERY_CANCELED, "canceling statement due to user request"));
  }

  /** Ends the session from outside. */
  void terminate() {
    terminate(
        new SqlException(
            SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command"));
  }

  private void terminate(SqlException reason) {
    termination = reason;
    interruption.interrupt(reason);
    onTermination.run();
  }

  @Override
  public SqlException termination() {
    return termination;
  }

  @Override
  public void onTermination(Runnable action) {
    onTermination = action;
    if (termination != null) {
      action.run();
    }
  }

  @Override
  public void close() {
    engine.notifications().close(mailbox);
    portals.values().forEach(Portal::close);
    portals.clear();
    if (transaction != null) {
      rollback();
    }
    environment.dropTemporaryObjects();
    engine.storage().locks().releaseAll(this);
    engine.closed(this);
    if (temporaryNumber != 0) {
      engine.giveBackTemporaryNumber(temporaryNumber);
    }
  }

  // Transactions.

  private void begin(Phase newPhase, TransactionModes modes) {
    transaction =
        new SessionTransaction(database, engine.storage(), modes, statementMicros, interruption);
    settings.mark();
    engine.storage().locks().bind(this, transaction.store());
    phase = newPhase;
  }

  /** Returns the modes for a transaction that names none. */
  private TransactionModes defaultModes() {
    if (defaultModesVersion != settings.version()) {
      defaultModes = TransactionModes.ofSettings(settings);
      defaultModesVersion = settings.version();
    }
    return defaultModes;
  }

  /** Returns a setting that tells of the running transaction, {@code null} for any other. */
  private String liveSetting(String name) {
    return name.startsWith("transaction_") && transaction != null
        ? switch (name) {
          case "transaction_isolation" -> TransactionModes.name(transaction.modes().isolation());
          case "transaction_read_only" -> transaction.modes().isReadOnly() ? "on" : "off";
          case "transaction_deferrable" -> transaction.modes().isDeferrable() ? "on" : "off";
          default -> null;
        }
        : null;
  }

  /** BEGIN: opens a block, or warns that there is one. */
  void beginBlock(UtilityStatement.TransactionModes modes, Reply reply) {
    if (isInBlock()) {
      warn(reply, SqlState.ACTIVE_SQL_TRANSACTION, "there is already a transaction in progress");
    }
    transaction.setModes(modes);
    phase = Phase.BLOCK;
  }

  /** Sends a message that is no error while a statement runs. */
  void notice(Reply.Notice notice) {
    if (currentReply != null) {
      currentReply.notice(notice);
    }
  }

  static void warn(Reply reply, SqlState state, String message) {
    reply.notice(new Reply.Notice("WARNING", state.code(), message, null, null));
  }

  /** COMMIT: returns the tag. */
  String commitBlock(boolean isChain, Reply reply) {
    Phase before = phase;
    if (before == Phase.IMPLICIT || before == Phase.IDLE) {
      refuseChain(isChain, "COMMIT AND CHAIN");
      warn(reply, SqlState.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
      endImplicit();
      return "COMMIT";
    }
    TransactionModes modes = transaction.modes();
    boolean isFailed = before == Phase.FAILED;
    if (isFailed) {
      rollback();
    } else {
      commit();
    }
    if (isChain) {
      begin(Phase.BLOCK, isFailed ? TransactionModes.ofSettings(settings) : modes);
    }
    return isFailed ? "ROLLBACK" : "COMMIT";
  }

  /** ROLLBACK: returns the tag. */
  String rollbackBlock(boolean isChain, Reply reply) {
    if (phase == Phase.IMPLICIT || phase == Phase.IDLE) {
      refuseChain(isChain, "ROLLBACK AND CHAIN");
      warn(reply, SqlState.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
      rollback();
      return "ROLLBACK";
    }
    TransactionModes modes = transaction.modes();
    boolean isFailed = phase == Phase.FAILED;
    rollback();
    if (isChain) {
      // As in PostgreSQL 15, what an error has undone is not handed on.
      begin(Phase.BLOCK, isFailed ? TransactionModes.ofSettings(settings) : modes);
    }
    return "ROLLBACK";
  }

  private static void refuseChain(boolean isChain, String what) {
    if (isChain) {
      throw new SqlException(
          SqlState.NO_ACTIVE_SQL_TRANSACTION, what + " can only be used in transaction blocks");
    }
  }

  void savepoint(String name) {
    requireBlock("SAVEPOINT");
    settings.mark();
    transaction.store().nextCommand();
    transaction.savepoint(name);
  }

  void release(String name) {
    requireBlock("RELEASE SAVEPOINT");
    settings.release(transaction.release(name));
    int depth = transaction.depth();
    portals.values().forEach(portal -> portal.setDepth(Math.min(portal.depth(), depth)));
  }

  void rollbackTo(String name) {
    requireBlock("ROLLBACK TO SAVEPOINT");
    int newer = transaction.rollbackTo(name);
    closePortals(transaction.depth());
    for (int i = 0; i < newer; i++) {
      settings.rollback(false);
    }
    settings.rollback(true);
    phase = Phase.BLOCK;
  }

  void requireBlock(String what) {
    if (!isInBlock()) {
      throw new SqlException(
          SqlState.NO_ACTIVE_SQL_TRANSACTION, what + " can only be used in transaction blocks");
    }
  }

  /** Raises 25001 inside a block, or where other statements share the implicit transaction. */
  void preventInBlock(String what, boolean isOneOfMany) {
    if (isInBlock()) {
      throw new SqlException(
          SqlState.ACTIVE_SQL_TRANSACTION, what + " cannot run inside a transaction block");
    }
    if (isOneOfMany) {
      throw new SqlException(
          SqlState.ACTIVE_SQL_TRANSACTION,
          what + " cannot be executed from a multi-command string");
    }
  }

  private void endImplicit() {
    if (phase == Phase.IMPLICIT) {
      commit();
    }
  }

  private void commit() {
    requireShort(!isOnEventLoop || !commitWaits());
    try {
      queries.runDeferredChecks(true);
      holdCursors();
      closePortals(0);
      temporaryTables.beforeCommit();
      environment.beforeCommit();
      transaction.store().setSynchronous(isSynchronous());
      if (transaction.changesCatalog()) {
        engine.changingCatalogs(this::commitTransaction);
      } else {
        commitTransaction();
      }
    } catch (RuntimeException e) {
      rollback();
      throw e;
    }
    endTransaction(true);
  }

  private void commitTransaction() {
    List<UnaryOperator<RoleCatalog>> roleChanges = List.copyOf(transaction.roleChanges());
    engine.notifications().commit(mailbox, transaction.channels(), processId, transaction::commit);
    engine.publishRoles(roleChanges, database);
  }

  private boolean isSynchronous() {
    return !settings.get("synchronous_commit").equals("off");
  }

  /** Tells whether the end of the transaction may wait for a disk. */
  private boolean commitWaits() {
    transaction.store().setSynchronous(isSynchronous());
    return transaction.store().commitWaits();
  }

  private void rollback() {
    if (transaction != null) {
      closePortals(0);
      transaction.rollback();
      endTransaction(false);
    }
    phase = Phase.IDLE;
  }

  private void endTransaction(boolean isCommit) {
    settings.endTransaction(isCommit);
    engine.storage().locks().releaseAll(transaction.store());
    transaction = null;
    phase = Phase.IDLE;
  }

  // Reported settings.

  @Override
  public void report(Reply reply) {
    if (settings.version() == reportedVersion) {
      return;
    }
    reportedVersion = settings.version();
    Map<String, String> before = reported;
    reported = engine.shared().of(settings.reported());
    reported.forEach((name, value) -> {
      if (!value.equals(before.get(name))) {
        reply.parameterStatus(name, value);
      }
    });
  }

  /** DISCARD ALL and DEALLOCATE ALL: forgets all statements. */
  void forgetStatements() {
    statements.clear();
  }

  /** CLOSE ALL: closes all portals but the one that is running. */
  void closeCursors() {
    List<String> names = new ArrayList<>(portals.keySet());
    for (String name : names) {
      if (!name.isEmpty()) {
        closePortal(name);
      }
    }
  }
}
