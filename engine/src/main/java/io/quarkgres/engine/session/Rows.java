package io.quarkgres.engine.session;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Rows of utility statements, which are few and made at once. Used by the session's thread. */
final class Rows implements Portal.RowSource {
  private final Deque<Block> blocks;
  private final String tag;

  private Rows(Deque<Block> blocks, String tag) {
    this.blocks = blocks;
    this.tag = tag;
  }

  /** No rows. */
  static Portal.RowSource none(String tag) {
    return new Rows(new ArrayDeque<>(), tag);
  }

  /** Blocks that are there already; a {@code #} in the tag stands for the number of rows. */
  static Portal.RowSource of(List<Block> blocks, String tag) {
    return new Rows(new ArrayDeque<>(blocks), tag);
  }

  /** Rows of text columns, {@code null} for NULL. */
  static Portal.RowSource texts(List<String[]> rows, int columns, String tag) {
    Deque<Block> blocks = new ArrayDeque<>();
    for (int from = 0; from < rows.size(); from += Block.ROWS_MAX) {
      int to = Math.min(rows.size(), from + Block.ROWS_MAX);
      Column[] built = new Column[columns];
      for (int c = 0; c < columns; c++) {
        BytesBuilder builder = new BytesBuilder(to - from);
        for (String[] row : rows.subList(from, to)) {
          if (row[c] == null) {
            builder.appendNull();
          } else {
            builder.append(row[c]);
          }
        }
        built[c] = builder.build();
      }
      blocks.add(new Block(to - from, built));
    }
    return new Rows(blocks, tag);
  }

  @Override
  public Block next() {
    return blocks.poll();
  }

  @Override
  public String tag(long rows) {
    return tag.replace("#", Long.toString(rows));
  }

  @Override
  public void close() {
    blocks.clear();
  }
}
