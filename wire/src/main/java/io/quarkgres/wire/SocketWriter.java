package io.quarkgres.wire;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Collects replies in a buffer and gives it to the socket in large pieces; parks its thread while
 * the client does not read. Used by the connection's thread; {@link #drained} and {@link #closed}
 * come from the event loop.
 */
final class SocketWriter {
  /** How much is collected before it goes to the socket. */
  static final int BUFFER_BYTES = 64 << 10;

  private final NetSocket socket;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition drain = lock.newCondition();
  private ByteSink sink;
  private boolean mayPark = true;

  /** A copy of what is sent, while it is asked for and short enough. */
  private ByteSink recorded;

  private int recordedMax;
  private int recordedFrom;
  private boolean isClosed;

  SocketWriter(NetSocket socket) {
    this.socket = socket;
  }

  /** Returns the buffer to append messages to. */
  ByteSink sink() {
    if (sink == null) {
      sink = new ByteSink(512);
    }
    return sink;
  }

  /** Appends whole messages. */
  void append(byte[] messages) {
    sink().put(messages, 0, messages.length);
    if (sink.size() >= BUFFER_BYTES) {
      flush();
    }
  }

  /** Begins to copy what is sent from now on, up to a number of bytes. */
  void beginRecording(int bytesMax) {
    recorded = new ByteSink(512);
    recordedMax = bytesMax;
    recordedFrom = size();
  }

  /** Ends copying; returns the copy, {@code null} when it became too long. */
  byte[] endRecording() {
    copy();
    byte[] result = recorded == null ? null : recorded.toByteArray();
    recorded = null;
    return result;
  }

  private void copy() {
    if (recorded == null) {
      return;
    }
    int more = size() - recordedFrom;
    if (more > 0) {
      recorded.put(sink.array(), recordedFrom, more);
    }
    recordedFrom = 0;
    if (recorded.size() > recordedMax) {
      recorded = null;
    }
  }

  /** Begins a message; returns the offset to give to {@link #end}. */
  int begin(char type) {
    ByteSink out = sink();
    out.put(type);
    int at = out.size();
    out.putInt(0);
    return at;
  }

  /** Ends a message: writes its length, and gives a full buffer to the socket. */
  void end(int at) {
    sink.setInt(at, sink.size() - at);
    if (sink.size() >= BUFFER_BYTES) {
      flush();
    }
  }

  /** Returns how much is collected, to return to by {@link #truncate}. */
  int size() {
    return sink == null ? 0 : sink.size();
  }

  /** Says whether the thread may be parked. An event loop may not: it lets the queue grow. */
  void mayPark(boolean isSo) {
    mayPark = isSo;
  }

  boolean isOnEventLoop() {
    return !mayPark;
  }

  /** Gives what was collected to the socket; parks while the socket's queue is full. */
  void flush() {
    if (sink == null || sink.size() == 0) {
      return;
    }
    copy();
    Buffer buffer = Buffer.buffer(sink.size()).appendBytes(sink.array(), 0, sink.size());
    sink = null;
    lock.lock();
    try {
      while (mayPark && socket.writeQueueFull() && !isClosed) {
        drain.awaitUninterruptibly();
      }
      if (isClosed) {
        throw new SqlException(SqlState.CONNECTION_FAILURE, "the client has gone");
      }
    } finally {
      lock.unlock();
    }
    socket.write(buffer);
  }

  /** Throws away what was collected of the message that began at an offset. */
  void truncate(int size) {
    if (size() > size) {
      sink.truncate(size);
    }
  }

  /** Says that the socket takes more. */
  void drained() {
    signal(false);
  }

  /** Says that the socket is gone. */
  void closed() {
    signal(true);
  }

  private void signal(boolean closes) {
    lock.lock();
    try {
      isClosed |= closes;
      drain.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
