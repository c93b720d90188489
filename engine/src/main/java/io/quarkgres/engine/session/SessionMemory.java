package io.quarkgres.engine.session;

import io.quarkgres.engine.exec.KeptBlocks;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.engine.spill.SpillSpace;

/**
 * What the statements of a session may hold in memory before they go on in temporary files: {@code
 * work_mem} for each sort, {@code hash_mem_multiplier} times as much for each hash table. Used by
 * the session's thread.
 */
final class SessionMemory {
  private static final long KILOBYTE = 1024;

  private final ClientSession session;
  private final SpillSpace space;
  private long version = -1;
  private long sortBytes;
  private long hashBytes;

  SessionMemory(ClientSession session) {
    this.session = session;
    this.space = new SpillSpace(session.engine().spillFolder());
  }

  /** Makes the account of a statement. */
  MemoryAccount account() {
    Settings settings = session.settings();
    if (version != settings.version()) {
      sortBytes = settings.integer("work_mem") * KILOBYTE;
      hashBytes = (long) (sortBytes * Double.parseDouble(settings.raw("hash_mem_multiplier")));
      space.setLimit(settings.integer("temp_file_limit"));
      version = settings.version();
    }
    return new MemoryAccount(MemoryAccount.DEFAULT_LIMIT_BYTES, sortBytes, hashBytes, space);
  }

  /** Makes an empty list of blocks that outlive their statement. */
  KeptBlocks keptBlocks() {
    return new KeptBlocks(account(), session.interruption());
  }
}
