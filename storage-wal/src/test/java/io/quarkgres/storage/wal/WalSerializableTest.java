package io.quarkgres.storage.wal;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.contract.SerializableContract;
import io.quarkgres.spi.store.Storage;

/** The contract, kept on a simulated disk, over a restart. */
class WalSerializableTest extends SerializableContract {
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
