package io.quarkgres.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.vertx.core.net.impl.NetSocketInternal;

/**
 * Collects replies in a buffer and gives it to the socket in large pieces; parks its thread while
 * the client does not read. Used by the connection's thread; {@link #drained} and {@link #closed}
 * come from the event loop.
 */
final class SocketWriter {
  /** How much is collected before it goes to the socket. */
  static final int BUFFER_BYTES = 64 << 10;

  /** Where a large reply begins: room for a message beyond the limit. */
  private static final int LARGE_BYTES = BUFFER_BYTES + (1 << 10);

  private static final int SMALL_BYTES = 512;

  /** How much may wait in the socket before a thread parks: it works on while the client reads. */
  private static final int QUEUE_BYTES_MAX = 512 << 10;

  /** The longest sink that an event loop keeps. */
  private static final int SPARE_BYTES_MAX = 512 << 10;

  /** The sink that the connections of an event loop take turns with. */
  private static final ThreadLocal<ByteSink> SPARE = new ThreadLocal<>();

  private final NetSocketInternal socket;
  private ByteSink sink;
  private boolean mayPark = true;

  /** A copy of what is sent, while it is asked for and short enough. */
  private ByteSink recorded;

  private int recordedMax;
  private int recordedFrom;
  private boolean isClosed;

  /** Whether the reply has filled a buffer already, so that the next may begin large. */
  private boolean isLarge;

  SocketWriter(NetSocketInternal socket) {
    this.socket = socket;
    socket.setWriteQueueMaxSize(QUEUE_BYTES_MAX);
  }

  /** Returns the buffer to append messages to. */
  ByteSink sink() {
    if (sink == null) {
      sink = newSink();
    }
    return sink;
  }

  /** Appends whole messages, in an array that nobody changes any more. */
  void append(byte[] messages) {
    if (mayPark && messages.length >= BUFFER_BYTES) {
      flush();
      for (int at = 0; at < messages.length; at += BUFFER_BYTES) {
        int length = Math.min(BUFFER_BYTES, messages.length - at);
        awaitRoom();
        socket.writeMessage(Unpooled.wrappedBuffer(messages, at, length), null);
      }
    } else {
      sink().put(messages, 0, messages.length);
      flushFull();
    }
  }

  /**
   * Gives a full buffer to the socket. On an event loop replies are short, and what they tell may
   * have to wait for a disk: then the buffer grows.
   */
  void flushFull() {
    if (mayPark && sink.size() >= BUFFER_BYTES) {
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
    record();
    byte[] result = recorded == null ? null : recorded.toByteArray();
    recorded = null;
    return result;
  }

  private void record() {
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

  private ByteSink newSink() {
    ByteSink spare = mayPark ? null : SPARE.get();
    if (spare == null) {
      return new ByteSink(isLarge ? LARGE_BYTES : SMALL_BYTES);
    }
    SPARE.remove();
    return spare;
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
    flushFull();
  }

  /** Returns how much is collected, to return to by {@link #truncate}. */
  int size() {
    return sink == null ? 0 : sink.size();
  }

  /** Says whether the thread may be parked. An event loop may not: it lets the buffer grow. */
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
    record();
    ByteSink full = sink;
    sink = null;
    isLarge = mayPark && full.size() >= BUFFER_BYTES;
    awaitRoom();
    // A Vert.x Buffer would never give the bytes back to the pool.
    socket.writeMessage(mayPark ? whole(full) : copy(full), null);
  }

  /** Hands the bytes themselves over: another thread sends them later. */
  private static ByteBuf whole(ByteSink full) {
    return Unpooled.wrappedBuffer(full.array(), 0, full.size());
  }

  /** Copies the bytes to where the socket wants them, and keeps the sink for the next reply. */
  private static ByteBuf copy(ByteSink full) {
    ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(full.size());
    bytes.writeBytes(full.array(), 0, full.size());
    if (full.array().length <= SPARE_BYTES_MAX) {
      full.truncate(0);
      SPARE.set(full);
    }
    return bytes;
  }

  private synchronized void awaitRoom() {
    boolean wasInterrupted = false;
    while (mayPark && socket.writeQueueFull() && !isClosed) {
      try {
        wait();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
    if (isClosed) {
      throw new SqlException(SqlState.CONNECTION_FAILURE, "the client has gone");
    }
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

  private synchronized void signal(boolean closes) {
    isClosed |= closes;
    notifyAll();
  }
}
