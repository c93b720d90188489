package io.quarkgres.storage.memory.cold;

import java.io.IOException;

/** Tells that what lies at a place is not the frame that was written there. Thread: any. */
final class DamagedFrame extends IOException {
  private static final long serialVersionUID = 1;

  DamagedFrame(String what) {
    super(what);
  }
}
