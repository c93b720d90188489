package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.error.Invariant;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Transaction;
import java.util.Arrays;
import java.util.List;

/**
 * Where the columns of the rows to change lie among a source's outputs; what the source does not
 * give is fetched by row id. Thread: any.
 */
final class TargetRows {
  private final TableEntry table;
  private final int[] positions;
  private final int rowIdPosition;

  /** Makes one for the scan numbered {@code scan}. */
  TargetRows(TableEntry table, int scan, List<OutputColumn> sourceColumns) {
    this.table = table;
    this.positions = new int[table.columns().size()];
    Arrays.fill(positions, -1);
    int rowId = -1;
    for (int i = 0; i < sourceColumns.size(); i++) {
      OutputColumn column = sourceColumns.get(i);
      if (column.relation() == scan) {
        if (column.column() < positions.length) {
          positions[column.column()] = i;
        } else {
          rowId = i;
        }
      }
    }
    this.rowIdPosition = rowId;
    Invariant.check(rowId >= 0, "a source of changes yields row ids");
  }

  /** Returns the row ids at the positions of a block. */
  long[] rowIds(Block block) {
    return ((LongColumn) block.column(rowIdPosition)).values();
  }

  /** Returns which of the source's columns has the row ids. */
  int rowIdPosition() {
    return rowIdPosition;
  }

  /** Returns all columns of the table for a dense source block of locked rows. */
  Column[] columns(Block block, long[] rowIds, Transaction transaction) {
    Column[] result = new Column[positions.length];
    int[] missing = new int[positions.length];
    int n = 0;
    for (int i = 0; i < result.length; i++) {
      if (positions[i] >= 0) {
        result[i] = block.column(positions[i]);
      } else {
        missing[n++] = i;
      }
    }
    if (n > 0) {
      int[] wanted = Arrays.copyOf(missing, n);
      try (Snapshot latest = transaction.latest()) {
        Block fetched = table.store().fetch(latest, rowIds, block.positionCount(), wanted);
        for (int i = 0; i < n; i++) {
          result[missing[i]] = fetched.column(i);
        }
      }
    }
    return result;
  }

  /** Returns the source's columns with those of the scan replaced. */
  Column[] withTarget(Column[] source, Column[] tableColumns) {
    Column[] result = source.clone();
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] >= 0) {
        result[positions[i]] = tableColumns[i];
      }
    }
    return result;
  }
}
