package io.quarkgres.storage.memory.cold;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a cold file, an interface so that tests can let a disk fail. Thread: any. */
public interface ColdBytes {
  /** Reads what there is from an offset on; returns how many bytes, below 0 at the end. */
  int read(ByteBuffer into, long offset) throws IOException;

  /** Writes some of the bytes given; returns how many. */
  int write(ByteBuffer from, long offset) throws IOException;

  /** Cuts the bytes off behind a size. */
  void truncate(long size) throws IOException;

  /** Lets go of the bytes. */
  void close() throws IOException;

  /** Makes empty bytes when they are first needed. */
  interface Opener {
    /** Makes them. */
    ColdBytes open() throws IOException;
  }
}
