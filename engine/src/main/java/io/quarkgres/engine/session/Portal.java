package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement.FetchDirection;
import io.quarkgres.engine.exec.KeptBlocks;
import io.quarkgres.engine.session.cache.ResultCache;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.error.WouldWait;
import java.util.List;
import java.util.function.Supplier;

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
  private Supplier<KeptBlocks> keeping;
  private final Declaration declaration;

  /** How many savepoints there were when it was made; those released since are not counted. */
  private int depth;

  private boolean isHeld;
  private boolean isFailed;

  /**
   * How a portal came to be, for cursors and {@code pg_cursors}.
   *
   * @param sql the text of the whole query string
   * @param isHold whether it outlives its transaction
   */
  record Declaration(
      String sql, boolean isHold, boolean isBinary, boolean isScroll, long createdMicros) {}

  private boolean isShort;
  private boolean endsFailedBlock;
  private CachedRows cached;
  private long rowsSent;

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

  /** What a run of a portal ends with. */
  sealed interface Outcome {
    /** Nothing was to be run. */
    Outcome EMPTY = new Empty();

    /** There may be more rows. */
    Outcome SUSPENDED = new Suspended();

    /** Says it to the client. */
    default void tell(Reply reply) {
      switch (this) {
        case Empty e -> reply.emptyQuery();
        case Suspended s -> reply.portalSuspended();
        case Complete c -> reply.commandComplete(c.tag());
      }
    }

    /** An empty query. */
    record Empty() implements Outcome {}

    /** As many rows as were asked for. */
    record Suspended() implements Outcome {}

    /** All rows. */
    record Complete(String tag) implements Outcome {}
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

  /** Says that the statement was started already; its rows end with the portal, read or not. */
  Portal started(RowSource rows) {
    source = rows;
    return this;
  }

  /** Says that the statement is sure to be short, unless it has to wait. */
  Portal shortOne(boolean isSo) {
    isShort = isSo;
    return this;
  }

  /** Says whether a failed transaction block may run it. */
  Portal endingFailedBlock(boolean isSo) {
    endsFailedBlock = isSo;
    return this;
  }

  /** Tells whether a failed transaction block may run it: it ends the failure, or does nothing. */
  boolean mayRunInFailedBlock() {
    return endsFailedBlock || starter == null;
  }

  /** Says in what the rows are kept that FETCH may go back to. */
  Portal keeping(Supplier<KeptBlocks> blocks) {
    keeping = blocks;
    return this;
  }

  /** Says where its rows may come from and go to; {@code null} for nowhere. */
  Portal cached(CachedRows rows) {
    cached = rows;
    return this;
  }

  /** Tells whether the statement is sure to be short, or done: once begun, it goes on as it was. */
  boolean isShort() {
    return isShort && source == null
        || isDone
        || starter == null
        || cached != null && cached.isShort();
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

  /**
   * Runs until {@code maxRows} rows were sent (0: all); returns what is to be said of it, since a
   * simple query commits before it says so.
   */
  Outcome run(int maxRows, Reply reply) {
    if (starter == null) {
      return Outcome.EMPTY;
    }
    if (isDone) {
      return new Outcome.Complete(source.tag(0));
    }
    if (source == null && maxRows == 0 && cached != null && cursor == null) {
      return runCached(reply);
    }
    if (source == null) {
      return begin(maxRows, reply);
    }
    return goOn(maxRows, reply);
  }

  private Outcome begin(int maxRows, Reply reply) {
    source = starter.start();
    try {
      return goOn(maxRows, reply);
    } catch (WouldWait wait) {
      // What was read is thrown away: all begins again where it may wait.
      source.close();
      source = null;
      rest = null;
      throw wait;
    }
  }

  private Outcome goOn(int maxRows, Reply reply) {
    return cursor != null
        ? runCursor(maxRows, reply)
        : run(maxRows == 0 ? Long.MAX_VALUE : maxRows, reply);
  }

  /** Sends rows from the cache, or runs the statement and keeps its rows if they are wanted. */
  private Outcome runCached(Reply reply) {
    ResultCache.Result known = cached.find();
    if (known != null) {
      reply.recordedRows(known.rows());
      isDone = true;
      String tag = "SELECT " + known.count();
      source = Rows.none("SELECT 0");
      return new Outcome.Complete(tag);
    }
    source = starter.start();
    if (!cached.areWanted()) {
      return run(Long.MAX_VALUE, reply);
    }
    reply.beginRecording(ResultCache.RESULT_BYTES_MAX);
    Outcome outcome;
    byte[] rows;
    try {
      outcome = run(Long.MAX_VALUE, reply);
    } finally {
      rows = reply.endRecording();
    }
    if (rows != null) {
      cached.keep(rows, rowsSent);
    }
    return outcome;
  }

  private Outcome run(long wanted, Reply reply) {
    long sent = 0;
    while (sent < wanted) {
      Block block = rest != null ? rest : source.next();
      rest = null;
      if (block == null) {
        isDone = true;
        rowsSent = sent;
        String tag = source.tag(sent);
        source.close();
        return new Outcome.Complete(tag);
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
    return Outcome.SUSPENDED;
  }

  /** Goes on where FETCH has moved the position to. */
  private Outcome runCursor(int maxRows, Reply reply) {
    long wanted = maxRows == 0 ? Long.MAX_VALUE : maxRows;
    long sent = 0;
    for (Block block : cursor.fetch(FetchDirection.FORWARD, wanted, true)) {
      reply.rows(columns, formats, block);
      sent += block.rowCount();
    }
    return sent < wanted ? new Outcome.Complete("SELECT " + sent) : Outcome.SUSPENDED;
  }

  static Block slice(Block block, int from, int to) {
    int[] positions = new int[to - from];
    for (int i = from; i < to; i++) {
      positions[i - from] = block.selection().position(i);
    }
    return block.select(new Selection(positions, positions.length));
  }

  /** Moves the position as FETCH and MOVE do; after an error the cursor is of no more use. */
  List<Block> fetch(FetchDirection direction, long count) {
    if (isFailed) {
      throw new SqlException(
          SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "portal \"" + name + "\" cannot be run");
    }
    boolean isOver = false;
    try {
      List<Block> rows = cursor().fetch(direction, count, declaration.isScroll());
      isOver = true;
      return rows;
    } finally {
      isFailed = !isOver;
    }
  }

  /** Returns the rows for FETCH and MOVE, which count positions. */
  private CursorRows cursor() {
    if (cursor == null) {
      if (source == null) {
        source = starter.start();
      }
      cursor = new CursorRows(source, keeping.get());
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
    if (cursor != null) {
      cursor.close();
    }
  }
}
