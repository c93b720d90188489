package io.quarkgres.wire;

import io.quarkgres.engine.session.Engine;
import io.quarkgres.engine.session.Session;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.error.WouldWait;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One client: the protocol's state machine from its first byte to its last. The event loop decodes
 * and queues; everything that touches the session runs on the connection's virtual thread.
 */
final class Connection {
  private static final Logger LOG = System.getLogger(Connection.class.getName());

  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSSENC_REQUEST = 80_877_104;
  private static final int CANCEL_REQUEST = 80_877_102;
  private static final int PROTOCOL_MAJOR = 3;

  private final Vertx vertx;
  private final Context eventLoop;
  private final Engine engine;
  private final NetSocket socket;
  private final HostAccess access;
  private final FrontendDecoder decoder;
  private final MessageQueue queue = new MessageQueue();
  private final SocketWriter writer;
  private final BackendMessages messages;
  private final ReplyEncoder reply;
  private final long startupTimer;
  private volatile Session session;
  private volatile boolean isGone;
  private Map<String, String> startup;
  private boolean isNegotiating;
  private List<String> unknownOptions = List.of();
  private boolean skipsToSync;

  /** Whether the event loop has a ReadyForQuery to send. */
  private boolean isReadyUnsent;

  private String query;

  /** Takes a client on; it has {@code startupMillis} to send its startup packet. */
  Connection(Vertx vertx, Engine engine, NetSocket socket, HostAccess access, long startupMillis) {
    this.vertx = vertx;
    this.eventLoop = vertx.getOrCreateContext();
    this.engine = engine;
    this.socket = socket;
    this.access = access;
    this.decoder = new FrontendDecoder(this::startupPacket, this::received);
    this.writer = new SocketWriter(socket);
    this.messages = new BackendMessages(writer);
    this.reply = new ReplyEncoder(writer, messages, queue, this::resume);
    this.startupTimer = vertx.setTimer(startupMillis, id -> socket.close());
    socket.handler(this::read);
    socket.drainHandler(nothing -> writer.drained());
    socket.exceptionHandler(failure -> socket.close());
    socket.closeHandler(nothing -> gone());
  }

  // Event loop.

  private void startupPacket(byte[] body) {
    MessageReader reader = new MessageReader(body);
    int code = reader.readInt();
    switch (code) {
      case SSL_REQUEST, GSSENC_REQUEST -> socket.write(Buffer.buffer("N"));
      case CANCEL_REQUEST -> cancelRequest(reader);
      default -> startSession(code, reader);
    }
  }

  private void cancelRequest(MessageReader reader) {
    try {
      engine.cancel(reader.readInt(), reader.readInt());
    } catch (SqlException malformed) {
      LOG.log(Logger.Level.DEBUG, "malformed cancel request: " + malformed.getMessage());
    }
    socket.close();
  }

  private void startSession(int version, MessageReader reader) {
    vertx.cancelTimer(startupTimer);
    decoder.started();
    if (version >> 16 != PROTOCOL_MAJOR) {
      enqueue(
          new FrontendMessage.Malformed(
              SqlState.FEATURE_NOT_SUPPORTED.code(),
              "unsupported frontend protocol "
                  + (version >> 16)
                  + "."
                  + (version & 0xffff)
                  + ": server supports 3.0 to 3.0"));
      return;
    }
    Map<String, String> parameters = new HashMap<>();
    List<String> unknownOptions = new ArrayList<>();
    try {
      for (String name = reader.readString(); !name.isEmpty(); name = reader.readString()) {
        parameters.put(name, reader.readString());
        if (name.startsWith("_pq_.")) {
          unknownOptions.add(name);
        }
      }
      reader.requireEnd();
    } catch (SqlException e) {
      enqueue(new FrontendMessage.Malformed("08P01", "invalid startup packet layout"));
      return;
    }
    startup = parameters;
    isNegotiating = (version & 0xffff) > 0 || !unknownOptions.isEmpty();
    this.unknownOptions = unknownOptions;
    enqueue(new FrontendMessage.Flush());
  }

