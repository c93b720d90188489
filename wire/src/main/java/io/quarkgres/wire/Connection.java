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
import io.vertx.core.net.impl.NetSocketInternal;
import java.lang.System.Logger;
import java.util.concurrent.Executor;

/**
 * One client: the protocol's state machine from its first byte to its last. The event loop decodes
 * messages, runs what is sure to be short and queues the rest; the connection's virtual thread runs
 * what was queued. {@link SessionCalls} knows what each message means.
 */
final class Connection {
  private static final Logger LOG = System.getLogger(Connection.class.getName());

  private final Vertx vertx;
  private final Context eventLoop;
  private final Engine engine;
  private final NetSocket socket;
  private final HostAccess access;
  private final FrontendDecoder decoder;
  private final MessageQueue queue = new MessageQueue();
  private final ReadFlow flow;
  private final SocketWriter writer;
  private final BackendMessages messages;
  private final ReplyEncoder reply;
  private final long startupTimer;
  private volatile Session session;
  private SessionCalls calls;
  private volatile boolean isGone;
  private StartupPacket.Start startup;
  private boolean skipsToSync;

  /** Whether the event loop has a ReadyForQuery to send. */
  private boolean isReadyUnsent;

  /** Whether replies wait for a commit to be on disk. */
  private boolean isHeld;

  /** Takes a client on; it has {@code startupMillis} to send its startup packet. */
  Connection(Vertx vertx, Engine engine, NetSocket socket, HostAccess access, long startupMillis) {
    this.vertx = vertx;
    this.eventLoop = vertx.getOrCreateContext();
    this.engine = engine;
    this.socket = socket;
    this.access = access;
    this.decoder = new FrontendDecoder(this::startupPacket, this::received);
    this.writer = new SocketWriter((NetSocketInternal) socket);
    this.messages = new BackendMessages(writer);
    Executor loop = task -> eventLoop.runOnContext(nothing -> task.run());
    this.flow = new ReadFlow(socket, loop, queue);
    this.reply = new ReplyEncoder(writer, messages, queue, flow);
    this.startupTimer = vertx.setTimer(startupMillis, id -> socket.close());
    socket.handler(this::read);
    socket.drainHandler(nothing -> writer.drained());
    socket.exceptionHandler(failure -> socket.close());
    socket.closeHandler(nothing -> gone());
  }

  // Event loop.

  private void startupPacket(byte[] body) {
    switch (StartupPacket.read(body)) {
      case StartupPacket.EncryptionRequest request -> socket.write(Buffer.buffer("N"));
      case StartupPacket.CancelRequest request -> {
        engine.cancel(request.processId(), request.secretKey());
        socket.close();
      }
      case StartupPacket.Start start -> {
        startupEnds();
        startup = start;
        enqueue(new FrontendMessage.Flush());
      }
      case StartupPacket.Refused refused -> {
        startupEnds();
        enqueue(new FrontendMessage.Malformed(refused.state().code(), refused.message()));
      }
    }
  }

  private void startupEnds() {
    vertx.cancelTimer(startupTimer);
    decoder.started();
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
    return queue.isIdle() && ranAtOnce(message);
  }

  private boolean ranAtOnce(FrontendMessage message) {
    Session open = session;
    if (open == null || isGone || !message.mayRunOnEventLoop()) {
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
      holdIfPending(message, size);
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

  /**
   * Keeps the replies from a commit on, and the messages behind it, until the commit is on disk.
   *
   * @param size how much had been collected before the message that committed
   */
  private void holdIfPending(FrontendMessage message, int size) {
    Session open = session;
    if (open != null
        && open.awaitCommit(
            error -> eventLoop.runOnContext(nothing -> committed(message, size, error)))) {
      queue.hold();
      isHeld = true;
    }
  }

  private void committed(FrontendMessage message, int size, SqlException error) {
    isHeld = false;
    if (error != null) {
      writer.truncate(size);
      writer.mayPark(false);
      failed(message, error);
    }
    flushReplies();
    for (FrontendMessage m = queue.pollOrStop(); m != null; m = queue.pollOrStop()) {
      flow.taken();
      if (!ranAtOnce(m)) {
        flushReplies();
        FrontendMessage first = m;
        Thread.ofVirtual().name("session").start(() -> work(first));
        return;
      }
      if (isHeld) {
        return;
      }
    }
    flushReplies();
  }

  private void enqueue(FrontendMessage message) {
    if (flow.add(message)) {
      Thread.ofVirtual().name("session").start(() -> work(queue.pollOrStop()));
    }
  }

  /** Any message wakes the connection's thread, which then sees that the session is over. */
  private void wake() {
    enqueue(new FrontendMessage.Flush());
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

  private void work(FrontendMessage first) {
    try {
      for (FrontendMessage m = first; m != null; m = queue.pollOrStop()) {
        flow.taken();
        handle(m);
      }
    } catch (SqlException clientGone) {
      end();
    } catch (Throwable bug) {
      LOG.log(Logger.Level.ERROR, "connection ended by an unexpected error", bug);
      end();
    }
  }

  // Either thread.

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
    StartupPacket.Start start = startup;
    if (start == null) {
      return;
    }
    startup = null;
    try {
      access.check(socket.remoteAddress(), start.parameters());
      Session opened = engine.open(start.parameters());
      reply.session(opened);
      calls = new SessionCalls(opened, reply, messages, writer);
      session = opened;
      opened.connectedOver(socket.localAddress().port(), socket.remoteAddress().port());
      opened.onTermination(() -> eventLoop.runOnContext(nothing -> wake()));
      opened.onNotification(
          () -> eventLoop.runOnContext(nothing -> enqueue(new FrontendMessage.Notified())));
    } catch (SqlException e) {
      fatal(e);
      return;
    }
    if (start.isToBeNegotiated()) {
      messages.negotiateProtocolVersion(start.unknownOptions());
    }
    messages.authenticationOk();
    session.reportedSettings().forEach(messages::parameterStatus);
    messages.backendKeyData(session.processId(), session.secretKey());
    ready();
  }

  private void run(FrontendMessage message) {
    skipsToSync = false;
    try {
      if (calls.run(message)) {
        ready();
      }
    } catch (WouldWait wait) {
      throw wait;
    } catch (SqlException e) {
      failed(message, e);
    } catch (OutOfMemoryError e) {
      failed(message, new SqlException(SqlState.OUT_OF_MEMORY, "out of memory"));
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      LOG.log(Logger.Level.ERROR, "unexpected error while running: " + calls.query(), e);
      failed(message, new SqlException(SqlState.INTERNAL_ERROR, "internal error: " + e));
    }
  }

  private void ready() {
    calls.notifications();
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

  private void failed(FrontendMessage message, SqlException error) {
    session.failed();
    if (error.state() == SqlState.CONNECTION_FAILURE) {
      throw error;
    }
    if (error == session.termination()) {
      fatal(error);
      return;
    }
    messages.error(error, "ERROR", calls.query());
    if (endsWithReady(message)) {
      ready();
    } else {
      // Messages up to Sync are skipped, a Flush among them, so nothing else would send it.
      skipsToSync = true;
      sendSoon();
    }
  }

  private static boolean endsWithReady(FrontendMessage message) {
    return message instanceof FrontendMessage.Query
        || message instanceof FrontendMessage.FunctionCall
        || message instanceof FrontendMessage.Sync;
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
