package io.quarkgres.engine.exec;

import io.quarkgres.spi.store.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Groups the rows of a big table with the help of free workers: each runs its own operators over
 * the morsels it takes and groups what comes out, and the statement's thread, which works like the
 * others, puts the groups together. Only for aggregates whose result does not depend on the order
 * of rows to the last digit, so that the number of workers never shows. Used by one thread.
 */
final class WorkerGroups implements GroupSource {
  /** A worker with fewer morsels is not worth its start. */
  private static final int MORSELS_PER_WORKER = 2;

  /** Makes the operators of one more worker. */
  @FunctionalInterface
  interface Workers {
    /** Returns the groups of a new worker. */
    Worker open();
  }

  /**
   * The operators of one worker.
   *
   * @param groups what it groups
   * @param atEnd run by the statement's thread when the worker is done
   */
  record Worker(InputGroups groups, Runnable atEnd) {}

  private final InputGroups own;
  private final Fragment fragment;
  private final Workers workers;
  private final ExecutionContext context;
  private final List<Worker> running = new ArrayList<>();

  WorkerGroups(InputGroups own, Fragment fragment, Workers workers, ExecutionContext context) {
    this.own = own;
    this.fragment = fragment;
    this.workers = workers;
    this.context = context;
  }

  @Override
  public GroupingSet[] collect() {
    requireWaiting();
    GroupingSet[] sets = own.open();
    int morsels = fragment.split();
    boolean isMergeable = true;
    for (GroupingSet set : sets) {
      isMergeable &= set.isMergeable();
    }
    fragment.buildJoins();
    int wanted = Math.min(WorkerPool.size(), morsels / MORSELS_PER_WORKER - 1);
    List<CompletableFuture<Void>> futures = new ArrayList<>();
    int taken = isMergeable && fragment.areJoinsWhole() ? WorkerPool.take(wanted) : 0;
    try {
      for (int i = 0; i < taken; i++) {
        futures.add(WorkerPool.run(start()));
      }
      own.read();
    } catch (RuntimeException | Error failure) {
      WorkerPool.giveBack(taken - futures.size());
      fragment.stop();
      await(futures);
      throw failure;
    }
    RuntimeException failure = await(futures);
    if (failure != null) {
      throw failure;
    }
    List<GroupingSet[]> parts = new ArrayList<>();
    for (Worker worker : running) {
      parts.add(worker.groups().finish());
      merge(sets, parts.getLast());
    }
    takeWaiting(sets, parts);
    for (Worker worker : running) {
      worker.groups().close();
      worker.atEnd().run();
    }
    running.clear();
    return own.finish();
  }

  /** A statement that may not wait for its workers, on an event loop, moves over first. */
  private void requireWaiting() {
    Interruption interruption = context.evaluation().interruption();
    if (interruption != null) {
      interruption.enterWait();
      interruption.leaveWait();
    }
  }

  private Runnable start() {
    Worker worker = workers.open();
    worker.groups().open();
    running.add(worker);
    return () -> {
      try {
        worker.groups().read();
      } catch (RuntimeException | Error failure) {
        fragment.stop();
        throw failure;
      }
    };
  }

  /** Waits for all; returns what made the first of them fail, or {@code null}. */
  private static RuntimeException await(List<CompletableFuture<Void>> futures) {
    RuntimeException first = null;
    for (CompletableFuture<Void> future : futures) {
      try {
        future.join();
      } catch (CompletionException failure) {
        if (first == null) {
          first = failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
      }
    }
    return first;
  }

  private void merge(GroupingSet[] sets, GroupingSet[] more) {
    for (int i = 0; i < sets.length; i++) {
      context.checkInterruption();
      sets[i].merge(more[i]);
    }
  }

  /**
   * Takes the rows that wait: a group that one worker had no room for may be there by another, so
   * all are looked at again.
   */
  private void takeWaiting(GroupingSet[] sets, List<GroupingSet[]> parts) {
    for (int i = 0; i < sets.length; i++) {
      own.addWaiting(i, sets[i].takeOverflow());
      for (GroupingSet[] part : parts) {
        own.addWaiting(i, part[i].overflow());
      }
    }
  }

  private void closeWorkers() {
    for (Worker worker : running) {
      worker.groups().close();
    }
    running.clear();
  }

  @Override
  public GroupingSet more(int set) {
    return own.more(set);
  }

  @Override
  public void reset() {
    closeWorkers();
    own.reset();
  }

  @Override
  public void close() {
    closeWorkers();
    own.close();
  }
}
