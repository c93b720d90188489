package io.quarkgres.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** A socket that was paused reads on, whatever happens between the decision and the call. */
class ReadFlowTest {
  private final Deque<Runnable> eventLoop = new ArrayDeque<>();
  private final MessageQueue queue = new MessageQueue();
  private final Socket socket = new Socket();
  private final ReadFlow flow = new ReadFlow(socket, eventLoop::add, queue);

  /** Notes whether it reads; another thread may do something just before it pauses. */
  private static final class Socket implements ReadStream<Buffer> {
    private boolean reads = true;
    private Runnable beforePause = () -> {};

    @Override
    public ReadStream<Buffer> pause() {
      beforePause.run();
      reads = false;
      return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
      reads = true;
      return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ReadStream<Buffer> handler(Handler<Buffer> handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ReadStream<Buffer> endHandler(Handler<Void> handler) {
      throw new UnsupportedOperationException();
    }
  }

  private void fill() {
    for (int i = 0; i < 3; i++) {
      flow.add(new FrontendMessage.CopyData(new byte[600_000]));
    }
  }

  private void takeAll() {
    while (queue.pollOrStop() != null) {
      flow.taken();
    }
  }

  private void runEventLoop() {
    while (!eventLoop.isEmpty()) {
      eventLoop.remove().run();
    }
  }

  @Test
  void pausesWhenMuchWaitsAndReadsOnWhenItWasTaken() {
    fill();
    assertThat(socket.reads).isFalse();
    takeAll();
    runEventLoop();
    assertThat(socket.reads).isTrue();
  }

  @Test
  void readsOnWhenAllWasTakenBeforeThePauseTookEffect() {
    socket.beforePause = this::takeAll;
    fill();
    runEventLoop();
    takeAll();
    runEventLoop();
    assertThat(socket.reads).isTrue();
  }

  @Test
  void staysPausedWhenMuchCameBeforeItReadOn() {
    fill();
    takeAll();
    fill();
    runEventLoop();
    assertThat(socket.reads).isFalse();
    takeAll();
    runEventLoop();
    assertThat(socket.reads).isTrue();
  }
}
