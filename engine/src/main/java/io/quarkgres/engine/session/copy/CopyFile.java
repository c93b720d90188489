package io.quarkgres.engine.session.copy;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of the server's machine that COPY reads and writes. Used by the session's thread. */
public final class CopyFile {
  private static final int CHUNK_BYTES = 64 << 10;

  private CopyFile() {}

  /** Opens a file for COPY FROM. */
  public static Input read(String name) {
    Path path = path(name);
    if (Files.isDirectory(path)) {
      throw isDirectory(name);
    }
    try {
      return new Input(name, Files.newInputStream(path));
    } catch (IOException e) {
      throw notOpen(name, "reading", e)
          .withHint(
              "COPY FROM instructs the PostgreSQL server process to read a file. "
                  + "You may want a client-side facility such as psql's \\copy.");
    }
  }

  /** Opens a file for COPY TO, and empties it. */
  public static Output write(String name) {
    Path path = path(name);
    if (!path.isAbsolute()) {
      throw new SqlException(SqlState.INVALID_NAME, "relative path not allowed for COPY to file");
    }
    if (Files.isDirectory(path)) {
      throw isDirectory(name);
    }
    try {
      return new Output(name, Files.newOutputStream(path));
    } catch (IOException e) {
      throw notOpen(name, "writing", e)
          .withHint(
              "COPY TO instructs the PostgreSQL server process to write a file. "
                  + "You may want a client-side facility such as psql's \\copy.");
    }
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new SqlException(SqlState.INVALID_NAME, "invalid file name \"" + name + "\"");
    }
  }

  private static SqlException isDirectory(String name) {
    return new SqlException(SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is a directory");
  }

  private static SqlException notOpen(String name, String purpose, IOException cause) {
    String message = "could not open file \"" + name + "\" for " + purpose + ": ";
    return switch (cause) {
      case NoSuchFileException e ->
          new SqlException(SqlState.UNDEFINED_FILE, message + "No such file or directory");
      case AccessDeniedException e ->
          new SqlException(SqlState.INSUFFICIENT_PRIVILEGE, message + "Permission denied");
      default -> new SqlException(SqlState.IO_ERROR, message + cause.getMessage());
    };
  }

  /** What is read from a file. */
  public static final class Input implements CopyInput, AutoCloseable {
    private final String name;
    private final InputStream in;

    private Input(String name, InputStream in) {
      this.name = name;
      this.in = in;
    }

    @Override
    public byte[] next() {
      try {
        byte[] chunk = in.readNBytes(CHUNK_BYTES);
        return chunk.length == 0 ? null : chunk;
      } catch (IOException e) {
        throw new SqlException(
            SqlState.IO_ERROR, "could not read from COPY file: " + e.getMessage());
      }
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw closing(name, e);
      }
    }
  }

  /** What is written to a file; it holds all rows only after {@link #done}. */
  public static final class Output implements CopyOutput, AutoCloseable {
    private final String name;
    private final OutputStream out;

    private Output(String name, OutputStream out) {
      this.name = name;
      this.out = new BufferedOutputStream(out, CHUNK_BYTES);
    }

    @Override
    public void row(byte[] bytes, int start, int length) {
      try {
        out.write(bytes, start, length);
      } catch (IOException e) {
        throw writing(e);
      }
    }

    @Override
    public void done() {
      try {
        out.flush();
      } catch (IOException e) {
        throw writing(e);
      }
    }

    private static SqlException writing(IOException e) {
      return new SqlException(SqlState.IO_ERROR, "could not write to COPY file: " + e.getMessage());
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw closing(name, e);
      }
    }
  }

  private static SqlException closing(String name, IOException e) {
    return new SqlException(
        SqlState.IO_ERROR, "could not close file \"" + name + "\": " + e.getMessage());
  }
}
