package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.parse.lex.ParseOptions;
import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.engine.session.setting.StartupParameters;
import io.quarkgres.engine.session.setting.StoredSettings;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.error.WouldWait;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.PendingCommit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A client's session: who it is, its settings, what it is running now, and the parts that do the
 * work. {@link SimpleProtocol} and {@link ExtendedProtocol} run statements, {@link
 * TransactionControl} begins and ends transactions, {@link StatementTable} and {@link PortalTable}
 * hold what has a name. Used by one thread at a time, except {@link #cancel}, {@link #termination}
 * and {@link #terminate}.
 */
final class ClientSession implements Session, LockOwner {
  private final LocalEngine engine;
  private final Database database;
  private final int processId;
  private final int secretKey;
  private final long startMicros;
  private final Settings settings;
  private final SessionRole role;
  private final SessionEnvironment environment;
  private final SessionInterruption interruptions;
  private final Notifications.Mailbox mailbox;
  private final TransactionControl transactions = new TransactionControl(this);
  private final StatementTable statements = new StatementTable(this);
  private final PortalTable portals = new PortalTable();
  private final PortalOpener opener = new PortalOpener(this);
  private final QueryRunner queries = new QueryRunner(this);
  private final SimpleProtocol simple = new SimpleProtocol(this);
  private final ExtendedProtocol extended = new ExtendedProtocol(this);
  private final TemporaryTables temporaryTables = new TemporaryTables(this);
  private final SessionMemory memory;
  private final SessionActivity activity;
  private int temporaryNumber;
  private Map<String, String> reported;
  private long reportedVersion = -1;
  private int serverPort = -1;
  private int clientPort = -1;
  private boolean isOnEventLoop;
  private long statementMicros;
  private Reply currentReply;
  private volatile RunningBuild runningBuild;

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
    this.settings = new Settings(engine.serverSettings(), transactions::liveSetting);
    this.startMicros = engine.clock().micros();
    this.statementMicros = startMicros;
    this.activity = new SessionActivity(engine.clock());
    this.role = new SessionRole(this, loginRole.oid());
    settings.force("session_authorization", loginRole.name(), false);
    settings.force(
        "is_superuser", loginRole.is(RoleEntry.Attribute.SUPERUSER) ? "on" : "off", false);
    StoredSettings.apply(database.catalog(), loginRole.oid(), settings);
    StartupParameters.apply(parameters, settings);
    this.mailbox = new Notifications.Mailbox(database.oid());
    this.interruptions = new SessionInterruption(engine.timers(), settings);
    this.environment = new SessionEnvironment(this);
    this.memory = new SessionMemory(this);
    settings.share(engine.shared());
    reported = engine.shared().of(settings.reported());
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

  /** Returns who the session is. */
  SessionRole role() {
    return role;
  }

  SessionEnvironment environment() {
    return environment;
  }

  /** Returns what its statements may hold. */
  SessionMemory memory() {
    return memory;
  }

  SessionInterruption interruptions() {
    return interruptions;
  }

  Notifications.Mailbox mailbox() {
    return mailbox;
  }

  TransactionControl transactions() {
    return transactions;
  }

  /** Returns the running transaction; there is one whenever a statement runs. */
  SessionTransaction transaction() {
    return transactions.current();
  }

  StatementTable statements() {
    return statements;
  }

  PortalTable portals() {
    return portals;
  }

  PortalOpener opener() {
    return opener;
  }

  QueryRunner queries() {
    return queries;
  }

  TemporaryTables temporaryTables() {
    return temporaryTables;
  }

  @Override
  public int processId() {
    return processId;
  }

  @Override
  public long processNumber() {
    return processId;
  }

  @Override
  public int secretKey() {
    return secretKey;
  }

  @Override
  public void connectedOver(int newServerPort, int newClientPort) {
    serverPort = newServerPort;
    clientPort = newClientPort;
  }

  int serverPort() {
    return serverPort;
  }

  int clientPort() {
    return clientPort;
  }

  long startMicros() {
    return startMicros;
  }

  /** Returns the number in the name of the session's temporary schema. */
  int temporaryNumber() {
    if (temporaryNumber == 0) {
      temporaryNumber = engine.takeTemporaryNumber();
    }
    return temporaryNumber;
  }

  // The protocol's messages.

  @Override
  public void simpleQuery(String sql, Reply reply) {
    settings.follow();
    simple.run(sql, reply);
  }

  @Override
  public void parse(String name, String sql, int[] parameterTypes, Reply reply) {
    settings.follow();
    extended.parse(name, sql, parameterTypes, reply);
  }

  @Override
  public void bind(
      String portal,
      String statement,
      short[] parameterFormats,
      byte[][] values,
      short[] resultFormats,
      Reply reply) {
    settings.follow();
    extended.bind(portal, statement, parameterFormats, values, resultFormats, reply);
  }

  @Override
  public StatementDescription describeStatement(String name) {
    return extended.describeStatement(name);
  }

  @Override
  public PortalDescription describePortal(String name) {
    return extended.describePortal(name);
  }

  @Override
  public void execute(String name, int maxRows, Reply reply) {
    settings.follow();
    extended.execute(name, maxRows, reply);
  }

  @Override
  public void closeStatement(String name) {
    statements.remove(name);
  }

  @Override
  public void closePortal(String name) {
    portals.close(name);
  }

  @Override
  public void sync(Reply reply) {
    extended.sync();
  }

  @Override
  public boolean awaitCommit(Consumer<SqlException> then) {
    PendingCommit pending = transactions.takePending();
    if (pending == null) {
      return false;
    }
    pending.whenDone(then);
    return true;
  }

  @Override
  public void failed() {
    transactions.failed();
  }

  @Override
  public char transactionStatus() {
    return transactions.status();
  }

  /** Takes the time that the statements which follow are of. */
  void takeStatementTime() {
    statementMicros = engine.clock().micros();
  }

  long statementMicros() {
    return statementMicros;
  }

  /** The work of a message begins. */
  void beginStatement(String text, Reply reply) {
    activity.begin(text, statementMicros);
    currentReply = reply;
    interruptions.statementBegins();
  }

  /** The work of a message has ended. */
  void endStatement() {
    activity.end();
    currentReply = null;
    interruptions.timeouts().stop();
  }

  /** Returns what it is doing. Any thread. */
  SessionActivity activity() {
    return activity;
  }

  /** Returns the build of an index that the session is at, or {@code null}. Any thread. */
  RunningBuild runningBuild() {
    return runningBuild;
  }

  void setRunningBuild(RunningBuild build) {
    runningBuild = build;
  }

  /** Parses a text as the settings say; what is no error is sent before an error is raised. */
  List<ParsedStatement> parsed(String sql, Reply reply) {
    List<ParsedStatement> known = TransactionWords.parsed(sql);
    if (known != null) {
      return known;
    }
    boolean hasStandardStrings = environment.readsStandardStrings();
    boolean warnsOfEscapes = settings.isOn("escape_string_warning");
    return Parser.parse(
        sql, new ParseOptions(hasStandardStrings, warnsOfEscapes, n -> reply.notice(told(n, sql))));
  }

  private static Reply.Notice told(ParseOptions.ParseNotice notice, String sql) {
    int character = notice.position() < 0 ? 0 : sql.codePointCount(0, notice.position()) + 1;
    return new Reply.Notice(
        notice.severity(), notice.code(), notice.message(), null, notice.hint(), character);
  }

  @Override
  public void onEventLoop(boolean isSo) {
    isOnEventLoop = isSo;
    interruption().setMayWait(!isSo);
  }

  boolean isOnEventLoop() {
    return isOnEventLoop;
  }

  /**
   * Leaves the event loop unless what follows is short. That goes for what an error would undo at
   * once, too, so that nobody waits for the locks of a failed block.
   */
  void requireShort(boolean isShort) {
    if (isOnEventLoop && (!isShort || transactions.mayUndoMuch())) {
      throw new WouldWait();
    }
  }

  /** Turns what is no user's error into one: a bug, or a limit of the machine. */
  static RuntimeException translated(Throwable error) {
    if (error instanceof SqlException sql) {
      return sql;
    }
    if (error instanceof StackOverflowError) {
      return new SqlException(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
    }
    return (RuntimeException) error;
  }

  @Override
  public TypeContext types() {
    return environment.types();
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
    return transactions.isIdle() ? engine.notifications().take(mailbox) : List.of();
  }

  @Override
  public Map<String, String> reportedSettings() {
    return reported;
  }

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

  @Override
  public Interruption interruption() {
    return interruptions.running();
  }

  @Override
  public void idle() {
    interruptions.timeouts().idleBegins(transactions.isInBlock());
  }

  @Override
  public void cancel() {
    interruptions.cancel();
  }

  /** Ends the session by an administrator's command. Any thread. */
  void terminate() {
    interruptions.terminate();
  }

  @Override
  public SqlException termination() {
    return interruptions.termination();
  }

  @Override
  public void onTermination(Runnable action) {
    interruptions.onTermination(action);
  }

  @Override
  public void close() {
    engine.notifications().close(mailbox);
    portals.closeAll();
    transactions.rollback();
    environment.dropTemporaryObjects();
    engine.storage().locks().releaseAll(this);
    engine.closed(this);
    if (temporaryNumber != 0) {
      engine.giveBackTemporaryNumber(temporaryNumber);
    }
  }
}
