package io.quarkgres.engine.session;

import io.quarkgres.engine.session.Session.Notification;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The channels of the server: who listens to which, and the delivery of notifications. A commit
 * that notifies runs under the lock, so that all listeners see notifications in commit order.
 * Thread: any.
 */
final class Notifications {
  /** The most bytes of notifications that wait for sessions that are in a transaction. */
  private static final long WAITING_BYTES_MAX = 64L << 20;

  /** What a notification counts for beside its payload. */
  private static final long FIXED_BYTES = 128;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Channel, Set<Mailbox>> listeners = new HashMap<>();
  private final AtomicLong waitingBytes = new AtomicLong();

  /** A channel; each database has its own. */
  private record Channel(int database, String name) {}

  /** What waits for one session, and how that session is told. Guarded by itself. */
  static final class Mailbox {
    private final int database;
    private Set<String> channels = Set.of();
    private List<Notification> waiting = List.of();
    private volatile boolean isEmpty = true;
    private Runnable wake = () -> {};

    Mailbox(int database) {
      this.database = database;
    }
  }

  /** Says what to run when something comes for a session; it must not block. */
  void onArrival(Mailbox mailbox, Runnable wake) {
    synchronized (mailbox) {
      mailbox.wake = wake;
    }
  }

  /** Commits a transaction with what it says to channels: LISTEN first, then NOTIFY. */
  void commit(Mailbox own, ChannelChanges changes, int processId, Runnable commit) {
    if (changes.isEmpty()) {
      commit.run();
      return;
    }
    Set<Mailbox> woken = new LinkedHashSet<>();
    lock.lock();
    try {
      requireRoom(own.database, changes.messages());
      commit.run();
      changes.listening().forEach(change -> apply(own, change));
      for (ChannelChanges.Message message : changes.messages()) {
        Notification notification =
            new Notification(processId, message.channel(), message.payload());
        for (Mailbox mailbox : listening(own.database, message.channel())) {
          deliver(mailbox, notification);
          woken.add(mailbox);
        }
      }
      woken.remove(own);
      woken.forEach(Notifications::wake);
    } finally {
      lock.unlock();
    }
  }

  private void deliver(Mailbox mailbox, Notification notification) {
    synchronized (mailbox) {
      waitingBytes.addAndGet(bytes(notification));
      if (mailbox.waiting.isEmpty()) {
        mailbox.waiting = new ArrayList<>();
      }
      mailbox.waiting.add(notification);
      mailbox.isEmpty = false;
    }
  }

  private static void wake(Mailbox mailbox) {
    synchronized (mailbox) {
      mailbox.wake.run();
    }
  }

  private Set<Mailbox> listening(int database, String channel) {
    return listeners.getOrDefault(new Channel(database, channel), Set.of());
  }

  private void requireRoom(int database, List<ChannelChanges.Message> messages) {
    long added = 0;
    for (ChannelChanges.Message message : messages) {
      added += bytes(message.payload()) * listening(database, message.channel()).size();
    }
    if (waitingBytes.get() + added > WAITING_BYTES_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "too many notifications in the NOTIFY queue");
    }
  }

  private static long bytes(Notification notification) {
    return bytes(notification.payload());
  }

  private static long bytes(String payload) {
    return FIXED_BYTES + payload.length();
  }

  private void apply(Mailbox own, ChannelChanges.Listening change) {
    if (change.channel() == null) {
      forget(own);
      return;
    }
    Channel channel = new Channel(own.database, change.channel());
    if (change.isOn()) {
      listeners.computeIfAbsent(channel, c -> new LinkedHashSet<>()).add(own);
    } else {
      remove(own, channel);
    }
    synchronized (own) {
      if (own.channels.isEmpty()) {
        own.channels = new LinkedHashSet<>();
      }
      if (change.isOn()) {
        own.channels.add(change.channel());
      } else {
        own.channels.remove(change.channel());
      }
    }
  }

  private void remove(Mailbox own, Channel channel) {
    Set<Mailbox> all = listeners.get(channel);
    if (all != null && all.remove(own) && all.isEmpty()) {
      listeners.remove(channel);
    }
  }

  private void forget(Mailbox own) {
    channels(own).forEach(name -> remove(own, new Channel(own.database, name)));
    synchronized (own) {
      own.channels = Set.of();
    }
  }

  /**
   * Takes what waits for a session, but for channels that it has left meanwhile. Does not wait for
   * commits, as event loops call it.
   */
  List<Notification> take(Mailbox mailbox) {
    if (mailbox.isEmpty) {
      return List.of();
    }
    synchronized (mailbox) {
      List<Notification> result = new ArrayList<>(mailbox.waiting.size());
      for (Notification notification : mailbox.waiting) {
        waitingBytes.addAndGet(-bytes(notification));
        if (mailbox.channels.contains(notification.channel())) {
          result.add(notification);
        }
      }
      mailbox.waiting = List.of();
      mailbox.isEmpty = true;
      return result;
    }
  }

  /** Returns the channels that a session listens to. */
  List<String> channels(Mailbox mailbox) {
    synchronized (mailbox) {
      return List.copyOf(mailbox.channels);
    }
  }

  /** Returns how full the queue is, from 0 to 1. */
  double usage() {
    return (double) waitingBytes.get() / WAITING_BYTES_MAX;
  }

  /** Ends a session's part. */
  void close(Mailbox mailbox) {
    onArrival(mailbox, () -> {});
    if (channels(mailbox).isEmpty()) {
      take(mailbox);
      return;
    }
    lock.lock();
    try {
      forget(mailbox);
      take(mailbox);
    } finally {
      lock.unlock();
    }
  }
}
