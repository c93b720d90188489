package io.quarkgres.engine.exec.aggregate;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.parallel.Fragment;
import io.quarkgres.engine.exec.parallel.WorkerRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups the rows of a big table with the help of free workers: each runs its own operators over
 * the morsels it takes and groups what comes out, and the statement's thread, which works like the
 * others, puts the groups together. Only for aggregates whose result does not depend on the order
 * of rows to the last digit, so that the number of workers never shows. Used by one thread.
 */
public final class WorkerGroups implements GroupSource {
  /** Makes the operators of one more worker. */
  @FunctionalInterface
  public interface Workers {
    /** Returns the groups of a new worker. */
    Worker open();
  }

  /**
   * The operators of one worker.
   *
   * @param groups what it groups
   * @param atEnd run by the statement's thread when the worker is done
   */
  public record Worker(InputGroups groups, Runnable atEnd) {}

  private final InputGroups own;
  private final Fragment fragment;
  private final Workers workers;
  private final ExecutionContext context;
  private final List<Worker> running = new ArrayList<>();

  public WorkerGroups(
      InputGroups own, Fragment fragment, Workers workers, ExecutionContext context) {
    this.own = own;
    this.fragment = fragment;
    this.workers = workers;
    this.context = context;
  }

  @Override
  public GroupingSet[] collect() {
    WorkerRun.requireWaiting(context);
    GroupingSet[] sets = own.open();
    int wanted = WorkerRun.wanted(fragment.split());
    boolean isMergeable = true;
    for (GroupingSet set : sets) {
      isMergeable &= set.isMergeable();
    }
    fragment.buildJoins();
    boolean isShared = isMergeable && fragment.areJoinsWhole();
    WorkerRun.run(fragment, isShared ? wanted : 0, this::start, own::read);
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

  private Runnable start() {
    Worker worker = workers.open();
    worker.groups().open();
    running.add(worker);
    return worker.groups()::read;
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
