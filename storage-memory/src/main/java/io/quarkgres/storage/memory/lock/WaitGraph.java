package io.quarkgres.storage.memory.lock;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.store.Interruption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who waits for whom, over row locks, ends of transactions and heavyweight locks. Only those who
 * really wait come here; whoever closes a circle gets 40P01 and does not wait.
 *
 * <p>Edges are not stored: a waiter is asked for its blockers when a circle is looked for. Lock
 * order: this graph, then chunk, transaction or lock queue. Thread: any.
 */
public final class WaitGraph {
  private final Map<LockOwner, Waiter> waiting = new HashMap<>();

  /** A session and its transaction count as one party, which the session stands for. */
  private static LockOwner party(LockOwner owner) {
    return owner instanceof LockingTransaction t && t.session() != null ? t.session() : owner;
  }

  /** Tells whether two owners are one party, so that neither waits for the other. */
  static boolean isSameParty(LockOwner a, LockOwner b) {
    return party(a) == party(b);
  }

  /**
   * Parks until the waiter is signalled; it must be queued already. Raises 40P01 when that would
   * close a circle, 55P03 when it takes longer than the lock timeout, and the interruption's reason
   * when interrupted; the caller then dequeues it.
   */
  public void await(Waiter waiter) {
    LockOwner party = party(waiter.owner());
    synchronized (this) {
      waiting.put(party, waiter);
      List<Edge> circle = circle(party);
      if (circle != null) {
        waiting.remove(party);
        throw deadlock(circle);
      }
    }
    try {
      park(waiter);
    } finally {
      synchronized (this) {
        waiting.remove(party);
      }
    }
  }

  private static void park(Waiter waiter) {
    Interruption interruption = waiter.owner().interruption();
    interruption.enterWait();
    try {
      while (!waiter.isSignalled()) {
        interruption.check();
        if (Thread.interrupted()) {
          throw new SqlException(
              SqlState.QUERY_CANCELED, "canceling statement due to user request");
        }
        waiter.park();
      }
    } finally {
      interruption.leaveWait();
    }
  }

  /** One step of a circle: a waiter and the one it waits for. */
  private record Edge(Waiter waiter, LockOwner blocker) {}

  private List<Edge> circle(LockOwner start) {
    List<Edge> path = new ArrayList<>();
    return leadsTo(start, start, path, new HashSet<>()) ? path : null;
  }

  /** Depth-first with an explicit stack, as queues can be long. */
  private boolean leadsTo(
      LockOwner goal, LockOwner start, List<Edge> path, Set<LockOwner> visited) {
    List<List<LockOwner>> pending = new ArrayList<>();
    pending.add(blockersOf(start));
    List<Waiter> at = new ArrayList<>();
    at.add(waiting.get(start));
    visited.add(start);
    while (!pending.isEmpty()) {
      List<LockOwner> here = pending.getLast();
      if (here.isEmpty()) {
        pending.removeLast();
        at.removeLast();
        if (!path.isEmpty()) {
          path.removeLast();
        }
        continue;
      }
      LockOwner blocker = here.removeLast();
      LockOwner next = party(blocker);
      Edge edge = new Edge(at.getLast(), blocker);
      if (next == goal) {
        path.add(edge);
        return true;
      }
      if (waiting.containsKey(next) && visited.add(next)) {
        path.add(edge);
        pending.add(blockersOf(next));
        at.add(waiting.get(next));
      }
    }
    return false;
  }

  private List<LockOwner> blockersOf(LockOwner party) {
    List<LockOwner> out = new ArrayList<>();
    waiting.get(party).blockers(out);
    return out;
  }

  private static SqlException deadlock(List<Edge> circle) {
    StringBuilder detail = new StringBuilder();
    for (Edge edge : circle) {
      if (detail.length() > 0) {
        detail.append('\n');
      }
      detail.append("Process ").append(edge.waiter().owner().processNumber());
      detail.append(" waits for ").append(edge.waiter().what(edge.blocker()));
      detail.append("; blocked by process ").append(edge.blocker().processNumber()).append('.');
    }
    return new SqlException(
        SqlState.T_R_DEADLOCK_DETECTED,
        "deadlock detected",
        detail.toString(),
        "See server log for query details.");
  }
}
