package io.quarkgres.storage.memory.tree;

import io.quarkgres.spi.error.Invariant;
import io.quarkgres.spi.index.KeyRange;
import java.util.Arrays;
import java.util.concurrent.locks.StampedLock;

/**
 * A B+-tree of entries (key, row id) over packed keys.
 *
 * <p>One latch for the tree: writers hold it for one entry at a time; readers look without it,
 * check that no writer came between, and take it only when one did. A cursor copies a leaf's worth
 * of entries at a time and seeks anew for the next, so that it holds nothing in between. Thread:
 * any.
 */
public final class BTree {
  private static final int CLAIM_STAMPS = 64;
  private static final int DEPTH_MAX = 32;
  private static final int UNDERFULL = TreeNode.CAPACITY / 4;
  private static final int MERGED_MAX = TreeNode.CAPACITY * 3 / 4;

  /** How full nodes are loaded, so that the next inserts do not split each. */
  private static final int LOADED = TreeNode.CAPACITY * 7 / 8;

  private final StampedLock latch = new StampedLock();
  private TreeNode root = TreeNode.emptyLeaf();
  private long entryCount;
  private long nodeCount = 1;
  private long longKeyBytes;

  /** How many entries were ever removed: a reader may trust an entry while this stays. */
  private volatile long removals;

  /** Counts of inserts by key, so that a unique check sees whether another came between. */
  private final long[] claims = new long[CLAIM_STAMPS];

  private final TreeNode[] path = new TreeNode[DEPTH_MAX];
  private final int[] pathIndex = new int[DEPTH_MAX];
  private int depth;

  public long entryCount() {
    return entryCount;
  }

  public long removals() {
    return removals;
  }

  /** Returns about how many different keys there are. */
  public long distinctKeys() {
    long stamp = latch.readLock();
    try {
      return KeySample.distinct(root, entryCount);
    } finally {
      latch.unlockRead(stamp);
    }
  }

  /** Returns about how much memory the tree takes; without the latch. */
  public long memoryBytes() {
    return nodeCount * (nodeCount == 1 ? TreeNode.SMALL_BYTES : TreeNode.BYTES) + longKeyBytes;
  }

  /** Adds an entry; one that is there already counts as claimed anew. */
  public void insert(PackedKey key, long row) {
    long stamp = latch.writeLock();
    try {
      insertLatched(key, row);
    } finally {
      latch.unlockWrite(stamp);
    }
  }

  /**
   * Adds an entry unless other rows have entries under the key that were not looked at.
   *
   * @param check holds the rows that were found harmless and the stamp they were read with;
   *     receives those that are there now
   * @return whether the entry is in
   */
  public boolean claim(PackedKey key, long row, ClaimCheck check) {
    long stamp = latch.writeLock();
    try {
      int slot = key.spread() & CLAIM_STAMPS - 1;
      boolean looked = check.stamp == claims[slot];
      check.stamp = claims[slot];
      check.clear();
      if (!looked) {
        collectOthers(key, row, check);
      }
      if (check.count > 0) {
        return false;
      }
      insertLatched(key, row);
      return true;
    } finally {
      latch.unlockWrite(stamp);
    }
  }

  /** Returns the rows but one that have entries under a key. */
  public ClaimCheck others(PackedKey key, long row) {
    ClaimCheck found = new ClaimCheck();
    long stamp = latch.readLock();
    try {
      collectOthers(key, row, found);
    } finally {
      latch.unlockRead(stamp);
    }
    return found;
  }

  /** The rows that have entries under a key, for one unique check. Used by one thread. */
  public static final class ClaimCheck {
    private long stamp = -1;
    private long[] rows = new long[2];
    private int count;

    /** Returns how many rows there are. */
    public int count() {
      return count;
    }

    /** Returns the id of one of the rows. */
    public long row(int i) {
      return rows[i];
    }

    private void clear() {
      count = 0;
    }