  private void read(Buffer bytes) {
    decoder.accept(bytes);
    if (queue.isIdle()) {
      flushReplies();
    }
  }

  private void flushReplies() {
    writer.mayPark(false);
    isReadyUnsent = false;
    try {
      writer.flush();
    } catch (SqlException clientGone) {
      LOG.log(Logger.Level.DEBUG, "the client went before its reply");
    } finally {
      writer.mayPark(true);
    }
  }

  private void received(FrontendMessage message) {
    if (!ranOnEventLoop(message)) {
      if (isReadyUnsent && queue.isIdle()) {
        flushReplies();
      }
      enqueue(message);
    }
  }

  /**
   * Handles a message at once if that takes only microseconds: a hop to another thread and back
   * costs more than a look-up. Nobody else uses the session meanwhile, as no worker runs, and none
   * can be started but by this thread.
   */
  private boolean ranOnEventLoop(FrontendMessage message) {
    Session open = session;
    if (open == null || isGone || !message.mayRunOnEventLoop() || !queue.isIdle()) {
      return false;
    }
    int size = writer.size();
    if (size > SocketWriter.BUFFER_BYTES || socket.writeQueueFull()) {
      return false;
    }
    open.onEventLoop(true);
    writer.mayPark(false);
    try {
      handle(message);
      return true;
    } catch (WouldWait wait) {
      writer.truncate(size);
      return false;
    } catch (SqlException clientGone) {
      enqueue(new FrontendMessage.Terminate());
      return true;
    } finally {
      open.onEventLoop(false);
      writer.mayPark(true);
    }
  }

  private void enqueue(FrontendMessage message) {
    MessageQueue.Added added = queue.add(message);
    if (added.pausesSocket()) {
      socket.pause();
    }
    if (added.startsWorker()) {
      Thread.ofVirtual().name("session").start(this::work);
    }
  }

  /** Any message wakes the connection's thread, which then sees that the session is over. */
  private void wake() {
    enqueue(new FrontendMessage.Flush());
  }

  private void resume() {
    socket.resume();
  }

  private void gone() {
    vertx.cancelTimer(startupTimer);
    isGone = true;
    writer.closed();
    queue.close();
    Session open = session;
    if (open != null) {
      open.cancel();
    }
    enqueue(new FrontendMessage.Terminate());
  }

  // The connection's virtual thread.

  private void work() {
    try {
      for (FrontendMessage m = queue.pollOrStop(); m != null; m = queue.pollOrStop()) {
        if (queue.mayResume()) {
          socket.resume();
        }
        handle(m);
      }
    } catch (SqlException clientGone) {
      end();
    } catch (Throwable bug) {
      LOG.log(Logger.Level.ERROR, "connection ended by an unexpected error", bug);
      end();
    }
  }

  private void handle(FrontendMessage message) {
    SqlException ended = session == null ? null : session.termination();
    if (ended != null && !isGone) {
      fatal(ended);
    } else if (message instanceof FrontendMessage.Malformed malformed) {
      fatal(new SqlException(SqlState.ofCode(malformed.sqlState()), malformed.message()));
    } else if (message instanceof FrontendMessage.Terminate || isGone) {
      end();
    } else if (session == null) {
      open();
    } else if (!skipsToSync || message instanceof FrontendMessage.Sync) {
      run(message);
    }
  }

  private void open() {
    if (startup == null) {
      return;
    }
    Map<String, String> parameters = startup;
    startup = null;
    try {
      access.check(socket.remoteAddress(), parameters);
      Session opened = engine.open(parameters);
      reply.session(opened);
      session = opened;
      opened.connectedOver(socket.localAddress().port(), socket.remoteAddress().port());
      opened.onTermination(() -> eventLoop.runOnContext(nothing -> wake()));
      opened.onNotification(
          () -> eventLoop.runOnContext(nothing -> enqueue(new FrontendMessage.Notified())));
    } catch (SqlException e) {
      fatal(e);
      return;
    }
    if (isNegotiating) {
      messages.negotiateProtocolVersion(unknownOptions);
    }
    messages.authenticationOk();
    session.reportedSettings().forEach(messages::parameterStatus);
    messages.backendKeyData(session.processId(), session.secretKey());
    ready();
  }

