package io.quarkgres.storage.memory.tree;

import java.util.Arrays;

/**
 * Guesses how many different keys a tree has: counted while they are few, else from a sample of its
 * leaves. Under the tree's latch. Thread: any.
 */
final class KeySample {
  /** So many keys are counted one by one. */
  private static final int COUNTED_MAX = 64;

  /** So many leaves are looked at when there are more. */
  private static final int LEAVES = 64;

  private KeySample() {}

  /** Returns about how many different keys there are. */
  static long distinct(TreeNode root, long entries) {
    int counted = counted(root);
    return counted < COUNTED_MAX ? counted : Math.max(counted, sampled(root, entries));
  }

  /** Goes from each key to the next one, over all entries of the same key. */
  private static int counted(TreeNode root) {
    TreeNode leaf = leafAt(root, 0);
    int at = 0;
    int found = 0;
    while (found < COUNTED_MAX) {
      while (leaf != null && at >= leaf.count) {
        leaf = leaf.next;
        at = 0;
      }
      if (leaf == null) {
        return found;
      }
      found++;
      long high = leaf.high[at];
      long low = leaf.low[at];
      byte[] bytes = leaf.bytes(at);
      leaf = root;
      while (!leaf.isLeaf()) {
        leaf = leaf.children[leaf.upperBound(high, low, bytes, Long.MAX_VALUE)];
      }
      at = leaf.upperBound(high, low, bytes, Long.MAX_VALUE);
    }
    return found;
  }

  private static long sampled(TreeNode root, long entries) {
    long pairs = 0;
    long changes = 0;
    for (int i = 0; i < LEAVES; i++) {
      TreeNode leaf = leafAt(root, (i + 0.5) / LEAVES);
      for (int k = 1; k < leaf.count; k++) {
        pairs++;
        changes += isSame(leaf, k - 1, k) ? 0 : 1;
      }
    }
    return pairs == 0 ? entries : Math.round((double) entries * changes / pairs);
  }

  private static boolean isSame(TreeNode leaf, int a, int b) {
    return leaf.high[a] == leaf.high[b]
        && leaf.low[a] == leaf.low[b]
        && Arrays.equals(leaf.bytes(a), leaf.bytes(b));
  }

  /** Returns the leaf at a share of the way from the first to the last. */
  private static TreeNode leafAt(TreeNode root, double share) {
    TreeNode node = root;
    double rest = share;
    while (!node.isLeaf()) {
      double scaled = rest * (node.count + 1);
      int child = (int) scaled;
      rest = scaled - child;
      node = node.children[child];
    }
    return node;
  }
}
