package io.quarkgres.engine.bind;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.store.BlockCursor;
import java.util.List;

/** A sequence as the relation of one row that PostgreSQL shows. Thread: any. */
final class SequenceRows {
  private SequenceRows() {}

  static VirtualTable table(SequenceEntry sequence, BindState state) {
    List<ColumnEntry> columns =
        List.of(
            column("last_value", 1, state.type(Oids.INT8)),
            column("log_cnt", 2, state.type(Oids.INT8)),
            column("is_called", 3, state.bool()));
    return new VirtualTable(
        sequence.oid(),
        sequence.schemaOid(),
        sequence.schema(),
        sequence.name(),
        'S',
        columns,
        (catalog, context) -> new OneRow(sequence.state().get()));
  }

  private static ColumnEntry column(String name, int number, SqlType type) {
    return new ColumnEntry(
        name, number, type, SqlType.NO_TYPMOD, 0, true, null, (char) 0, (char) 0, false);
  }

  /** Yields the state of the sequence. Used by one thread. */
  private static final class OneRow implements BlockCursor {
    private SequenceEntry.State sequence;

    OneRow(SequenceEntry.State sequence) {
      this.sequence = sequence;
    }

    @Override
    public Block next() {
      if (sequence == null) {
        return null;
      }
      LongBuilder lastValue = new LongBuilder(1);
      lastValue.append(sequence.lastValue());
      LongBuilder logCount = new LongBuilder(1);
      logCount.append(0);
      BooleanBuilder isCalled = new BooleanBuilder(1);
      isCalled.append(sequence.isCalled());
      sequence = null;
      return new Block(1, lastValue.build(), logCount.build(), isCalled.build());
    }
  }
}
