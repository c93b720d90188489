package io.quarkgres.spi.store;

/**
 * A copy of all files of a storage, made beside those who change it. What it leaves behind can be
 * opened as a storage of its own, which has everything that was committed before {@link #send}
 * returned. No file goes before it is closed. Used by one thread.
 */
public interface StorageCopy extends AutoCloseable {
  /** Returns where in the log opening the copy begins to read. */
  long start();

  /** Returns about how many bytes will come. */
  long bytes();

  /** Gives all files to a receiver; returns where in the log the copy ends. Raises 58030, XX001. */
  long send(Receiver receiver);

  @Override
  void close();

  /** Takes files, one after another. */
  interface Receiver {
    /** A file begins, of which so many bytes follow. */
    void file(String name, long bytes);

    /** The next bytes of the file, {@code bytes[from..to)}. */
    void data(byte[] bytes, int from, int to);
  }
}
