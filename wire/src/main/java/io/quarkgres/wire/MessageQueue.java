package io.quarkgres.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages between the event loop, which adds, and the connection's virtual thread, which
 * takes. Bounded by bytes: beyond the limit {@link #add} says that the socket is to be paused.
 * Thread: any.
 */
final class MessageQueue {
  /** The most bytes that wait before the socket is paused. */
  private static final long BYTES_MAX = 1 << 20;

  /** The most messages that wait before the socket is paused. */
  private static final int MESSAGES_MAX = 4_096;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final Deque<FrontendMessage> messages = new ArrayDeque<>(4);
  private long bytes;
  private boolean isWorkerRunning;
  private boolean isPaused;
  private boolean isClosed;

  /** What adding a message calls for. */
  record Added(boolean startsWorker, boolean pausesSocket) {}

  Added add(FrontendMessage message) {
    lock.lock();
    try {
      messages.add(message);
      bytes += message.bytes();
      boolean starts = !isWorkerRunning;
      isWorkerRunning = true;
      boolean pauses = !isPaused && (bytes > BYTES_MAX || messages.size() > MESSAGES_MAX);
      isPaused |= pauses;
      arrival.signal();
      return new Added(starts, pauses);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the next message, or {@code null} when there is none: the worker then ends. */
  FrontendMessage pollOrStop() {
    lock.lock();
    try {
      FrontendMessage message = take();
      isWorkerRunning = message != null;
      return message;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next message; {@code null} when the connection is gone. */
  FrontendMessage await() {
    lock.lock();
    try {
      while (messages.isEmpty() && !isClosed) {
        arrival.awaitUninterruptibly();
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  private FrontendMessage take() {
    FrontendMessage message = messages.poll();
    bytes -= message == null ? 0 : message.bytes();
    return message;
  }

  /** Tells whether nothing waits and no worker runs: the session may be used by the event loop. */
  boolean isIdle() {
    lock.lock();
    try {
      return !isWorkerRunning && messages.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether nothing waits. */
  boolean isEmpty() {
    lock.lock();
    try {
      return messages.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether the socket is paused and may go on. */
  boolean mayResume() {
    lock.lock();
    try {
      boolean may = isPaused && bytes < BYTES_MAX / 2 && messages.size() < MESSAGES_MAX / 2;
      isPaused &= !may;
      return may;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      isClosed = true;
      arrival.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
