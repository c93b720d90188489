package io.quarkgres.spi.lock;

/** The heavyweight locks of a server. Thread: any. */
public interface LockTable {
  /**
   * What is locked.
   *
   * @param space which kind of object, so that numbers do not clash: a constant below
   * @param database the database's oid, 0 for shared objects
   * @param object the relation's oid or the advisory key
   */
  record Target(int space, long database, long object) {
    /** Relations by oid. */
    public static final int RELATION = 1;

    /** Advisory locks by one 64-bit key. */
    public static final int ADVISORY = 2;

    /** Advisory locks by two 32-bit keys. */
    public static final int ADVISORY_PAIR = 3;

    /** Names about to be created, by hash, so that two creators of one name wait. */
    public static final int NAME = 4;

    /** Mixes what differs most: every statement looks its tables up by this. */
    @Override
    public int hashCode() {
      return Long.hashCode((object * 31 + database) * 31 + space);
    }
  }

  /** Locks, waiting as long as it takes. Counts: each lock needs its unlock or a release. */
  void lock(LockOwner owner, Target target, LockMode mode);

  /** Locks without waiting; returns whether it did. */
  boolean tryLock(LockOwner owner, Target target, LockMode mode);

  /** Undoes one lock; returns whether the owner held it. */
  boolean unlock(LockOwner owner, Target target, LockMode mode);

  /** Undoes all locks of an owner. */
  void releaseAll(LockOwner owner);

  /**
   * Makes waits of one owner count as waits of another for deadlock detection: a session's advisory
   * locks and its current transaction are one party.
   */
  void bind(LockOwner session, LockOwner transaction);
}
