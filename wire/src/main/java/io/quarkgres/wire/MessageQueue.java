package io.quarkgres.wire;

import java.util.ArrayDeque;
import java.util.Deque;

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

  private final Deque<FrontendMessage> messages = new ArrayDeque<>(4);
  private long bytes;
  private boolean isWorkerRunning;
  private boolean isPaused;
  private boolean isClosed;

  /** What adding a message calls for. */
  record Added(boolean startsWorker, boolean pausesSocket) {}

  synchronized Added add(FrontendMessage message) {
    messages.add(message);
    bytes += message.bytes();
    boolean starts = !isWorkerRunning;
    isWorkerRunning = true;
    boolean pauses = !isPaused && (bytes > BYTES_MAX || messages.size() > MESSAGES_MAX);
    isPaused |= pauses;
    notify();
    return new Added(starts, pauses);
  }

  /** Returns the next message, or {@code null} when there is none: the worker then ends. */
  synchronized FrontendMessage pollOrStop() {
    FrontendMessage message = take();
    isWorkerRunning = message != null;
    return message;
  }

  /**
   * Keeps messages waiting that come from now on, until somebody takes them: as if a worker ran.
   */
  synchronized void hold() {
    isWorkerRunning = true;
  }

  /** Waits for the next message; {@code null} when the connection is gone. */
  synchronized FrontendMessage await() {
    boolean wasInterrupted = false;
    while (messages.isEmpty() && !isClosed) {
      try {
        wait();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
    return take();
  }

  private FrontendMessage take() {
    FrontendMessage message = messages.poll();
    bytes -= message == null ? 0 : message.bytes();
    return message;
  }

  /** Tells whether nothing waits and no worker runs: the session may be used by the event loop. */
  synchronized boolean isIdle() {
    return !isWorkerRunning && messages.isEmpty();
  }

  /** Tells whether the socket is paused and may go on. */
  synchronized boolean mayResume() {
    boolean may = isPaused && bytes < BYTES_MAX / 2 && messages.size() < MESSAGES_MAX / 2;
    isPaused &= !may;
    return may;
  }

  /** Tells whether the socket is to be paused still. */
  synchronized boolean isPaused() {
    return isPaused;
  }

  synchronized void close() {
    isClosed = true;
    notifyAll();
  }
}
