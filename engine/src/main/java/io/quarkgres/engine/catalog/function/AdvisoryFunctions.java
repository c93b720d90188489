package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Row;

/** Advisory locks (manual, section 13.3.5). Thread: any. */
final class AdvisoryFunctions {
  private AdvisoryFunctions() {}

  static void register(KernelTable t) {
    for (boolean isPair : new boolean[] {false, true}) {
      for (boolean isShared : new boolean[] {false, true}) {
        register(t, isPair, isShared);
      }
    }
    t.row(
        "pg_advisory_unlock_all",
        (r, o) -> {
          services(r).advisoryUnlockAll();
          o.bool(false);
        });
  }

  private static void register(KernelTable t, boolean isPair, boolean isShared) {
    String end = (isShared ? "_shared" : "") + (isPair ? "_int4" : "_int8");
    for (boolean isLocal : new boolean[] {false, true}) {
      String name = isLocal ? "advisory_xact_lock" + end : "advisory_lock" + end;
      t.row(
          "pg_" + name,
          (r, o) -> {
            services(r).advisoryLock(isPair, key(r, isPair), isLocal, isShared, false);
            // void has one value
            o.bool(false);
          });
      t.row(
          "pg_try_" + name,
          (r, o) ->
              o.bool(services(r).advisoryLock(isPair, key(r, isPair), isLocal, isShared, true)));
    }
    t.row(
        "pg_advisory_unlock" + end,
        (r, o) -> o.bool(services(r).advisoryUnlock(isPair, key(r, isPair), isShared)));
  }

  private static long key(Row row, boolean isPair) {
    return isPair ? (long) row.int32(0) << 32 | row.int32(1) & 0xffffffffL : row.int64(0);
  }
}