  private void ready() {
    notifications();
    session.report(reply);
    messages.readyForQuery(session.transactionStatus());
    sendSoon();
  }

  /**
   * Sends what was collected; on the event loop, with the replies to what else it has read. It
   * never waits before it has sent them; a thread that may wait sends them at once.
   */
  private void sendSoon() {
    if (writer.isOnEventLoop()) {
      isReadyUnsent = true;
    } else {
      writer.flush();
    }
    session.idle();
  }

  /** Sends what has come through LISTEN; a session in a transaction keeps it until later. */
  private void notifications() {
    session.takeNotifications().forEach(messages::notification);
  }

  private void run(FrontendMessage message) {
    try {
      dispatch(message);
    } catch (WouldWait wait) {
      throw wait;
    } catch (SqlException e) {
      failed(message, e);
    } catch (OutOfMemoryError e) {
      failed(message, new SqlException(SqlState.OUT_OF_MEMORY, "out of memory"));
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      LOG.log(Logger.Level.ERROR, "unexpected error while running: " + query, e);
      failed(message, new SqlException(SqlState.INTERNAL_ERROR, "internal error: " + e));
    }
  }

  private void failed(FrontendMessage message, SqlException error) {
    session.failed();
    boolean isFatal = error == session.termination();
    if (error.state() == SqlState.CONNECTION_FAILURE) {
      throw error;
    }
    if (isFatal) {
      fatal(error);
      return;
    }
    messages.error(error, "ERROR", query);
    if (isSimple(message)) {
      ready();
    } else if (message instanceof FrontendMessage.Sync) {
      skipsToSync = false;
      ready();
    } else {
      // Messages up to Sync are skipped, a Flush among them, so nothing else would send it.
      skipsToSync = true;
      sendSoon();
    }
  }

  private static boolean isSimple(FrontendMessage message) {
    return message instanceof FrontendMessage.Query
        || message instanceof FrontendMessage.FunctionCall;
  }

  private void dispatch(FrontendMessage message) {
    switch (message) {
      case FrontendMessage.Query m -> simpleQuery(m);
      case FrontendMessage.Parse m -> parse(m);
      case FrontendMessage.Bind m -> bind(m);
      case FrontendMessage.Describe m -> describe(m);
      case FrontendMessage.Execute m -> execute(m);
      case FrontendMessage.Close m -> close(m);
      case FrontendMessage.Sync m -> sync();
      case FrontendMessage.Flush m -> writer.flush();
      case FrontendMessage.Notified m -> {
        notifications();
        writer.flush();
      }
      // COPY data that is still under way after COPY has failed.
      case FrontendMessage.CopyData m -> {}
      case FrontendMessage.CopyDone m -> {}
      case FrontendMessage.CopyFail m -> {}
      case FrontendMessage.FunctionCall m -> functionCall(m);
      case FrontendMessage.Password m ->
          throw new SqlException(SqlState.PROTOCOL_VIOLATION, "no password was asked for");
      case FrontendMessage.Terminate m -> end();
      case FrontendMessage.Malformed m -> end();
    }
  }

  private void simpleQuery(FrontendMessage.Query message) {
    query = null;
    MessageReader reader = new MessageReader(message.body());
    String sql = reader.readString();
    reader.requireEnd();
    query = sql;
    session.simpleQuery(sql, reply);
    ready();
  }

