package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** {@code nextval} and its like. Thread: any. */
final class SequenceFunctions {
  private SequenceFunctions() {}

  static void register(KernelTable t) {
    t.row("nextval_oid", (r, o) -> o.int64(services(r).nextValue(r.int32(0))));
    t.row("currval_oid", (r, o) -> o.int64(services(r).currentValue(r.int32(0))));
    t.row("lastval", (r, o) -> o.int64(services(r).lastValue()));
    t.row("setval_oid", (r, o) -> setValue(r, true, o));
    t.row("setval3_oid", (r, o) -> setValue(r, r.bool(2), o));
    t.row("pg_sequence_last_value", SequenceFunctions::lastValue);
    t.row("pg_get_serial_sequence", SequenceFunctions::serialSequence);
  }

  private static void setValue(Row row, boolean isCalled, Out out) {
    services(row).setValue(row.int32(0), row.int64(1), isCalled);
    out.int64(row.int64(1));
  }

  private static void lastValue(Row row, Out out) {
    RelationEntry relation = services(row).catalog().relationByOid(row.int32(0));
    if (relation instanceof SequenceEntry sequence && sequence.state().get().isCalled()) {
      out.int64(sequence.state().get().lastValue());
    } else {
      out.sqlNull();
    }
  }

  private static void serialSequence(Row row, Out out) {
    CatalogServices services = services(row);
    RelationEntry table = RegFunctions.requireRelation(services, row.text(0));
    String wanted = row.text(1);
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && column.name().equals(wanted)) {
        SequenceEntry sequence = ownedBy(services, table, column);
        if (sequence == null) {
          out.sqlNull();
        } else {
          out.text(
              ObjectNaming.quote(sequence.schema()) + "." + ObjectNaming.quote(sequence.name()));
        }
        return;
      }
    }
    throw new SqlException(
        SqlState.UNDEFINED_COLUMN,
        "column \"" + wanted + "\" of relation \"" + table.name() + "\" does not exist");
  }

  private static SequenceEntry ownedBy(
      CatalogServices services, RelationEntry table, ColumnEntry column) {
    for (RelationEntry relation : services.catalog().relations()) {
      if (relation instanceof SequenceEntry s
          && s.ownedByTable() == table.oid()
          && s.ownedByColumn() == column.number()) {
        return s;
      }
    }
    return null;
  }
}
