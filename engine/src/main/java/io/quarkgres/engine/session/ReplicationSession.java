package io.quarkgres.engine.session;

import io.quarkgres.engine.replication.BackupOptions;
import io.quarkgres.engine.replication.BackupStream;
import io.quarkgres.engine.replication.ReplicationCommand;
import io.quarkgres.engine.replication.ReplicationParser;
import io.quarkgres.engine.session.copy.CopyOutput;
import io.quarkgres.engine.session.setting.SettingTable;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.StorageCopy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A session whose simple queries are commands of replication, in front of an ordinary one, which
 * has the settings, the end and, where there is a database, SQL. Used as {@link ClientSession} is.
 */
final class ReplicationSession implements Session {
  private static final int TIMELINE = 1;
  private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

  private final LocalEngine engine;
  private final ClientSession inner;
  private final boolean hasDatabase;

  ReplicationSession(LocalEngine engine, ClientSession inner, boolean hasDatabase) {
    this.engine = engine;
    this.inner = inner;
    this.hasDatabase = hasDatabase;
  }

  @Override
  public void simpleQuery(String sql, Reply reply) {
    ReplicationCommand command = ReplicationParser.parse(sql);
    if (command instanceof ReplicationCommand.Sql) {
      if (!hasDatabase) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "cannot execute SQL commands in WAL sender for physical replication");
      }
      inner.simpleQuery(sql, reply);
      return;
    }
    inner.requireShort(false);
    inner.settings().follow();
    inner.beginStatement(sql, reply);
    try {
      run(command, reply);
    } catch (RuntimeException | StackOverflowError e) {
      throw ClientSession.translated(e);
    } finally {
      inner.endStatement();
    }
  }

  private void run(ReplicationCommand command, Reply reply) {
    switch (command) {
      case ReplicationCommand.IdentifySystem _ -> identify(reply);
      case ReplicationCommand.Show s -> show(s.name(), reply);
      case ReplicationCommand.BaseBackup s -> backup(s.options(), reply);
      case ReplicationCommand.NotBuilt s ->
          throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, s.what() + " is not supported yet")
              .withHint(
                  "The log cannot be streamed. A base backup has the log that belongs to it:"
                      + " pg_basebackup --wal-method=fetch.");
      case ReplicationCommand.Sql _ -> throw new IllegalArgumentException("SQL");
    }
  }

  private void identify(Reply reply) {
    row(
        reply,
        List.of(text("systemid"), column("timeline", Oids.INT4), text("xlogpos"), text("dbname")),
        Long.toUnsignedString(engine.databases().systemId()),
        TIMELINE,
        BackupStream.position(engine.storage().logStatistics().flushPosition()),
        hasDatabase ? inner.database().name() : null);
    reply.commandComplete("IDENTIFY_SYSTEM");
  }

  private void show(String name, Reply reply) {
    ShowStatement.requireReadable(inner, name);
    String value = inner.settings().require(name);
    SettingTable.Definition definition = engine.settingTable().get(name);
    row(reply, List.of(text(definition == null ? name : definition.name())), value);
    reply.commandComplete("SHOW");
  }

  private void backup(BackupOptions options, Reply reply) {
    inner.transactions().preventInBlock("BASE_BACKUP", false);
    if (options.isFast()) {
      engine.storage().checkpoint();
    }
    try (StorageCopy copy = engine.storage().copy()) {
      position(reply, copy.start());
      row(
          reply,
          List.of(column("spcoid", Oids.OID), text("spclocation"), column("size", Oids.INT8)),
          null,
          null,
          options.showsProgress() ? (Long) (copy.bytes() >> 10) : null);
      reply.commandComplete("SELECT");
      CopyOutput out = reply.copyOut(false, 0);
      long millis = (engine.clock().micros() + POSTGRES_EPOCH_MICROS) / 1000;
      long end = new BackupStream(options, new Client(out, options), millis).send(copy);
      out.done();
      position(reply, end);
    }
    reply.commandComplete("BASE_BACKUP");
  }

  /** The client of a backup, who may be told no faster than so much a second. */
  private final class Client implements BackupStream.Client {
    private final CopyOutput out;
    private final int kilobytesPerSecond;
    private final long begun = System.nanoTime();

    Client(CopyOutput out, BackupOptions options) {
      this.out = out;
      this.kilobytesPerSecond = options.kilobytesPerSecond();
    }

    @Override
    public void chunk(byte[] bytes, int length) {
      inner.interruption().check();
      out.row(bytes, 0, length);
    }

    @Override
    public void pace(long bytes) {
      if (kilobytesPerSecond == 0) {
        return;
      }
      long due = begun + (long) (bytes * (1e9 / 1024) / kilobytesPerSecond);
      inner.interruption().enterWait();
      try {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
          inner.interruption().check();
        }
      } finally {
        inner.interruption().leaveWait();
      }
    }
  }

  private void position(Reply reply, long position) {
    row(
        reply,
        List.of(text("recptr"), column("tli", Oids.INT8)),
        BackupStream.position(position),
        (long) TIMELINE);
    reply.commandComplete("SELECT");
  }

  private ResultColumn column(String name, int type) {
    return new ResultColumn(name, inner.database().catalog().types().byOid(type), -1, 0, 0);
  }

  private ResultColumn text(String name) {
    return column(name, Oids.TEXT);
  }

  private static void row(Reply reply, List<ResultColumn> columns, Object... values) {
    Column[] built = new Column[values.length];
    for (int i = 0; i < values.length; i++) {
      ColumnBuilder builder = ColumnBuilder.of(columns.get(i).type().layout(), 1);
      switch (values[i]) {
        case null -> builder.appendNull();
        case Integer number -> ((IntBuilder) builder).append(number);
        case Long number -> ((LongBuilder) builder).append(number);
        default -> ((BytesBuilder) builder).append(values[i].toString());
      }
      built[i] = builder.build();
    }
    short[] formats = new short[values.length];
    reply.rowDescription(columns, formats);
    reply.rows(columns, formats, new Block(1, built));
  }

  private static SqlException noExtendedProtocol() {
    return new SqlException(
        SqlState.PROTOCOL_VIOLATION,
        "extended query protocol not supported in a replication connection");
  }

  @Override
  public void parse(String statement, String sql, int[] parameterTypes, Reply reply) {
    throw noExtendedProtocol();
  }

  @Override
  public void bind(
      String portal,
      String statement,
      short[] parameterFormats,
      byte[][] parameters,
      short[] resultFormats,
      Reply reply) {
    throw noExtendedProtocol();
  }

  @Override
  public StatementDescription describeStatement(String statement) {
    throw noExtendedProtocol();
  }

  @Override
  public PortalDescription describePortal(String portal) {
    throw noExtendedProtocol();
  }

  @Override
  public void execute(String portal, int maxRows, Reply reply) {
    throw noExtendedProtocol();
  }

  @Override
  public void closeStatement(String statement) {
    throw noExtendedProtocol();
  }

  @Override
  public void closePortal(String portal) {
    throw noExtendedProtocol();
  }

  @Override
  public void onEventLoop(boolean isOnEventLoop) {
    inner.onEventLoop(isOnEventLoop);
  }

  @Override
  public void connectedOver(int serverPort, int clientPort) {
    inner.connectedOver(serverPort, clientPort);
  }

  @Override
  public int processId() {
    return inner.processId();
  }

  @Override
  public int secretKey() {
    return inner.secretKey();
  }

  @Override
  public Map<String, String> reportedSettings() {
    return inner.reportedSettings();
  }

  @Override
  public void sync(Reply reply) {
    inner.sync(reply);
  }

  @Override
  public boolean awaitCommit(Consumer<SqlException> then) {
    return inner.awaitCommit(then);
  }

  @Override
  public void failed() {
    inner.failed();
  }

  @Override
  public void report(Reply reply) {
    inner.report(reply);
  }

  @Override
  public char transactionStatus() {
    return inner.transactionStatus();
  }

  @Override
  public void onNotification(Runnable wake) {
    inner.onNotification(wake);
  }

  @Override
  public List<Notification> takeNotifications() {
    return inner.takeNotifications();
  }

  @Override
  public boolean showsNotice(String severity) {
    return inner.showsNotice(severity);
  }

  @Override
  public void idle() {
    inner.idle();
  }

  @Override
  public SqlException termination() {
    return inner.termination();
  }

  @Override
  public void onTermination(Runnable action) {
    inner.onTermination(action);
  }

  @Override
  public TypeContext types() {
    return inner.types();
  }

  @Override
  public void cancel() {
    inner.cancel();
  }

  @Override
  public void close() {
    inner.close();
  }
}
