package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import java.math.BigDecimal;

/**
 * Positions in the write-ahead log, which are 0/0 where there is none. What is written is on disk
 * at once, so both are one position. Thread: any.
 */
final class WalFunctions {
  private WalFunctions() {}

  static void register(KernelTable t) {
    t.row(
        "pg_current_wal_insert_lsn",
        (r, o) -> o.int64(services(r).logStatistics().insertPosition()));
    t.row("pg_current_wal_lsn", WalFunctions::flushed);
    t.row("pg_current_wal_flush_lsn", WalFunctions::flushed);
    t.row("pg_last_wal_receive_lsn", (r, o) -> o.sqlNull());
    t.row("pg_last_wal_replay_lsn", (r, o) -> o.sqlNull());
    t.row("pg_create_restore_point", (r, o) -> o.int64(services(r).restorePoint(r.text(0))));
    t.row("pg_switch_wal", (r, o) -> o.int64(services(r).switchLog()));
    t.row("pg_wal_lsn_diff", WalFunctions::difference);
    t.row("pg_lsn_mi", WalFunctions::difference);
  }

  private static void flushed(Row row, Out out) {
    out.int64(services(row).logStatistics().flushPosition());
  }

  /** Positions have 64 bits without a sign, so their difference has 65. */
  private static void difference(Row row, Out out) {
    out.decimal(unsigned(row.int64(0)).subtract(unsigned(row.int64(1))));
  }

  private static BigDecimal unsigned(long position) {
    return new BigDecimal(Long.toUnsignedString(position));
  }
}
