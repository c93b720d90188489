package io.quarkgres.wire;

import io.vertx.core.streams.ReadStream;
import java.util.concurrent.Executor;

/**
 * Has a socket read on when enough of what came was taken. Only the event loop pauses and resumes:
 * a thread that resumed at once could be followed by a pause that was decided before. Thread: any.
 */
final class ReadFlow {
  private final ReadStream<?> socket;
  private final Executor eventLoop;
  private final MessageQueue queue;

  ReadFlow(ReadStream<?> socket, Executor eventLoop, MessageQueue queue) {
    this.socket = socket;
    this.eventLoop = eventLoop;
    this.queue = queue;
  }

  /** Adds a message; returns whether a worker has to be started. Called by the event loop. */
  boolean add(FrontendMessage message) {
    MessageQueue.Added added = queue.add(message);
    if (added.pausesSocket()) {
      socket.pause();
    }
    return added.startsWorker();
  }

  /** Says that a message was taken. */
  void taken() {
    if (queue.mayResume()) {
      eventLoop.execute(this::resume);
    }
  }

  /** Another pause may have been decided meanwhile; then this is not the last call. */
  private void resume() {
    if (!queue.isPaused()) {
      socket.resume();
    }
  }
}
