package io.quarkgres.engine.session;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;
import java.util.List;

/**
 * A statement with its parameters, ready to be run, being run, or done. Its rows come from a {@link
 * RowSource} in blocks; a block that the client has not taken whole is kept. Used by the session's
 * thread.
 */
final class Portal {
  private final String name;
  private final List<ResultColumn> columns;
  private final short[] formats;
  private final Starter starter;
  private RowSource source;
  private Block rest;
  private boolean isDone;
  private CursorRows cursor;
  private boolean isShort;

  /** Starts a portal's statement when its first row is asked for. */
  @FunctionalInterface
  interface Starter {
    /** Runs what has to be run before there are rows. */
    RowSource start();
  }

  /** Rows of a running statement and, at the end, its command tag. */
  interface RowSource extends AutoCloseable {
    /** Returns the next block with rows, or {@code null} at the end. */
    Block next();

    /**
     * Returns the command tag.
     *
     * @param rows how many rows were sent
     */
    String tag(long rows);

    @Override
    void close();
  }

  /**
   * Makes a portal.
   *
   * @param columns the result columns, {@code null} when it yields no rows
   */
  Portal(String name, List<ResultColumn> columns, short[] formats, Starter starter) {
    this.name = name;
    this.columns = columns;
    this.formats = formats;
    this.starter = starter;
  }

  /** Makes the portal of an empty query. */
  static Portal empty(String name) {
    return new Portal(name, null, new short[0], null);
  }

  /** Says that the statement is sure to be short, unless it has to wait. */
  Portal shortOne(boolean isSo) {
    isShort = isSo;
    return this;
  }

  /** Tells whether the statement is sure to be short, or done. */
  boolean isShort() {
    return isShort || isDone || starter == null;
  }

  String name() {
    return name;
  }

  List<ResultColumn> columns() {
    return columns;
  }

  short[] formats() {
    return formats;
  }

  boolean isDone() {
    return isDone;
  }

  /** Runs until {@code maxRows} rows were sent (0: all); returns whether the portal is done. */
  boolean run(int maxRows, Reply reply) {
    return run(maxRows, reply, () -> {});
  }

  /** Runs as {@link #run(int, Reply)} does, and something before the tag is sent. */
  boolean run(int maxRows, Reply reply, Runnable beforeTag) {
    if (starter == null) {
      reply.emptyQuery();
      return true;
    }
    if (isDone) {
      reply.commandComplete(source.tag(0));
      return true;
    }
    if (source == null) {
      source = starter.start();
    }
    long wanted = maxRows == 0 ? Long.MAX_VALUE : maxRows;
    long sent = 0;
    while (sent < wanted) {
      Block block = rest != null ? rest : source.next();
      rest = null;
      if (block == null) {
        isDone = true;
        beforeTag.run();
        reply.commandComplete(source.tag(sent));
        source.close();
        return true;
      }
      Block part = block;
      if (block.rowCount() > wanted - sent) {
        int taken = (int) (wanted - sent);
        part = slice(block, 0, taken);
        rest = slice(block, taken, block.rowCount());
      }
      sent += part.rowCount();
      if (columns != null) {
        reply.rows(columns, formats, part);
      }
    }
    reply.portalSuspended();
    return false;
  }

  static Block slice(Block block, int from, int to) {
    int[] positions = new int[to - from];
    for (int i = from; i < to; i++) {
      positions[i - from] = block.selection().position(i);
    }
    return block.select(new Selection(positions, positions.length));
  }

  /** Returns the rows for FETCH and MOVE, which count positions. */
  CursorRows cursor() {
    if (cursor == null) {
      if (source == null) {
        source = starter.start();
      }
      cursor = new CursorRows(source);
    }
    return cursor;
  }

  /** Starts the statement and returns its rows, for EXECUTE, which passes them on. */
  RowSource rows() {
    source = starter.start();
    return source;
  }

  void close() {
    isDone = true;
    rest = null;
    if (source != null) {
      source.close();
    }
  }
}
