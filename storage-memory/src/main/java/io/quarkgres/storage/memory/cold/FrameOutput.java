package io.quarkgres.storage.memory.cold;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes a frame's payload, piece by piece through one buffer. Used by one thread. */
public final class FrameOutput {
  private final ColdBytes file;
  private final ByteBuffer buffer;
  private final MemorySegment segment;
  private final CRC32C sum = new CRC32C();
  private final long start;
  private long written;
  private int used;

  /** Begins at an offset of the file, with a buffer in the machine's byte order. */
  FrameOutput(ColdBytes file, ByteBuffer buffer, long offset, long number) throws IOException {
    this.file = file;
    this.buffer = buffer;
    this.segment = MemorySegment.ofBuffer(buffer.clear());
    this.start = offset;
    putLong(number);
  }

  /** Writes one byte. */
  public void putByte(int value) throws IOException {
    reserve(Byte.BYTES);
    segment.set(ValueLayout.JAVA_BYTE, used, (byte) value);
    used += Byte.BYTES;
  }

  /** Writes 32 bits. */
  public void putInt(int value) throws IOException {
    reserve(Integer.BYTES);
    segment.set(ValueLayout.JAVA_INT_UNALIGNED, used, value);
    used += Integer.BYTES;
  }

  /** Writes 64 bits. */
  public void putLong(long value) throws IOException {
    reserve(Long.BYTES);
    segment.set(ValueLayout.JAVA_LONG_UNALIGNED, used, value);
    used += Long.BYTES;
  }

  /** Writes a part of an array. */
  public void put(byte[] values, int from, int n) throws IOException {
    put(values, ValueLayout.JAVA_BYTE, from, n);
  }

  /** Writes a part of an array. */
  public void put(short[] values, int from, int n) throws IOException {
    put(values, ValueLayout.JAVA_SHORT_UNALIGNED, from, n);
  }

  /** Writes a part of an array. */
  public void put(int[] values, int from, int n) throws IOException {
    put(values, ValueLayout.JAVA_INT_UNALIGNED, from, n);
  }

  /** Writes a part of an array. */
  public void put(long[] values, int from, int n) throws IOException {
    put(values, ValueLayout.JAVA_LONG_UNALIGNED, from, n);
  }

  /** Writes a part of an array. */
  public void put(float[] values, int from, int n) throws IOException {
    put(values, ValueLayout.JAVA_FLOAT_UNALIGNED, from, n);
  }

  /** Writes a part of an array. */
  public void put(double[] values, int from, int n) throws IOException {
    put(values, ValueLayout.JAVA_DOUBLE_UNALIGNED, from, n);
  }

  private void put(Object values, ValueLayout layout, int from, int n) throws IOException {
    int size = (int) layout.byteSize();
    int done = 0;
    while (done < n) {
      reserve(size);
      int piece = Math.min(n - done, (buffer.capacity() - used) / size);
      MemorySegment.copy(values, from + done, segment, layout, used, piece);
      used += piece * size;
      done += piece;
    }
  }

  private void reserve(int bytes) throws IOException {
    if (buffer.capacity() - used < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    sum.update(buffer.position(0).limit(used));
    write();
  }

  private void write() throws IOException {
    buffer.position(0).limit(used);
    while (buffer.hasRemaining()) {
      written += file.write(buffer, start + written);
    }
    buffer.clear();
    used = 0;
  }

  /** Writes the sum; returns how many bytes the frame has. */
  long end() throws IOException {
    if (buffer.capacity() - used < Integer.BYTES) {
      flush();
    }
    sum.update(buffer.position(0).limit(used));
    buffer.clear();
    segment.set(ValueLayout.JAVA_INT_UNALIGNED, used, (int) sum.getValue());
    used += Integer.BYTES;
    write();
    return written;
  }
}
