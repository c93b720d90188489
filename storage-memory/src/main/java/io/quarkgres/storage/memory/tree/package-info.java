/**
 * A B-tree of (key, row id) in memory: what ordered indexes are made of.
 *
 * <p>Read {@link io.quarkgres.storage.memory.tree.BTree} first. In: keys as {@link
 * io.quarkgres.storage.memory.tree.PackedKey}s, encodings that compare as unsigned bytes, the first
 * 16 of them in two longs. Out: entries in order through a {@link
 * io.quarkgres.storage.memory.tree.TreeCursor}, a leaf's worth at a time; {@link
 * io.quarkgres.storage.memory.tree.SortedEntries} fill an empty tree at once.
 *
 * <p>Threads: any. One latch guards the tree: writers take it, readers read without it and look
 * whether somebody wrote meanwhile. A cursor holds nothing between batches and finds its place
 * again by the last entry it gave, so entries that were there all along are given once. Which rows
 * a reader may see, and whether an entry is stale, is not known here.
 */
package io.quarkgres.storage.memory.tree;
