package io.quarkgres.storage.wal;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.contract.RowLockContract;
import io.quarkgres.spi.store.Storage;

/** The contract, kept on a simulated disk, over a restart. */
class WalRowLockTest extends RowLockContract {
  private final WalContract wal = new WalContract();

  @Override
  protected Storage open() {
    return wal.open();
  }

  @Override
  protected void closed(Ledger last) {
    wal.closed(last, storage);
  }
}
