package io.quarkgres.engine.exec.parallel;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.spi.data.Block;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Yields what several workers make of their morsels of a big table: few rows each, such as the
 * first of a sort. Their order says nothing. Used by one thread.
 */
public final class WorkerRowsOperator implements Operator {
  /**
   * The operators of one worker.
   *
   * @param rows what it makes of its morsels
   * @param atEnd run by the statement's thread when the worker is done
   */
  public record Worker(Operator rows, Runnable atEnd) {}

  private final Operator own;
  private final Fragment fragment;
  private final Supplier<Worker> workers;
  private final ExecutionContext context;
  private final List<Worker> running = new ArrayList<>();
  private Deque<Block> found;

  public WorkerRowsOperator(
      Operator own, Fragment fragment, Supplier<Worker> workers, ExecutionContext context) {
    this.own = own;
    this.fragment = fragment;
    this.workers = workers;
    this.context = context;
  }

  @Override
  public Block next() {
    if (found == null) {
      found = collect();
    }
    return found.poll();
  }

  private Deque<Block> collect() {
    WorkerRun.requireWaiting(context);
    int wanted = WorkerRun.wanted(fragment.split());
    List<List<Block>> parts = new ArrayList<>();
    parts.add(new ArrayList<>());
    WorkerRun.run(fragment, wanted, () -> start(parts), () -> readAll(own, parts.getFirst()));
    running.forEach(worker -> worker.atEnd().run());
    closeWorkers();
    Deque<Block> result = new ArrayDeque<>();
    parts.forEach(result::addAll);
    return result;
  }

  private Runnable start(List<List<Block>> parts) {
    Worker worker = workers.get();
    running.add(worker);
    List<Block> part = new ArrayList<>();
    parts.add(part);
    return () -> readAll(worker.rows(), part);
  }

  private static void readAll(Operator from, List<Block> into) {
    for (Block block = from.next(); block != null; block = from.next()) {
      into.add(block);
    }
  }

  private void closeWorkers() {
    running.forEach(worker -> worker.rows().close());
    running.clear();
  }

  @Override
  public void reset() {
    closeWorkers();
    found = null;
    own.reset();
  }

  @Override
  public void close() {
    closeWorkers();
    found = null;
    own.close();
  }
}