    private void add(long row) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, count * 2);
      }
      rows[count++] = row;
    }

    /** Forgets what was looked at, after a wait. */
    public void reset() {
      stamp = -1;
      count = 0;
    }
  }

  private void collectOthers(PackedKey key, long row, ClaimCheck check) {
    TreeNode leaf = root;
    while (!leaf.isLeaf()) {
      leaf = leaf.children[leaf.upperBound(key.high(), key.low(), key.bytes(), Long.MIN_VALUE)];
    }
    int at = leaf.lowerBound(key.high(), key.low(), key.bytes(), Long.MIN_VALUE);
    while (leaf != null) {
      for (; at < leaf.count; at++) {
        if (!key.matches(leaf.high[at], leaf.low[at], leaf.bytes(at))) {
          return;
        }
        if (leaf.rows[at] != row) {
          check.add(leaf.rows[at]);
        }
      }
      leaf = leaf.next;
      at = 0;
    }
  }

  private void insertLatched(PackedKey key, long row) {
    claims[key.spread() & CLAIM_STAMPS - 1]++;
    TreeNode leaf = descend(key, row);
    int at = leaf.lowerBound(key.high(), key.low(), key.bytes(), row);
    if (at < leaf.count && leaf.compare(at, key.high(), key.low(), key.bytes(), row) == 0) {
      return;
    }
    if (leaf.isFull()) {
      TreeNode right = splitLeaf(leaf, at);
      if (at > leaf.count || at == leaf.count && right.count == 0) {
        at -= leaf.count;
        leaf = right;
      }
      leaf.open(at);
      leaf.set(at, key.high(), key.low(), key.bytes(), row);
      linkRight(right);
    } else {
      leaf.open(at);
      leaf.set(at, key.high(), key.low(), key.bytes(), row);
    }
    entryCount++;
    longKeyBytes += TreeNode.keyBytes(key.bytes());
  }

  /** Fills the tree, which is empty, with sorted entries that are all different. */
  public void load(SortedEntries entries) {
    long stamp = latch.writeLock();
    try {
      Invariant.check(entryCount == 0, "the tree is empty");
      TreeNode[] level = leaves(entries);
      long nodes = level.length;
      while (level.length > 1) {
        level = parents(level);
        nodes += level.length;
      }
      root = level[0];
      nodeCount = nodes;
      entryCount = entries.count();
    } finally {
      latch.unlockWrite(stamp);
    }
  }

  private TreeNode[] leaves(SortedEntries entries) {
    int n = entries.count();
    TreeNode[] leaves = new TreeNode[Math.max(1, (n + LOADED - 1) / LOADED)];
    for (int l = 0; l < leaves.length; l++) {
      int from = l * LOADED;
      int size = Math.min(LOADED, n - from);
      TreeNode leaf =
          leaves.length == 1 ? TreeNode.emptyLeaf() : new TreeNode(true, TreeNode.CAPACITY);
      for (int i = 0; i < size; i++) {
        byte[] key = entries.bytes(from + i);
        leaf.open(i);
        leaf.set(i, entries.high(from + i), entries.low(from + i), key, entries.row(from + i));
        longKeyBytes += TreeNode.keyBytes(key);
      }
      leaves[l] = leaf;
      if (l > 0) {
        leaf.previous = leaves[l - 1];
        leaves[l - 1].next = leaf;
      }
    }
    return leaves;
  }

  /** Makes the level above some nodes; the first entry below each but the first separates it. */
  private static TreeNode[] parents(TreeNode[] below) {
    int fan = LOADED + 1;
    TreeNode[] parents = new TreeNode[(below.length + fan - 1) / fan];
    for (int p = 0; p < parents.length; p++) {
      int from = p * fan;
      int size = Math.min(fan, below.length - from);
      TreeNode parent = new TreeNode(false, TreeNode.CAPACITY);
      parent.children[0] = below[from];
      for (int i = 1; i < size; i++) {
        TreeNode first = below[from + i];
        while (!first.isLeaf()) {
          first = first.children[0];
        }
        parent.open(i - 1);
        parent.setFrom(i - 1, first, 0);
        parent.children[i] = below[from + i];
      }
      parents[p] = parent;
    }
    return parents;
  }

  /** Finds the leaf for an entry and notes the way to it. */
  private TreeNode descend(PackedKey key, long row) {
    TreeNode node = root;
    depth = 0;
    while (!node.isLeaf()) {
      int child = node.upperBound(key.high(), key.low(), key.bytes(), row);
      path[depth] = node;
      pathIndex[depth++] = child;
      node = node.children[child];
    }
    return node;
  }

  /**
   * Moves the upper half of a full leaf into a new one; nothing when the new entry comes last of
   * all, so that ascending inserts leave full leaves. The caller links it once it is filled.
   */
  private TreeNode splitLeaf(TreeNode leaf, int at) {
    int keep = at == leaf.count && leaf.next == null ? leaf.count : leaf.count / 2;
    TreeNode right = new TreeNode(true, TreeNode.CAPACITY);
    nodeCount++;
    right.appendFrom(leaf, keep, leaf.count - keep);
    leaf.truncate(keep);
    right.next = leaf.next;
    right.previous = leaf;
    if (leaf.next != null) {
      leaf.next.previous = right;
    }
    leaf.next = right;
    return right;
  }

  /** Enters a new right sibling, by its first entry, into the parents on the path. */
  private void linkRight(TreeNode sibling) {
    TreeNode right = sibling;
    long high = right.high[0];
    long low = right.low[0];
    byte[] bytes = right.bytes(0);
    long row = right.rows[0];
    while (depth > 0) {
      TreeNode parent = path[--depth];
      int at = pathIndex[depth];
      if (!parent.isFull()) {
        parent.open(at);
        parent.set(at, high, low, bytes, row);
        parent.insertChild(at, right);
        return;
      }
      int middle = parent.count / 2;
      TreeNode upper = new TreeNode(false, TreeNode.CAPACITY);
      nodeCount++;
      upper.appendFrom(parent, middle + 1, parent.count - middle - 1);
      System.arraycopy(parent.children, middle + 1, upper.children, 0, upper.count + 1);
      long upHigh = parent.high[middle];
      long upLow = parent.low[middle];
      byte[] upBytes = parent.bytes(middle);
      long upRow = parent.rows[middle];
      parent.truncate(middle);
      TreeNode target = parent;
      if (at > middle) {
        target = upper;
        at -= middle + 1;
      }
      target.open(at);
      target.set(at, high, low, bytes, row);
      target.insertChild(at, right);
      right = upper;
      high = upHigh;
      low = upLow;
      bytes = upBytes;
      row = upRow;
    }
    TreeNode newRoot = new TreeNode(false, TreeNode.CAPACITY);
    nodeCount++;
    newRoot.children[0] = root;
    newRoot.open(0);
    newRoot.set(0, high, low, bytes, row);
    newRoot.children[1] = right;
    root = newRoot;
  }

  /** Removes an entry; returns whether it was there. */
  public boolean remove(PackedKey key, long row) {
    long stamp = latch.writeLock();
    try {
      TreeNode leaf = descend(key, row);
      int at = leaf.lowerBound(key.high(), key.low(), key.bytes(), row);
      if (at == leaf.count || leaf.compare(at, key.high(), key.low(), key.bytes(), row) != 0) {
        return false;
      }
      leaf.close(at);
      entryCount--;
      longKeyBytes -= TreeNode.keyBytes(key.bytes());
      long before = removals;
      removals = before + 1;
      shrink(leaf);
      return true;
    } finally {
      latch.unlockWrite(stamp);
    }
  }

  /** Drops an empty node or merges an underfull one with a neighbour, up the path. */
  private void shrink(TreeNode changed) {
    TreeNode node = changed;
    while (depth > 0 && node.count < UNDERFULL) {
      TreeNode parent = path[--depth];
      int at = pathIndex[depth];
      if (node.count == 0 && (node.isLeaf() || node.children[0] == null)) {
        if (node.isLeaf()) {
          unlink(node);
        }
        parent.removeChild(at);
        nodeCount--;
      } else if (!(at > 0 && merge(parent, at - 1)) && !(at < parent.count && merge(parent, at))) {
        return;
      }
      node = parent;
    }
    while (!root.isLeaf() && root.count == 0) {
      if (root.children[0] == null) {
        root = TreeNode.emptyLeaf();
      } else {
        root = root.children[0];
        nodeCount--;
      }
    }
  }

  private static void unlink(TreeNode leaf) {
    if (leaf.previous != null) {
      leaf.previous.next = leaf.next;
    }
    if (leaf.next != null) {
      leaf.next.previous = leaf.previous;
    }
  }

  /** Merges children {@code left} and {@code left + 1} if they fit into one. */
  private boolean merge(TreeNode parent, int left) {
    TreeNode into = parent.children[left];
    TreeNode from = parent.children[left + 1];
    if (into.count + from.count + 1 > MERGED_MAX) {
      return false;
    }
    if (into.isLeaf()) {
      into.appendFrom(from, 0, from.count);
      unlink(from);
    } else {
      int children = into.count + 1;
      into.appendFrom(parent, left, 1);
      into.appendFrom(from, 0, from.count);
      System.arraycopy(from.children, 0, into.children, children, from.count + 1);
    }
    parent.removeChild(left + 1);
    nodeCount--;
    return true;
  }

  /**
   * Copies the next entries of a cursor into its batch, at most a leaf's worth; leaves it empty at
   * the end of the range.
   */
  void read(TreeCursor cursor) {
    long stamp = latch.tryOptimisticRead();
    if (stamp != 0 && tryRead(cursor) && latch.validate(stamp)) {
      return;
    }
    stamp = latch.readLock();
    try {
      cursor.fill(root, removals);
    } finally {
      latch.unlockRead(stamp);
    }
  }

  private boolean tryRead(TreeCursor cursor) {
    try {
      cursor.fill(root, removals);
      return true;
    } catch (NullPointerException | IndexOutOfBoundsException torn) {
      return false;
    }
  }

  public TreeCursor cursor(KeyRange range, boolean backward) {
    return new TreeCursor(this, range, backward);
  }
}