  private void parse(FrontendMessage.Parse message) {
    query = null;
    MessageReader reader = new MessageReader(message.body());
    String name = reader.readString();
    String sql = reader.readString();
    int[] types = new int[reader.readCount()];
    for (int i = 0; i < types.length; i++) {
      types[i] = reader.readInt();
    }
    reader.requireEnd();
    query = sql;
    session.parse(name, sql, types, reply);
    messages.empty('1');
  }

  private void bind(FrontendMessage.Bind message) {
    query = null;
    MessageReader reader = new MessageReader(message.body());
    String portal = reader.readString();
    String statement = reader.readString();
    short[] parameterFormats = formats(reader);
    byte[][] parameters = new byte[reader.readCount()][];
    for (int i = 0; i < parameters.length; i++) {
      int length = reader.readInt();
      parameters[i] = length == -1 ? null : reader.readBytes(length);
    }
    short[] resultFormats = formats(reader);
    reader.requireEnd();
    session.bind(portal, statement, parameterFormats, parameters, resultFormats, reply);
    messages.empty('2');
  }

  private static short[] formats(MessageReader reader) {
    short[] result = new short[reader.readCount()];
    for (int i = 0; i < result.length; i++) {
      result[i] = (short) reader.readShort();
    }
    return result;
  }

  private void describe(FrontendMessage.Describe message) {
    query = null;
    MessageReader reader = new MessageReader(message.body());
    int kind = reader.readByte();
    String name = reader.readString();
    reader.requireEnd();
    switch (kind) {
      case 'S' -> {
        Session.StatementDescription description = session.describeStatement(name);
        messages.parameterDescription(description);
        columns(description.columns(), null);
      }
      case 'P' -> {
        Session.PortalDescription description = session.describePortal(name);
        columns(description.columns(), description.formats());
      }
      default -> throw invalidSubtype("DESCRIBE", kind);
    }
  }

  private void columns(List<io.quarkgres.engine.type.ResultColumn> columns, short[] formats) {
    if (columns == null) {
      messages.empty('n');
    } else {
      messages.rowDescription(columns, formats);
    }
  }

  private static SqlException invalidSubtype(String message, int kind) {
    return new SqlException(
        SqlState.PROTOCOL_VIOLATION, "invalid " + message + " message subtype " + (kind & 0xff));
  }

  private void execute(FrontendMessage.Execute message) {
    query = null;
    MessageReader reader = new MessageReader(message.body());
    String portal = reader.readString();
    int maxRows = reader.readInt();
    reader.requireEnd();
    session.execute(portal, Math.max(0, maxRows), reply);
  }

  private void close(FrontendMessage.Close message) {
    MessageReader reader = new MessageReader(message.body());
    int kind = reader.readByte();
    String name = reader.readString();
    reader.requireEnd();
    switch (kind) {
      case 'S' -> session.closeStatement(name);
      case 'P' -> session.closePortal(name);
      default -> throw invalidSubtype("CLOSE", kind);
    }
    messages.empty('3');
  }

  /** Reads the message, so that a malformed one is said to be that, and refuses the call. */
  private static void functionCall(FrontendMessage.FunctionCall message) {
    MessageReader reader = new MessageReader(message.body());
    reader.readInt();
    formats(reader);
    int arguments = reader.readCount();
    for (int i = 0; i < arguments; i++) {
      int length = reader.readInt();
      if (length != -1) {
        reader.readBytes(length);
      }
    }
    reader.readShort();
    reader.requireEnd();
    throw new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "function calls by the fast path are not supported");
  }

  private void sync() {
    skipsToSync = false;
    session.sync(reply);
    ready();
  }

  /** Reports an error that ends the connection. */
  private void fatal(SqlException error) {
    messages.error(error, "FATAL", null);
    try {
      writer.flush();
    } catch (SqlException alreadyGone) {
      LOG.log(Logger.Level.DEBUG, "the client went before it could be told: " + error.getMessage());
    }
    end();
  }

  private void end() {
    Session open = session;
    if (open != null) {
      session = null;
      open.close();
    }
    startup = null;
    isGone = true;
    socket.close();
  }
}
