package io.quarkgres.spi.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * One value as bytes, by layout: the form in which values lie inside arrays, records, hash tables
 * and logs. Fixed sizes big-endian; DECIMAL as scale (2 bytes) and either 8 bytes or a length and
 * two's complement; BYTES and FLOAT_ARRAY as a 4-byte length and the content. The form is for
 * storing and giving back, not for comparing. Thread: any.
 */
public final class Datums {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Datums() {}

  /** Appends the value at a position that is not NULL. */
  public static void write(Column column, int position, ByteSink out) {
    switch (column) {
      case BooleanColumn c -> out.put(c.values()[position] ? 1 : 0);
      case IntColumn c -> out.putInt(c.values()[position]);
      case LongColumn c -> out.putLong(c.values()[position]);
      case DoubleColumn c -> out.putLong(Double.doubleToRawLongBits(c.values()[position]));
      case DecimalColumn c -> writeDecimal(c, position, out);
      case WideColumn c -> {
        out.putLong(c.high()[position]);
        out.putLong(c.low()[position]);
      }
      case BytesColumn c -> {
        out.putInt(c.lengths()[position]);
        out.put(c.heap(), c.starts()[position], c.lengths()[position]);
      }
      case FloatArrayColumn c -> {
        int length = c.lengths()[position];
        out.putInt(length);
        for (int i = 0; i < length; i++) {
          out.putInt(Float.floatToRawIntBits(c.heap()[c.starts()[position] + i]));
        }
      }
    }
  }

  private static void writeDecimal(DecimalColumn c, int position, ByteSink out) {
    out.putShort(c.scales()[position]);
    if (c.scales()[position] == DecimalColumn.BIG) {
      byte[] digits = c.big()[position].unscaledValue().toByteArray();
      out.putShort(c.big()[position].scale());
      out.putInt(digits.length);
      out.put(digits, 0, digits.length);
    } else {
      out.putLong(c.unscaled()[position]);
    }
  }

  /** Reads one value at an offset, appends it to the builder, returns the offset behind it. */
  public static int read(byte[] in, int offset, ColumnBuilder out) {
    return switch (out) {
      case BooleanBuilder b -> {
        b.append(in[offset] != 0);
        yield offset + 1;
      }
      case IntBuilder b -> {
        b.append(readInt(in, offset));
        yield offset + 4;
      }
      case LongBuilder b -> {
        b.append(readLong(in, offset));
        yield offset + 8;
      }
      case DoubleBuilder b -> {
        b.append(Double.longBitsToDouble(readLong(in, offset)));
        yield offset + 8;
      }
      case DecimalBuilder b -> readDecimal(in, offset, b);
      case WideBuilder b -> {
        b.append(readLong(in, offset), readLong(in, offset + 8));
        yield offset + 16;
      }
      case BytesBuilder b -> {
        int length = readInt(in, offset);
        b.append(in, offset + 4, length);
        yield offset + 4 + length;
      }
      case FloatArrayBuilder b -> {
        float[] values = new float[readInt(in, offset)];
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(readInt(in, offset + 4 + 4 * i));
        }
        b.append(values);
        yield offset + 4 + 4 * values.length;
      }
    };
  }

  private static int readDecimal(byte[] in, int offset, DecimalBuilder out) {
    short scale = readShort(in, offset);
    if (scale != DecimalColumn.BIG) {
      out.append(readLong(in, offset + 2), scale);
      return offset + 10;
    }
    int length = readInt(in, offset + 4);
    out.append(new BigDecimal(new BigInteger(in, offset + 8, length), readShort(in, offset + 2)));
    return offset + 8 + length;
  }

  /** Reads two bytes, big-endian. */
  public static short readShort(byte[] in, int offset) {
    return (short) ((in[offset] & 0xff) << 8 | in[offset + 1] & 0xff);
  }

  /** Reads four bytes, big-endian. */
  public static int readInt(byte[] in, int offset) {
    return (int) INT.get(in, offset);
  }

  /** Reads eight bytes, big-endian. */
  public static long readLong(byte[] in, int offset) {
    return (long) LONG.get(in, offset);
  }
}
