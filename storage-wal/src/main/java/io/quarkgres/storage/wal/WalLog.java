package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * The end of the log: records are appended to a buffer; whoever needs them on disk first writes and
 * syncs the buffer as one frame, for all who wait meanwhile. Thread: any.
 */
final class WalLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.wal");
  static final String MAGIC = "QGWAL";
  static final int PART = 1;
  static final int COMMIT = 2;
  static final int NOW = 3;
  static final int START = 4;
  static final int MARK = 5;
  static final int TIME = 6;
  static final int NAME = 7;
  static final int RECORD_HEADER = 13;

  private final DataFiles files;
  private final WalOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final LogCounters counters;

  /** Names of files that new segments may overwrite. */
  private final Queue<String> spares = new ConcurrentLinkedQueue<>();

  // Guarded by the lock.
  private ByteSink buffer = new ByteSink(1 << 16);
  private ByteSink spare = new ByteSink(1 << 16);
  private long appended;
  private long wanted;
  private long millis = Long.MIN_VALUE;
  private boolean isWriting;
  private volatile boolean hasWriter;
  private volatile long durable;
  private volatile SqlException failure;

  // Used by whoever is writing.
  private DataFiles.DataFile segment;
  private volatile long segmentStart;
  private volatile long end;
  private long allocated;

  /** Begins a new segment at a position of the log. */
  WalLog(DataFiles files, WalOptions options, LogCounters counters, long position)
      throws IOException {
    this.files = files;
    this.options = options;
    this.counters = counters;
    for (String name : files.list()) {
      if (name.endsWith(DataDirectory.SPARE)) {
        spares.add(name);
      }
    }
    end = position;
    newSegment();
    append(START, 0, new ByteSink(0));
  }

  /** Returns the position behind all that is on disk. */
  long end() {
    return end;
  }

  /** Returns where the segment begins that is being written: records to come lie behind that. */
  long segmentStart() {
    return segmentStart;
  }

  /** Returns the position at which the next record will about be. */
  long insertPosition() {
    lock.lock();
    try {
      return end + buffer.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of the newest record. */
  long newest() {
    lock.lock();
    try {
      return appended;
    } finally {
      lock.unlock();
    }
  }

  /** Marks the moment of a checkpoint, in which something runs; returns the record's number. */
  long mark(long position, Runnable then) {
    ByteSink out = new ByteSink(16);
    out.putLong(position);
    return append(MARK, 0, out, number -> then.run());
  }

  /** Appends a record; returns its number, for {@link #flush}. */
  long append(int kind, long transaction, ByteSink changes) {
    lock.lock();
    try {
      requireSound();
      if (kind == COMMIT) {
        putTime();
      }
      putHeader(changes.size(), kind, transaction);
      buffer.put(changes.array(), 0, changes.size());
      counters.records.increment();
      return ++appended;
    } finally {
      lock.unlock();
    }
  }

  private void putHeader(int bytes, int kind, long transaction) {
    buffer.putInt(bytes + RECORD_HEADER - 4);
    buffer.put(kind);
    buffer.putLong(transaction);
  }

  /** Says when the commits that follow were made, in the place of a transaction's number. */
  private void putTime() {
    long now = files.millis();
    if (now != millis) {
      putHeader(0, TIME, now);
      millis = now;
    }
  }

  /** Appends a record and runs something before another can be appended. */
  long append(int kind, long transaction, ByteSink changes, LongConsumer then) {
    lock.lock();
    try {
      long number = append(kind, transaction, changes);
      then.accept(number);
      return number;
    } finally {
      lock.unlock();
    }
  }

  /** Runs something between two records. */
  void atEnd(Runnable then) {
    lock.lock();
    try {
      then.run();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of the newest record on disk. */
  long durable() {
    return durable;
  }

  /** Returns why nothing is written any more, {@code null} as long as all is well. */
  SqlException failure() {
    return failure;
  }

  /** Tells whether a thread writes what is wanted. */
  boolean hasWriter() {
    return hasWriter;
  }

  /** Asks the thread that writes to have a record on disk soon. */
  void want(long number) {
    lock.lock();
    try {
      if (number > wanted) {
        wanted = number;
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what is wanted, until told otherwise. What comes while it syncs is the next write's, so
   * that one sync serves all who wait.
   *
   * @param afterEach run after each write, and when one has failed
   */
  void keepWriting(Runnable afterEach) {
    for (long number = awaitWork(0); number >= 0; number = awaitWork(number)) {
      try {
        flushQuietly(number);
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.ERROR, "the log cannot be written any more", e);
      }
      afterEach.run();
    }
  }

  /** Returns up to which record is to be written, -1 for an end. */
  private long awaitWork(long done) {
    lock.lock();
    try {
      while (hasWriter && wanted <= done) {
        work.awaitUninterruptibly();
      }
      return hasWriter ? wanted : -1;
    } finally {
      lock.unlock();
    }
  }

  /** Says that a thread is about to write what is wanted, or that it is to end. */
  void setWriting(boolean isSo) {
    lock.lock();
    try {
      hasWriter = isSo;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Writes up to a record; those who wait for it ask for {@link #failure}. */
  void flushQuietly(long number) {
    try {
      flush(number);
    } catch (SqlException told) {
      LOG.log(System.Logger.Level.DEBUG, told.getMessage());
    }
  }

  /** Tells whether so much is unwritten that it is time to write. */
  private boolean isFull() {
    lock.lock();
    try {
      return buffer.size() >= options.bufferBytes();
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is there if it is time to. */
  void flushIfFull() {
    if (isFull()) {
      counters.fullBuffers.increment();
      flush();
    }
  }

  /** Writes and syncs all records appended so far. */
  void flush() {
    flush(newest());
  }

  /** Returns when a record is on disk; raises 53100 or 58030 when it cannot be. */
  void flush(long number) {
    lock.lock();
    try {
      while (durable < number) {
        requireSound();
        if (isWriting) {
          written.awaitUninterruptibly();
        } else {
          writeAll();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called with the lock, which is let go of for the time of the write. */
  private void writeAll() {
    ByteSink batch = buffer;
    long last = appended;
    buffer = spare;
    isWriting = true;
    SqlException failed = null;
    lock.unlock();
    try {
      write(batch);
    } catch (IOException e) {
      failed = WalErrors.notWritten(files.path(DataDirectory.segment(segmentStart)), e);
    } catch (RuntimeException | Error e) {
      failed =
          WalErrors.notWritten(
              files.path(DataDirectory.segment(segmentStart)), new IOException(e.toString(), e));
      throw e;
    } finally {
      lock.lock();
      isWriting = false;
      if (failed == null) {
        durable = last;
        batch.truncate(0);
        spare = batch.array().length > 4 * options.bufferBytes() ? new ByteSink(1 << 16) : batch;
      } else {
        failure = failed;
        spare = new ByteSink(16);
      }
      written.signalAll();
    }
  }

  private void requireSound() {
    if (failure != null) {
      throw WalErrors.again(failure);
    }
  }

  private void write(ByteSink batch) throws IOException {
    if (end - segmentStart >= options.segmentBytes()) {
      newSegment();
    }
    writeFrame(batch);
  }

  /** Only the thread that writes moves the end. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void writeFrame(ByteSink payload) throws IOException {
    long start = end;
    ByteBuffer frame = Frames.encode(payload.array(), payload.size(), start);
    long offset = start - segmentStart;
    int bytes = frame.remaining();
    try {
      allocate(offset + bytes);
      long before = System.nanoTime();
      segment.write(offset, frame);
      long between = System.nanoTime();
      segment.sync();
      count(bytes, between - before, System.nanoTime() - between);
    } catch (IOException e) {
      cutOff(offset);
      throw e;
    }
    end = start + bytes;
  }

  private void count(int bytes, long writeNanos, long syncNanos) {
    counters.bytes.add(bytes);
    counters.writes.increment();
    counters.syncs.increment();
    counters.writeNanos.add(writeNanos);
    counters.syncNanos.add(syncNanos);
  }

  /** Fills the segment with zeros ahead of the frames. */
  private void allocate(long needed) throws IOException {
    if (needed > allocated) {
      long wanted = needed + options.aheadBytes();
      ByteBuffer zeros = ByteBuffer.allocate(Math.toIntExact(wanted - allocated));
      segment.write(allocated, zeros);
      segment.sync();
      allocated = wanted;
    }
  }

  /** Tries to make a failed commit surely undone; if that fails, too, it is in doubt. */
  private void cutOff(long offset) {
    try {
      segment.truncate(offset);
      segment.sync();
    } catch (IOException e) {
      // What was to be told is told by the first error.
      allocated = offset;
    }
  }

  private void newSegment() throws IOException {
    DataFiles.DataFile before = segment;
    beginSegment(DataDirectory.segment(end));
    if (before != null) {
      before.close();
    }
  }

  /**
   * Begins a new segment and returns {@code null}, or goes on in the one there is and returns why.
   * Fails when something of a new one may be left, which would stand in the way of what comes.
   */
  private IOException tryNewSegment() throws IOException {
    DataFiles.DataFile before = segment;
    long startBefore = segmentStart;
    long allocatedBefore = allocated;
    long endBefore = end;
    String name = DataDirectory.segment(end);
    try {
      beginSegment(name);
    } catch (IOException e) {
      if (segment != before) {
        segment.close();
      }
      if (files.list().contains(name)) {
        files.delete(name);
      }
      files.syncDirectory();
      segment = before;
      segmentStart = startBefore;
      allocated = allocatedBefore;
      end = endBefore;
      return e;
    }
    before.close();
    return null;
  }

  private void beginSegment(String name) throws IOException {
    String spare = spares.poll();
    if (spare != null) {
      files.rename(spare, name);
    }
    segmentStart = end;
    segment = files.open(name);
    if (spare == null) {
      segment.truncate(0);
    }
    // What a spare file has is not zeros, but frames of other positions, which are not valid here.
    allocated = segment.size();
    writeFrame(DataDirectory.header(MAGIC, end));
    files.syncDirectory();
  }

  /** Removes a segment that is not needed any more, or keeps its file for a new one. */
  void recycle(long start) throws IOException {
    String name = DataDirectory.segment(start);
    boolean isWanted = spares.size() < options.spareSegments();
    if (isWanted) {
      try (DataFiles.DataFile file = files.read(name)) {
        isWanted = file.size() >= options.segmentBytes();
        isWanted &= file.size() <= 2 * options.segmentBytes();
      }
    }
    if (isWanted) {
      String spare = name + DataDirectory.SPARE;
      files.rename(name, spare);
      spares.add(spare);
    } else {
      files.delete(name);
    }
  }

  /**
   * Begins a new segment, into which goes what is buffered; returns its position. When none can be
   * begun, as on a full disk, it raises an error and the log goes on as before.
   */
  long roll() {
    lock.lock();
    try {
      while (isWriting) {
        written.awaitUninterruptibly();
      }
      requireSound();
      isWriting = true;
    } finally {
      lock.unlock();
    }
    SqlException failed = null;
    String path = files.path(DataDirectory.segment(end));
    try {
      IOException notBegun = tryNewSegment();
      if (notBegun != null) {
        throw WalErrors.noSegment(path, notBegun);
      }
      return segmentStart;
    } catch (IOException e) {
      failed = WalErrors.notWritten(path, e);
      throw failed;
    } finally {
      lock.lock();
      isWriting = false;
      failure = failed == null ? failure : failed;
      written.signalAll();
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    segment.close();
  }
}
