package io.quarkgres.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk in memory that can stop at any operation, fail, and lose, tear and reorder what was not
 * synced. Names that were changed but not synced last in the order they were changed, up to some
 * point, as journals of file systems have it. Thread: any.
 */
final class SimulatedDisk {
  private long ticks;
  private static final int SECTOR = 512;

  /** What the storage says of thousands of crashes is of no interest; held, so that it stays. */
  private static final java.util.logging.Logger LOG =
      java.util.logging.Logger.getLogger("io.quarkgres.storage.wal");

  static {
    LOG.setLevel(java.util.logging.Level.OFF);
  }

  /** Thrown by every operation once the machine has stopped. */
  static final class Stopped extends Error {
    Stopped() {
      super("the machine has stopped", null, false, false);
    }
  }

  private record Write(long offset, byte[] bytes, long truncatedTo) {}

  /** A file: what is on disk, and what was written since the last sync. */
  private static final class Content {
    byte[] durable = {};
    byte[] current = {};
    final List<Write> unsynced = new ArrayList<>();

    void apply(Write write) {
      current = applied(current, write);
      unsynced.add(write);
    }

    static byte[] applied(byte[] before, Write write) {
      if (write.truncatedTo >= 0) {
        return Arrays.copyOf(before, (int) write.truncatedTo);
      }
      int end = (int) write.offset + write.bytes.length;
      byte[] after = Arrays.copyOf(before, Math.max(before.length, end));
      System.arraycopy(write.bytes, 0, after, (int) write.offset, write.bytes.length);
      return after;
    }
  }

  private Map<String, Content> names = new HashMap<>();
  private final List<Map<String, Content>> nameHistory = new ArrayList<>();
  private long operations;
  private long written;
  private long stopAt = Long.MAX_VALUE;
  private long failAt = Long.MAX_VALUE;
  private long failUntil;
  private String failure;
  private int holders;

  SimulatedDisk() {
    nameHistory.add(new HashMap<>());
  }

  long operations() {
    return operations;
  }

  /** Returns how many bytes were written. */
  long written() {
    return written;
  }

  /** Stops the machine at an operation, counted from now on. */
  void stopAt(long operation) {
    stopAt = operations + operation;
  }

  /** Lets some writing operations fail, from one counted from now on. */
  void failAt(long operation, int count, String message) {
    failAt = operations + operation;
    failUntil = failAt + count;
    failure = message;
  }

  boolean isStopped() {
    return operations >= stopAt;
  }

  private void operation() throws IOException {
    if (isStopped()) {
      throw new Stopped();
    }
    operations++;
    if (isStopped()) {
      throw new Stopped();
    }
    if (operations >= failAt && operations < failUntil) {
      throw new IOException(failure);
    }
  }

  private void changed() {
    nameHistory.add(new HashMap<>(names));
  }

  /** Starts the machine again, with what the disk happens to have. */
  void restart(Random random) {
    names = nameHistory.get(random.nextInt(nameHistory.size()));
    nameHistory.clear();
    nameHistory.add(new HashMap<>(names));
    for (Content content : names.values()) {
      byte[] bytes = content.durable;
      int mode = random.nextInt(3);
      for (Write write : content.unsynced) {
        boolean isKept = mode == 0 || mode == 1 && random.nextBoolean();
        if (isKept) {
          bytes = Content.applied(bytes, write);
        } else if (mode == 2 && write.truncatedTo < 0) {
          bytes = torn(bytes, write, random);
        }
      }
      content.unsynced.clear();
      content.durable = bytes;
      content.current = bytes;
    }
    stopAt = Long.MAX_VALUE;
    failAt = Long.MAX_VALUE;
  }

  private static byte[] torn(byte[] before, Write write, Random random) {
    byte[] bytes = before;
    for (int from = 0; from < write.bytes.length; ) {
      long at = write.offset + from;
      int n = (int) Math.min(write.bytes.length - from, SECTOR - at % SECTOR);
      if (random.nextBoolean()) {
        byte[] part = Arrays.copyOfRange(write.bytes, from, from + n);
        bytes = Content.applied(bytes, new Write(at, part, -1));
      }
      from += n;
    }
    return bytes;
  }

  /** Flips a bit of a file. */
  void flip(String name, int bit) {
    Content content = names.get(name);
    content.current = content.current.clone();
    content.current[bit >> 3] ^= (byte) (1 << (bit & 7));
    content.durable = content.current;
  }

  int size(String name) {
    return names.get(name).current.length;
  }

  List<String> list() {
    return names.keySet().stream().sorted().toList();
  }

  DataFiles files() {
    return new Files();
  }

  private final class Files implements DataFiles {
    @Override
    public List<String> list() {
      synchronized (SimulatedDisk.this) {
        return SimulatedDisk.this.list();
      }
    }

    @Override
    public DataFile open(String name) throws IOException {
      synchronized (SimulatedDisk.this) {
        Content content = names.get(name);
        if (content == null) {
          operation();
          content = new Content();
          names.put(name, content);
          changed();
        }
        return new File(content);
      }
    }

    @Override
    public DataFile read(String name) {
      synchronized (SimulatedDisk.this) {
        Content content = names.get(name);
        if (content == null) {
          throw WalErrors.corrupted(path(name), "it is missing");
        }
        return new File(content);
      }
    }

    /** A clock that goes on, stands still and jumps back, the same way in each run. */
    @Override
    public long millis() {
      synchronized (SimulatedDisk.this) {
        ticks++;
        return ticks % 7 == 0 ? 500 : 1000 + ticks / 2;
      }
    }

    @Override
    public boolean isHeld() {
      return holders > 0;
    }

    @Override
    public void hold() {
      holders++;
    }

    @Override
    public void letGo() {
      holders--;
    }

    @Override
    public void rename(String from, String to) throws IOException {
      synchronized (SimulatedDisk.this) {
        operation();
        names.put(to, names.remove(from));
        changed();
      }
    }

    @Override
    public void delete(String name) throws IOException {
      synchronized (SimulatedDisk.this) {
        operation();
        names.remove(name);
        changed();
      }
    }

    @Override
    public void syncDirectory() throws IOException {
      synchronized (SimulatedDisk.this) {
        operation();
        nameHistory.clear();
        changed();
      }
    }

    @Override
    public String path(String name) {
      return "simulated/" + name;
    }

    @Override
    public void close() {}
  }

  private final class File implements DataFiles.DataFile {
    private final Content content;

    File(Content content) {
      this.content = content;
    }

    @Override
    public long size() {
      synchronized (SimulatedDisk.this) {
        return content.current.length;
      }
    }

    @Override
    public int read(long offset, ByteBuffer into) {
      synchronized (SimulatedDisk.this) {
        int n = Math.clamp(content.current.length - offset, 0, into.remaining());
        into.put(content.current, (int) offset, n);
        return n;
      }
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
      synchronized (SimulatedDisk.this) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        if (operations + 1 == stopAt) {
          // The machine stops in the middle of this write.
          content.apply(new Write(offset, bytes, -1));
        }
        operation();
        written += bytes.length;
        content.apply(new Write(offset, bytes, -1));
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (SimulatedDisk.this) {
        operation();
        content.apply(new Write(0, null, size));
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (SimulatedDisk.this) {
        operation();
        content.durable = content.current;
        content.unsynced.clear();
      }
    }

    @Override
    public void close() {}
  }
}
