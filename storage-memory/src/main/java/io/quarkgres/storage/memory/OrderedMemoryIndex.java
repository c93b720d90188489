package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
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
import io.quarkgres.storage.memory.tree.BTree;
import io.quarkgres.storage.memory.tree.PackedKey;
import io.quarkgres.storage.memory.tree.TreeCursor;

/**
 * A {@code btree} index, or a {@code hash} index, which is one over the same encoded keys that is
 * asked for equality only. Thread: any.
 */
final class OrderedMemoryIndex extends MemoryIndex {
  private static final int KEY_BYTES = 32;

  private final BTree tree = new BTree();

  private volatile boolean inDoubt;

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
  public int entryCount(KeyRange range, int max) {
    TreeCursor cursor = tree.cursor(range, false);
    int n = 0;
    while (n < max && cursor.advance()) {
      n += cursor.count();
    }
    return Math.min(n, max);
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
    // A key that cannot be computed is an error only for a row that belongs into the index.
    Selection qualifying = spec().keys().qualifying(rows);
    Block keys = spec().keys().keys(rows.select(qualifying));
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
  Column[] kept(KeySet keys, boolean[] changed, int from, int n) {
    BytesBuilder builder = new BytesBuilder(n);
    for (int i = from; i < from + n; i++) {
      PackedKey key = changed[i] ? keys.key(i) : null;
      if (key == null) {
        builder.appendNull();
      } else {
        builder.append(key.encoded());
      }
    }
    return new Column[] {builder.build()};
  }

  @Override
  void remove(KeySet keys, int position, long row) {
    PackedKey key = keys.key(position);
    if (key != null) {
      tree.remove(key, row);
    }
  }

  /**
   * Tells whether entries may have stayed that no version of their row has, as keys could not be
   * read; each is to be compared with its row then.
   */
  boolean isInDoubt() {
    return inDoubt;
  }

  /**
   * Removes the entry that a change being undone made, unless an older version that somebody may
   * see has the same key. Called under the chunk's lock.
   */
  void undo(UndoBatch batch, IndexChange change, int slot) {
    inDoubt |= change.keys().isAbsent();
    PackedKey key = change.keys().isAbsent() ? null : change.newKey(batch.position(slot));
    if (key == null) {
      return;
    }
    for (UndoBatch older = batch.older(slot);
        older != null && !older.reclaimed;
        older = older.older(slot)) {
      IndexChange other = older.changeOf(this);
      int position = other == null ? 0 : older.position(slot);
      if (other != null && other.isChanged(position)) {
        if (other.keys().isAbsent()) {
          inDoubt = true;
          return;
        }
        if (key.matches(other.oldKey(position))) {
          return;
        }
      }
    }
    tree.remove(key, batch.chunk.firstRow() + slot);
  }

  /**
   * Removes the entry of the version before a change that everybody sees, unless a version that
   * somebody may see has the same key. Called under the chunk's lock.
   */
  void forget(UndoBatch batch, IndexChange change, int slot, long horizon) {
    inDoubt |= change.keys().isAbsent();
    PackedKey key = change.keys().isAbsent() ? null : change.oldKey(batch.position(slot));
    if (key != null && !isNeeded(key, batch, slot, horizon)) {
      tree.remove(key, batch.chunk.firstRow() + slot);
    }
  }

  private boolean isNeeded(PackedKey key, UndoBatch batch, int slot, long horizon) {
    for (UndoBatch newer = batch.chunk.undo(slot); newer != batch; newer = newer.older(slot)) {
      boolean isChanged = isChanged(newer, slot);
      if (isChanged && hasAfter(newer, slot, key)) {
        return true;
      }
      long committed = newer.transaction.commitTimestamp();
      if (committed != 0 && committed <= horizon) {
        return !isChanged && isAfter(newer, slot, key);
      }
    }
    return false;
  }

  /** Tells whether a version that a change of other columns left in place has a key. */
  private boolean isAfter(UndoBatch from, int slot, PackedKey key) {
    for (UndoBatch older = from.older(slot); older != null; older = older.older(slot)) {
      if (isChanged(older, slot)) {
        return hasAfter(older, slot, key);
      }
    }
    return false;
  }

  private boolean isChanged(UndoBatch batch, int slot) {
    IndexChange change = batch.changeOf(this);
    return change != null && change.isChanged(batch.position(slot));
  }

  /** Tells whether a change gave a row a key, or may have. */
  private boolean hasAfter(UndoBatch batch, int slot, PackedKey key) {
    IndexChange change = batch.changeOf(this);
    inDoubt |= change.keys().isAbsent();
    return change.keys().isAbsent() || key.matches(change.newKey(batch.position(slot)));
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
