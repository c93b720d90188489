package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to happen to the session's temporary tables whenever a transaction commits: ON COMMIT
 * DELETE ROWS and ON COMMIT DROP. A table that is not there (its creation was rolled back, or it
 * was dropped) is forgotten. Used by the session's thread.
 */
final class TemporaryTables {
  private final ClientSession session;
  private Map<Integer, Boolean> isDroppedByOid = Map.of();

  TemporaryTables(ClientSession session) {
    this.session = session;
  }

  void onEveryCommit(int tableOid, boolean isDropped) {
    if (isDroppedByOid.isEmpty()) {
      isDroppedByOid = new LinkedHashMap<>();
    }
    isDroppedByOid.put(tableOid, isDropped);
  }

  /** Drops and empties tables, in the transaction that is about to commit. */
  void beforeCommit() {
    if (isDroppedByOid.isEmpty()) {
      return;
    }
    CatalogVersion catalog = session.environment().catalog();
    isDroppedByOid.keySet().removeIf(oid -> catalog.relationByOid(oid) == null);
    List<RelationEntry> dropped = new ArrayList<>();
    List<TableEntry> emptied = new ArrayList<>();
    isDroppedByOid.forEach((oid, isDropped) -> {
      TableEntry table = (TableEntry) catalog.relationByOid(oid);
      if (isDropped) {
        dropped.add(table);
      } else if (table.store().rowCountEstimate() > 0
          || session.transaction().store().hasWritten()) {
        emptied.add(table);
      }
    });
    if (!dropped.isEmpty()) {
      session.opener().utilities().ddl().dropSilently(dropped);
    }
    if (!emptied.isEmpty()) {
      session.opener().utilities().ddl().truncateSilently(emptied);
    }
  }
}
