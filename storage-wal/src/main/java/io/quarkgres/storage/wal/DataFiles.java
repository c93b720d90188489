package io.quarkgres.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a data directory: the few operations that durability is made of, so that tests can
 * put a simulated disk below. Thread: any; one thread at a time uses a file.
 */
interface DataFiles extends AutoCloseable {
  /** Returns the names of all files. */
  List<String> list() throws IOException;

  /** Opens a file for reading and writing, making it if it is not there. */
  DataFile open(String name) throws IOException;

  /** Opens a file that is there, for reading. */
  DataFile read(String name) throws IOException;

  /** Gives a file another name, replacing one that has it. Lasts after {@link #syncDirectory}. */
  void rename(String from, String to) throws IOException;

  /** Removes a file. */
  void delete(String name) throws IOException;

  /** Makes sure that names made, changed and removed so far last. */
  void syncDirectory() throws IOException;

  /** Tells whether somebody copies the files, so that those that are not needed must stay. */
  boolean isHeld() throws IOException;

  /** Keeps what is not needed until {@link #letGo}, for somebody in this process who copies it. */
  void hold();

  /** Ends a {@link #hold}. */
  void letGo();

  /** Returns a folder for files that nothing is lost with, or {@code null} if there is none. */
  default Path temporaryFolder() {
    return null;
  }

  /** Returns the time of day, milliseconds since 1970; it may jump. */
  long millis();

  /** Returns where the files are, for messages. */
  String path(String name);

  @Override
  void close();

  /** An open file. */
  interface DataFile extends AutoCloseable {
    /** Returns its length in bytes. */
    long size() throws IOException;

    /** Fills the buffer from an offset; returns how many bytes there were, less only at the end. */
    int read(long offset, ByteBuffer into) throws IOException;

    /** Writes all of the buffer at an offset. */
    void write(long offset, ByteBuffer from) throws IOException;

    /** Cuts the file off. */
    void truncate(long size) throws IOException;

    /** Makes sure that all that was written lasts. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
  }
}
