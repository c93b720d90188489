package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement.FetchDirection;
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
  private final Declaration declaration;

  /** How many savepoints there were when it was made; those released since are not counted. */
  private int depth;

  private boolean isHeld;

  /**
   * How a portal came to be, for cursors and {@code pg_cursors}.
   *
   * @param sql the text of the whole query string
   * @param isHold whether it outlives its transaction
   */
  record Declaration(
      String sql, boolean isHold, boolean isBinary, boolean isScroll, long createdMicros) {}

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
  Portal(
      String name,
      List<ResultColumn> columns,
      short[] formats,
      Declaration declaration,
      Starter starter) {
    this.declaration = declaration;
    this.name = name;
    this.columns = columns;
    this.formats = formats;
    this.starter = starter;
  }

  /** Makes the portal of an empty query. */
  static Portal empty(String name, Declaration declaration) {
    return new Portal(name, null, new short[0], declaration, null);
  }

  Declaration declaration() {
    return declaration;
  }

  int depth() {
    return depth;
  }

  void setDepth(int savepoints) {
    depth = savepoints;
  }

  /** Tells whether it needs its transaction no more. */
  boolean isHeld() {
    return isHeld;
  }

  /** Reads all rows, so that they outlive the transaction. */
  void hold() {
    cursor().complete();
    source.close();
    isHeld = true;
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
    if (cursor != null) {
      return runCursor(maxRows, reply);
    }
    long wanted = maxRows == 0 ? Long.MAX_VALUE : maxRows;
    long sent = 0;
    while (sent < wanted) {
      Block block = rest != null ? rest : source.next();
      rest = null;
      if (block == null) {
        isDone = true;
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

  /** Goes on where FETCH has moved the position to. */
  private boolean runCursor(int maxRows, Reply reply) {
    long wanted = maxRows == 0 ? Long.MAX_VALUE : maxRows;
    long sent = 0;
    for (Block block : cursor.fetch(FetchDirection.FORWARD, wanted, true)) {
      reply.rows(columns, formats, block);
      sent += block.rowCount();
    }
    if (sent < wanted) {
      reply.commandComplete("SELECT " + sent);
      return true;
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
