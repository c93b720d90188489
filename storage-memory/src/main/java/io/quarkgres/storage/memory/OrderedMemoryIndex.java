package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.NearestCursor;
import io.quarkgres.spi.store.RowPredicate;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Transaction;

/**
 * A {@code btree} index, or a {@code hash} index, which is one over the same encoded keys that is
 * asked for equality only. Thread: any.
 */
final class OrderedMemoryIndex extends MemoryIndex {
  private static final int KEY_BYTES = 32;

  private final BTree tree = new BTree();

  /** What {@link #distinctKeys} found last; {@code null} before. */
  private volatile Statistic statistic;

  /** How many different keys there were when there were so many entries. */
  private record Statistic(long entries, long distinctKeys) {
    boolean isFresh(long now) {
      return now <= entries * 2 && entries <= now * 2;
    }
  }

  OrderedMemoryIndex(MemoryTable table, IndexSpec spec) {
    super(table, spec);
  }

  static boolean isMethod(String name) {
    return name.equals("btree") || name.equals("hash");
  }

  BTree tree() {
    return tree;
  }

  @Override
  public long entryCount() {
    return tree.entryCount();
  }

  @Override
  public long distinctKeys() {
    long entries = entryCount();
    Statistic known = statistic;
    if (known == null || !known.isFresh(entries)) {
      known = new Statistic(entries, tree.distinctKeys());
      statistic = known;
    }
    return known.distinctKeys();
  }

  @Override
  public long memoryBytes() {
    return tree.memoryBytes();
  }

  @Override
  KeySet keysOf(Block rows) {
    Block keys = spec().keys().keys(rows);
    Selection qualifying = spec().keys().qualifying(rows);
    int n = rows.positionCount();
    boolean[] held = new boolean[n];
    PackedKey[] packed = new PackedKey[n];
    boolean[] withNull = new boolean[n];
    ByteSink sink = new ByteSink(KEY_BYTES);
    for (int i = 0; i < qualifying.count(); i++) {
      int position = qualifying.position(i);
      sink.truncate(0);
      held[position] = true;
      withNull[position] = spec().encoder().encode(keys, position, sink);
      packed[position] = PackedKey.of(sink.array(), 0, sink.size());
    }
    return new KeySet(keys, held, packed, withNull);
  }

  @Override
  boolean sameKey(KeySet a, KeySet b, int position) {
    PackedKey mine = a.key(position);
    PackedKey other = b.key(position);
    return mine == null ? other == null : mine.matches(other);
  }

  /** Tells whether no other row may have the key at a position. */
  boolean isUnique(KeySet keys, int position) {
    return spec().unique() && (!keys.withNull()[position] || spec().nullsNotDistinct());
  }

  @Override
  long enter(MemoryTransaction transaction, KeySet keys, int position, long row) {
    PackedKey key = keys.key(position);
    if (key == null) {
      return NO_ROW;
    }
    if (!spec().deferrable() && isUnique(keys, position)) {
      return UniqueCheck.claim(this, transaction, key, row);
    }
    tree.insert(key, row);
    return NO_ROW;
  }

  @Override
  void insert(KeySet keys, int position, long row) {
    PackedKey key = keys.key(position);
    if (key != null) {
      tree.insert(key, row);
    }
  }

  @Override
  long enterChange(MemoryTransaction transaction, IndexChange change, int position, long row) {
    return enter(transaction, change.after(), change.at(position), row);
  }

  @Override
  void remove(KeySet keys, int position, long row) {
    PackedKey key = keys.key(position);
    if (key != null) {
      tree.remove(key, row);
    }
  }

  /**
   * Removes the entry that a change being undone made, unless an older version that somebody may
   * see has the same key. Called under the chunk's lock.
   */
  void undo(Undo link, IndexChange change, long row) {
    PackedKey key = change.newKey(link.position);
    if (key == null) {
      return;
    }
    for (Undo older = link.next; older != null; older = older.next) {
      if (older.batch.reclaimed) {
        break;
      }
      IndexChange other = older.batch.changeOf(this);
      if (other != null
          && other.isChanged(older.position)
          && key.matches(other.oldKey(older.position))) {
        return;
      }
    }
    tree.remove(key, row);
  }

  /**
   * Removes the entry of the version before a change that everybody sees, unless a version that
   * somebody may see has the same key. Called under the chunk's lock.
   */
  void forget(Undo head, Undo link, IndexChange change, long row, long horizon) {
    PackedKey key = change.oldKey(link.position);
    if (key != null && !isNeeded(key, head, link, horizon)) {
      tree.remove(key, row);
    }
  }

  private boolean isNeeded(PackedKey key, Undo head, Undo link, long horizon) {
    for (Undo newer = head; newer != link; newer = newer.next) {
      IndexChange change = newer.batch.changeOf(this);
      boolean isChanged = change != null && change.isChanged(newer.position);
      if (isChanged && key.matches(change.newKey(newer.position))) {
        return true;
      }
      long committed = newer.batch.transaction.commitTimestamp();
      if (committed != 0 && committed <= horizon) {
        return !isChanged && keyAfter(newer, key);
      }
    }
    return false;
  }

  /** Tells whether a version that a change of other columns left in place has a key. */
  private boolean keyAfter(Undo from, PackedKey key) {
    for (Undo older = from.next; older != null; older = older.next) {
      IndexChange change = older.batch.changeOf(this);
      if (change != null && change.isChanged(older.position)) {
        return key.matches(change.newKey(older.position));
      }
    }
    return false;
  }

  @Override
  public BlockCursor scan(Snapshot snapshot, KeyRange range, boolean backward, int[] projection) {
    return new IndexScan(this, (MemorySnapshot) snapshot, range, backward, projection);
  }

  @Override
  public boolean mayHaveDuplicate(long rowId) {
    return UniqueCheck.mayHaveDuplicate(this, rowId);
  }

  @Override
  public long duplicateOf(Transaction transaction, long rowId) {
    return UniqueCheck.duplicateOf(this, (MemoryTransaction) transaction, rowId);
  }

  @Override
  public NearestCursor nearest(
      Snapshot snapshot,
      Column query,
      DistanceIndex.SearchOptions options,
      RowPredicate condition,
      int[] projection) {
    throw noDistances();
  }

  @Override
  public int rerankCount(DistanceIndex.SearchOptions options) {
    throw noDistances();
  }

  @Override
  public double searchCost(DistanceIndex.SearchOptions options) {
    throw noDistances();
  }

  private SqlException noDistances() {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "access method \"" + spec().method() + "\" does not support ordering by distance");
  }
}
