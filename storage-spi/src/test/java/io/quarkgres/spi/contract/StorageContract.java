package io.quarkgres.spi.contract;

import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.Transaction;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the suites share: a fresh storage with a ledger, and threads to wait in. */
public abstract class StorageContract {
  /** The longest a test waits for another thread before it fails. */
  private static final int PATIENCE_SECONDS = 30;

  /** The storage under test. */
  protected Storage storage;

  /** Its table. */
  protected Ledger ledger;

  /** Opens the storage under test. */
  protected abstract Storage open();

  @BeforeEach
  void openStorage() {
    storage = open();
    ledger = new Ledger(storage);
    Transaction t = begin();
    t.attach(ledger.table());
    t.commit();
  }

  @AfterEach
  void closeStorage() {
    closing(ledger);
    storage.close();
    closed(ledger);
  }

  /** Called before the storage is closed. */
  protected void closing(Ledger last) {}

  /** Called after the storage was closed; a durable one may look at what it left. */
  protected void closed(Ledger last) {}

  /** Begins a READ COMMITTED transaction. */
  protected Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  /** Begins a REPEATABLE READ transaction. */
  protected Transaction beginRepeatable() {
    return storage.begin(IsolationLevel.REPEATABLE_READ, new Interruption());
  }

  /** Inserts a row and commits; returns its id. */
  protected long committed(Object id, Object balance, Object note) {
    Transaction t = begin();
    long row = ledger.insert(t, id, balance, note);
    t.commit();
    return row;
  }

  /** Runs something on a virtual thread. */
  protected static <T> CompletableFuture<T> async(Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    start(action, result);
    return result;
  }

  private static <T> Thread start(Callable<T> action, CompletableFuture<T> result) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            result.complete(action.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
  }

  /** Runs something on a virtual thread and returns once it is parked in a wait. */
  protected static <T> CompletableFuture<T> asyncUntilParked(Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = start(action, result);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (thread.getState() != Thread.State.WAITING) {
      if (result.isDone() || System.nanoTime() > deadline) {
        throw new AssertionError("did not wait: " + result);
      }
      Thread.onSpinWait();
      Thread.yield();
    }
    return result;
  }

  /** Returns a result, failing the test if it does not come; unwraps exceptions. */
  protected static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
