package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.vector.index.Parallel;
import io.quarkgres.vector.index.RowNumbers;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongUnaryOperator;

/**
 * The links of a graph as they were written down, and the nodes that have come back since. A page
 * is a series of nodes, numbers big-endian:
 *
 * <pre>
 *   4  place: by this the lists of others name it
 *   8  row id
 *   4  hash of the vector
 *   1  level l
 *   .. l + 1 lists, the lowest level's first: 1 byte n, n places of 4 bytes, as in {@link Nodes}
 * </pre>
 *
 * <p>Vectors are not in it: they come back with the rows. A list may name places that are not
 * there, or are another node's by now, as writers go on while it is written; such links are left
 * out. Used by one thread, which has others help.
 */
final class SavedGraph {
  private static final int PAGE_BYTES = 1 << 20;
  private static final int NODE_HEADER = 17;

  /** Nodes a thread links at once. */
  private static final int SLICE = 4096;

  /** For each saved node: its page and offset, and what became of it. */
  private final byte[][] pages;

  private final int[] pageOf;
  private final int[] offsetOf;
  private final int[] nodeOf;
  private final RowNumbers numbers;

  /** Nodes that came back, by the places they had, -1 for none. */
  private final int[] nodeAt;

  private SavedGraph(byte[][] pages, int count, int places, LongUnaryOperator rows) {
    this.pages = pages;
    pageOf = new int[count];
    offsetOf = new int[count];
    nodeOf = filled(count);
    numbers = new RowNumbers(count);
    nodeAt = filled(places);
    int[] n = new int[1];
    walk(
        pages,
        (page, offset) -> {
          byte[] bytes = pages[page];
          int i = n[0]++;
          pageOf[i] = page;
          offsetOf[i] = offset;
          numbers.add(rows.applyAsLong(Datums.readLong(bytes, offset + 4)));
        });
  }

  private static int[] filled(int length) {
    int[] result = new int[length];
    Arrays.fill(result, -1);
    return result;
  }

  private interface Visitor {
    void node(int page, int offset);
  }

  private static void walk(byte[][] pages, Visitor visitor) {
    for (int page = 0; page < pages.length; page++) {
      int offset = 0;
      while (offset < pages[page].length) {
        visitor.node(page, offset);
        offset = end(pages[page], offset);
      }
    }
  }

  private static int end(byte[] bytes, int offset) {
    int at = offset + NODE_HEADER;
    for (int level = bytes[offset + 16]; level >= 0; level--) {
      at += 1 + 4 * (bytes[at] & 0xff);
    }
    return at;
  }

  /** Takes pages that {@link #write} made; {@code rows} tells a row's id now by the one then. */
  static SavedGraph read(List<byte[]> pages, LongUnaryOperator rows) {
    byte[][] all = pages.toArray(byte[][]::new);
    int[] counts = new int[2];
    walk(
        all,
        (page, offset) -> {
          counts[0]++;
          counts[1] = Math.max(counts[1], Datums.readInt(all[page], offset) + 1);
        });
    return new SavedGraph(all, counts[0], counts[1], rows);
  }

  /** Writes the nodes that are there, beside searches and writers. */
  static void write(Nodes nodes, Consumer<ByteSink> pages) {
    ByteSink page = new ByteSink(PAGE_BYTES + 4096);
    int[] list = new int[nodes.listMax(0)];
    int count = nodes.count();
    for (int node = 0; node < count; node++) {
      long row = nodes.row(node);
      if (row < 0) {
        continue;
      }
      int level = nodes.level(node);
      page.putInt(node);
      page.putLong(row);
      page.putInt(nodes.vectors().hash(node));
      page.put(level);
      for (int i = 0; i <= level; i++) {
        int n = nodes.readList(node, i, list);
        page.put(n);
        for (int j = 0; j < n; j++) {
          page.putInt(list[j]);
        }
      }
      if (page.size() >= PAGE_BYTES) {
        pages.accept(page);
        page.truncate(0);
      }
    }
    if (page.size() > 0) {
      pages.accept(page);
    }
  }

  /** Returns the number of the saved node of a row with a vector that has not come back, or -1. */
  int find(Nodes nodes, long row, Object key) {
    return numbers.find(row, i -> nodeOf[i] < 0 && savedHash(i) == nodes.vectors().hash(key));
  }

  private int savedHash(int i) {
    return Datums.readInt(pages[pageOf[i]], offsetOf[i] + 12);
  }

  /** Returns the level of a saved node. */
  int level(int i) {
    return pages[pageOf[i]][offsetOf[i] + 16];
  }

  /** Says which node a saved one has become. */
  void cameBack(int i, int node) {
    nodeOf[i] = node;
    nodeAt[Datums.readInt(pages[pageOf[i]], offsetOf[i])] = node;
  }

  /** Gives the nodes that came back their lists, on several threads; then tells a receiver each. */
  void link(Nodes nodes, int threads, IntConsumer linked) {
    Parallel.run(
        threads,
        nodeOf.length,
        SLICE,
        () -> new int[nodes.listMax(0)],
        (list, begin, end) -> link(nodes, list, begin, end),
        list -> {});
    for (int node : nodeOf) {
      if (node >= 0) {
        linked.accept(node);
      }
    }
  }

  private void link(Nodes nodes, int[] list, int begin, int end) {
    for (int i = begin; i < end; i++) {
      int node = nodeOf[i];
      if (node < 0) {
        continue;
      }
      byte[] bytes = pages[pageOf[i]];
      int at = offsetOf[i] + NODE_HEADER;
      for (int level = 0; level <= level(i); level++) {
        int saved = bytes[at++] & 0xff;
        int n = 0;
        for (int j = 0; j < saved; j++, at += 4) {
          int link = Datums.readInt(bytes, at);
          int place = link & Nodes.NODE;
          int neighbour = place < nodeAt.length ? nodeAt[place] : -1;
          boolean isThere = neighbour >= 0 && (level == 0 || nodes.level(neighbour) >= level);
          if (isThere && n < nodes.listMax(level)) {
            list[n++] = neighbour | link & Nodes.DIVERSE;
          }
        }
        synchronized (nodes.lock(node)) {
          nodes.writeList(node, level, list, n);
        }
      }
    }
  }
}
