package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement.FetchDirection;
import io.quarkgres.engine.exec.KeptBlocks;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a cursor for FETCH and MOVE: what was read is kept, so that the cursor can go back,
 * in a temporary file where memory does not do. Position 0 is before the first row, {@code n + 1}
 * behind the last. Used by the session's thread.
 */
final class CursorRows {
  private final Portal.RowSource source;
  private final KeptBlocks blocks;
  private final List<Long> firstRows = new ArrayList<>();
  private long count;
  private boolean isComplete;
  private long position;

  CursorRows(Portal.RowSource source, KeptBlocks blocks) {
    this.source = source;
    this.blocks = blocks;
  }

  /** Reads on until row {@code row} (from 1) is there; returns whether it is. */
  private boolean readTo(long row) {
    while (count < row && !isComplete) {
      Block block = source.next();
      if (block == null) {
        isComplete = true;
      } else {
        blocks.add(block);
        while (firstRows.size() < blocks.count()) {
          int rows = blocks.rowCount(firstRows.size());
          firstRows.add(count + 1);
          count += rows;
        }
      }
    }
    return row <= count;
  }

  /** Reads all rows. */
  void complete() {
    readTo(Long.MAX_VALUE);
  }

  /** Lets go of the rows. */
  void close() {
    blocks.close();
  }

  /** Moves and returns the rows passed, in order. */
  List<Block> fetch(FetchDirection direction, long amount, boolean isScroll) {
    List<Block> result = new ArrayList<>();
    switch (direction) {
      case FORWARD -> {
        if (amount < 0) {
          backward(-amount, isScroll, result);
        } else {
          forward(amount, isScroll, result);
        }
      }
      case BACKWARD -> {
        if (amount < 0) {
          forward(-amount, isScroll, result);
        } else {
          backward(amount, isScroll, result);
        }
      }
      case ABSOLUTE -> absolute(amount, isScroll, result);
      case RELATIVE -> relative(amount, isScroll, result);
    }
    return result;
  }

  private void forward(long amount, boolean isScroll, List<Block> out) {
    if (amount == 0) {
      current(isScroll, out);
      return;
    }
    for (long left = amount; left > 0; ) {
      if (!readTo(position + 1)) {
        position = count + 1;
        return;
      }
      int block = blockOf(position + 1);
      Block rows = blocks.get(block);
      int from = (int) (position + 1 - firstRows.get(block));
      int taken = (int) Math.min(left, rows.rowCount() - from);
      out.add(taken == rows.rowCount() ? rows : Portal.slice(rows, from, from + taken));
      position += taken;
      left -= taken;
    }
  }

  private void backward(long amount, boolean isScroll, List<Block> out) {
    if (amount == 0) {
      current(isScroll, out);
      return;
    }
    requireScroll(isScroll);
    for (long i = 0; i < amount; i++) {
      if (position <= 1) {
        position = 0;
        return;
      }
      position--;
      out.add(row(position));
    }
  }

  /** Gives the row at the position once more, which counts as going back to it. */
  private void current(boolean isScroll, List<Block> out) {
    if (position >= 1 && position <= count) {
      requireScroll(isScroll);
      out.add(row(position));
    }
  }

  private void absolute(long target, boolean isScroll, List<Block> out) {
    if (target < 0) {
      readTo(Long.MAX_VALUE);
      position = count + 1;
      requireScroll(isScroll);
      moveTo(count + 1 + target, out);
      return;
    }
    if (target <= position && position > 0) {
      requireScroll(isScroll);
    }
    moveTo(target, out);
  }

  private void relative(long amount, boolean isScroll, List<Block> out) {
    if (amount == 0) {
      current(isScroll, out);
      return;
    }
    if (amount < 0) {
      requireScroll(isScroll);
    }
    // the end is reached long before an overflow
    moveTo(Math.max(0, Math.min(position + amount, Long.MAX_VALUE / 2)), out);
  }

  private void moveTo(long row, List<Block> out) {
    if (row <= 0) {
      position = 0;
    } else if (readTo(row)) {
      position = row;
      out.add(row(row));
    } else {
      position = count + 1;
    }
  }

  private static void requireScroll(boolean isScroll) {
    if (!isScroll) {
      throw new SqlException(
              SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cursor can only scan forward")
          .withHint("Declare it with SCROLL option to enable backward scan.");
    }
  }

  private Block row(long number) {
    int block = blockOf(number);
    int index = (int) (number - firstRows.get(block));
    return Portal.slice(blocks.get(block), index, index + 1);
  }

  private int blockOf(long number) {
    int low = 0;
    int high = blocks.count() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firstRows.get(middle) <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
