package io.quarkgres.storage.memory.cold;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Reads a frame's payload in the order it was written. What it gives is certain only after {@link
 * #end}; before, no more is made of it than the frame has bytes. Used by one thread.
 */
public final class FrameInput {
  private final ColdBytes file;
  private final ByteBuffer buffer;
  private final MemorySegment segment;
  private final CRC32C sum = new CRC32C();

  /** Where the next bytes come from, and how many are left, the sum not counted. */
  private long offset;

  private long unread;

  /** Whether the sum lies behind the last bytes that were read. */
  private boolean hasSum;

  private int at;
  private int filled;

  /** Begins with a frame, and a buffer in the machine's byte order. */
  FrameInput(ColdBytes file, ByteBuffer buffer, ColdPlace place) throws IOException {
    this.file = file;
    this.buffer = buffer;
    this.segment = MemorySegment.ofBuffer(buffer.clear());
    this.offset = place.offset;
    this.unread = Long.BYTES + place.payloadBytes;
    if (getLong() != place.number) {
      throw new DamagedFrame("another frame");
    }
  }

  /** Reads one byte. */
  public int getByte() throws IOException {
    require(Byte.BYTES);
    return segment.get(ValueLayout.JAVA_BYTE, at++);
  }

  /** Reads 32 bits. */
  public int getInt() throws IOException {
    require(Integer.BYTES);
    int value = segment.get(ValueLayout.JAVA_INT_UNALIGNED, at);
    at += Integer.BYTES;
    return value;
  }

  /** Reads 64 bits. */
  public long getLong() throws IOException {
    require(Long.BYTES);
    long value = segment.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
    at += Long.BYTES;
    return value;
  }

  /** Reads an array. */
  public byte[] getBytes(int n) throws IOException {
    byte[] values = new byte[checked(n, Byte.BYTES)];
    fill(values, ValueLayout.JAVA_BYTE, n);
    return values;
  }

  /** Reads an array. */
  public short[] getShorts(int n) throws IOException {
    short[] values = new short[checked(n, Short.BYTES)];
    fill(values, ValueLayout.JAVA_SHORT_UNALIGNED, n);
    return values;
  }

  /** Reads an array. */
  public int[] getInts(int n) throws IOException {
    int[] values = new int[checked(n, Integer.BYTES)];
    fill(values, ValueLayout.JAVA_INT_UNALIGNED, n);
    return values;
  }

  /** Reads an array. */
  public long[] getLongs(int n) throws IOException {
    long[] values = new long[checked(n, Long.BYTES)];
    fill(values, ValueLayout.JAVA_LONG_UNALIGNED, n);
    return values;
  }

  /** Reads an array. */
  public float[] getFloats(int n) throws IOException {
    float[] values = new float[checked(n, Float.BYTES)];
    fill(values, ValueLayout.JAVA_FLOAT_UNALIGNED, n);
    return values;
  }

  /** Reads an array. */
  public double[] getDoubles(int n) throws IOException {
    double[] values = new double[checked(n, Double.BYTES)];
    fill(values, ValueLayout.JAVA_DOUBLE_UNALIGNED, n);
    return values;
  }

  private int checked(int n, int size) throws IOException {
    if (n < 0 || (long) n * size > unread + filled - at) {
      throw new DamagedFrame("an array longer than the frame");
    }
    return n;
  }

  private void fill(Object values, ValueLayout layout, int n) throws IOException {
    int size = (int) layout.byteSize();
    int done = 0;
    while (done < n) {
      require(size);
      int piece = Math.min(n - done, (filled - at) / size);
      MemorySegment.copy(segment, layout, at, values, done, piece);
      at += piece * size;
      done += piece;
    }
  }

  /** Makes a few bytes available; those left over move to the front. */
  private void require(int bytes) throws IOException {
    if (filled - at >= bytes) {
      return;
    }
    if (filled - at + unread < bytes) {
      throw new DamagedFrame("values beyond the frame");
    }
    MemorySegment.copy(segment, at, segment, 0, filled - at);
    filled -= at;
    at = 0;
    int room = buffer.capacity() - filled;
    int more = (int) Math.min(unread, room);
    boolean isLast = unread + Integer.BYTES <= room;
    read(filled, isLast ? more + Integer.BYTES : more);
    sum.update(buffer.position(filled).limit(filled + more));
    buffer.clear();
    filled += more;
    unread -= more;
    hasSum = isLast;
  }

  private void read(int to, int n) throws IOException {
    buffer.position(to).limit(to + n);
    while (buffer.hasRemaining()) {
      int got = file.read(buffer, offset);
      if (got < 0) {
        throw new DamagedFrame("the file ends");
      }
      offset += got;
    }
    buffer.clear();
  }

  /** Checks that the frame was read to its end and is as it was written. */
  void end() throws IOException {
    if (unread > 0 || filled != at) {
      throw new DamagedFrame("bytes that nobody reads");
    }
    if (!hasSum) {
      filled = 0;
      read(0, Integer.BYTES);
    }
    if (segment.get(ValueLayout.JAVA_INT_UNALIGNED, filled) != (int) sum.getValue()) {
      throw new DamagedFrame("a wrong sum");
    }
  }
}
