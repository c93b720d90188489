package io.quarkgres.engine.replication;

import io.quarkgres.engine.replication.BackupOptions.ManifestKind;
import io.quarkgres.spi.store.StorageCopy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Sends the files of a copy as one tar archive, and then their list. Used by the session's thread.
 */
public final class BackupStream implements StorageCopy.Receiver {
  private static final int CHUNK_BYTES = 32 << 10;

  /** From so many bytes on the client is told how far it is. */
  private static final long PROGRESS_BYTES = 1 << 20;

  /** Takes chunks for the client. */
  public interface Client {
    /** Sends a chunk; may wait, and raises the session's end and cancels. */
    void chunk(byte[] bytes, int length);

    /** Waits until the client has had so many bytes long enough. */
    void pace(long bytes);
  }

  private final BackupOptions options;
  private final Client client;
  private final long millis;
  private final BackupManifest manifest;

  /** A chunk: its first byte says what follows. */
  private final byte[] chunk = new byte[1 + CHUNK_BYTES];

  private int filled = 1;
  private long sent;
  private long told;
  private String name;
  private long fileBytes;
  private long left;
  private ManifestChecksum.Sum sum;

  /** Makes a stream to a client of files as of a time. */
  public BackupStream(BackupOptions options, Client client, long millis) {
    this.options = options;
    this.client = client;
    this.millis = millis;
    this.manifest = new BackupManifest(options, millis);
    chunk[0] = 'd';
  }

  /** Sends everything; returns where in the log the copy ends. */
  public long send(StorageCopy copy) {
    byte[] begins = "nbase.tar\0\0".getBytes(StandardCharsets.US_ASCII);
    client.chunk(begins, begins.length);
    whole("backup_label", label(copy.start()).getBytes(StandardCharsets.UTF_8));
    // The client looks for these two when it syncs what it has written.
    put(TarHeader.ofFolder("pg_wal", millis / 1000));
    put(TarHeader.ofFolder("pg_tblspc", millis / 1000));
    long end = copy.send(this);
    put(new byte[2 * TarHeader.BLOCK_BYTES]);
    flush();
    progress();
    if (options.manifest() != ManifestKind.NO) {
      client.chunk(new byte[] {'m'}, 1);
      put(manifest.text(position(copy.start()), position(end)));
      flush();
    }
    return end;
  }

  /** Tells a person what the directory is; nothing reads it. */
  private String label(long start) {
    return "START WAL LOCATION: "
        + position(start)
        + "\nBACKUP METHOD: streamed\nBACKUP FROM: primary\nLABEL: "
        + options.label()
        + "\n";
  }

  /** Returns a position in the log as {@code pg_lsn} prints it. */
  public static String position(long position) {
    return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & 0xffffffffL);
  }

  private void whole(String file, byte[] bytes) {
    file(file, bytes.length);
    data(bytes, 0, bytes.length);
  }

  @Override
  public void file(String file, long bytes) {
    name = file;
    fileBytes = bytes;
    left = bytes;
    sum = options.checksums().begin();
    put(TarHeader.ofFile(file, bytes, millis / 1000));
    endIfWhole();
  }

  @Override
  public void data(byte[] bytes, int from, int to) {
    sum.add(bytes, from, to);
    put(bytes, from, to);
    left -= to - from;
    endIfWhole();
  }

  private void endIfWhole() {
    if (left == 0) {
      manifest.add(name, fileBytes, sum);
      put(new byte[TarHeader.padding(fileBytes)]);
    }
  }

  private void put(byte[] bytes) {
    put(bytes, 0, bytes.length);
  }

  private void put(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int n = Math.min(to - at, chunk.length - filled);
      System.arraycopy(bytes, at, chunk, filled, n);
      at += n;
      filled += n;
      if (filled == chunk.length) {
        flush();
      }
    }
  }

  private void flush() {
    if (filled == 1) {
      return;
    }
    client.chunk(chunk, filled);
    sent += filled - 1;
    filled = 1;
    client.pace(sent);
    if (sent - told >= PROGRESS_BYTES) {
      progress();
    }
  }

  private void progress() {
    told = sent;
    byte[] message = ByteBuffer.allocate(9).put((byte) 'p').putLong(sent).array();
    client.chunk(message, message.length);
  }
}
