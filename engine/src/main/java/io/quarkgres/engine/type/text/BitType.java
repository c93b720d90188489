package io.quarkgres.engine.type.text;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.HexText;
import io.quarkgres.engine.type.Modifiers;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SortKeys;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/**
 * {@code bit(n)} and {@code bit varying(n)}. A value is its number of bits (4 bytes, big-endian),
 * then the bits, highest first, the last byte filled up with zeros; the binary form is the same.
 * The modifier is n itself. Thread: any.
 */
public final class BitType extends BuiltinType {
  /** Bytes before the bits of a value. */
  public static final int HEADER_BYTES = 4;

  private static final int BITS_MAX = 83886080;

  private final boolean varying;

  public BitType(int oid) {
    super(TypeTable.info(oid), Layout.BYTES);
    varying = oid == Oids.VARBIT;
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    int end = start + length;
    int first = length > 0 ? text[start] | 0x20 : 0;
    boolean hex = first == 'x';
    int at = hex || first == 'b' ? start + 1 : start;
    int digitBits = hex ? 4 : 1;
    int bits = (end - at) * digitBits;
    byte[] value = new byte[HEADER_BYTES + (bits + 7) / 8];
    for (int i = 0; at < end; i += digitBits) {
      int digit = hex ? HexText.digit(text[at]) : text[at] == '0' ? 0 : text[at] == '1' ? 1 : -1;
      if (digit < 0) {
        int stop = Utf8.offset(text, at, end, 1);
        throw new SqlException(
            SqlState.INVALID_TEXT_REPRESENTATION,
            "\""
                + TypeErrors.string(text, at, stop - at)
                + "\" is not a valid "
                + (hex ? "hexadecimal" : "binary")
                + " digit");
      }
      value[HEADER_BYTES + (i >> 3)] |= (byte) (digit << (8 - digitBits - (i & 7)));
      at++;
    }
    setLength(value, bits);
    ((BytesBuilder) out).append(value);
  }

  private static void setLength(byte[] value, int bits) {
    value[0] = (byte) (bits >> 24);
    value[1] = (byte) (bits >> 16);
    value[2] = (byte) (bits >> 8);
    value[3] = (byte) bits;
  }

  /** Returns how many bits the value at a position has. */
  public static int bits(BytesColumn column, int position) {
    return Datums.readInt(column.heap(), column.starts()[position]);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    int bits = bits(c, position);
    int first = c.starts()[position] + HEADER_BYTES;
    out.ensure(bits);
    byte[] target = out.array();
    int at = out.size();
    for (int i = 0; i < bits; i++) {
      target[at + i] = (byte) ('0' + (c.heap()[first + (i >> 3)] >> (7 - (i & 7)) & 1));
    }
    out.advance(bits);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    if (length < HEADER_BYTES) {
      throw TypeErrors.insufficientData();
    }
    int bits = Datums.readInt(bytes, start);
    if (bits < 0 || bits > Integer.MAX_VALUE - 8) {
      throw TypeErrors.invalidBinary("invalid length in external bit string");
    }
    BinaryForm.checkLength(length, HEADER_BYTES + (bits + 7) / 8);
    byte[] value = Arrays.copyOfRange(bytes, start, start + length);
    clearTail(value, bits);
    ((BytesBuilder) out).append(value);
  }

  private static void clearTail(byte[] value, int bits) {
    if ((bits & 7) != 0) {
      value[HEADER_BYTES + (bits >> 3)] &= (byte) (0xff << (8 - (bits & 7)));
    }
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    out.put(c.heap(), c.starts()[position], c.lengths()[position]);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    BytesColumn a = (BytesColumn) left;
    BytesColumn b = (BytesColumn) right;
    int aStart = a.starts()[leftPosition];
    int bStart = b.starts()[rightPosition];
    int order =
        Arrays.compareUnsigned(
            a.heap(),
            aStart + HEADER_BYTES,
            aStart + a.lengths()[leftPosition],
            b.heap(),
            bStart + HEADER_BYTES,
            bStart + b.lengths()[rightPosition]);
    return order != 0 ? order : Integer.compare(bits(a, leftPosition), bits(b, rightPosition));
  }

  @Override
  public long hash(Column column, int position) {
    BytesColumn c = (BytesColumn) column;
    return Hashes.bytes(c.heap(), c.starts()[position], c.lengths()[position]);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    BytesColumn c = (BytesColumn) column;
    int start = c.starts()[position];
    SortKeys.putBytes(c.heap(), start + HEADER_BYTES, c.lengths()[position] - HEADER_BYTES, out);
    out.putInt(bits(c, position));
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    if (arguments.length != 1) {
      throw TypeErrors.invalidModifier("invalid type modifier", position);
    }
    int n = Modifiers.integer(arguments[0], position);
    if (n < 1) {
      throw TypeErrors.invalidModifier(
          "length for type " + name() + " must be at least 1", position);
    }
    if (n > BITS_MAX) {
      throw TypeErrors.invalidModifier(
          "length for type " + name() + " cannot exceed " + BITS_MAX, position);
    }
    return n;
  }

  @Override
  public String typmodOut(int typmod) {
    return typmod < 0 ? "" : "(" + typmod + ")";
  }

  @Override
  public boolean coercesLength(int typmod) {
    return typmod > 0;
  }

  @Override
  public void coerceLength(
      Column column, int position, int typmod, boolean explicit, ColumnBuilder out) {
    BytesColumn c = (BytesColumn) column;
    boolean isUnlimited = typmod > Integer.MAX_VALUE - Byte.SIZE;
    if (c.isNull(position) || !coercesLength(typmod) || isUnlimited) {
      out.append(column, position);
      return;
    }
    int bits = bits(c, position);
    if (bits == typmod || varying && bits < typmod) {
      out.append(column, position);
      return;
    }
    if (!explicit) {
      throw mismatch(bits, typmod);
    }
    byte[] value =
        Arrays.copyOfRange(
            c.heap(), c.starts()[position], c.starts()[position] + c.lengths()[position]);
    value = Arrays.copyOf(value, HEADER_BYTES + (typmod + 7) / 8);
    setLength(value, typmod);
    clearTail(value, typmod);
    ((BytesBuilder) out).append(value);
  }

  private SqlException mismatch(int bits, int typmod) {
    return varying
        ? new SqlException(
            SqlState.STRING_DATA_RIGHT_TRUNCATION,
            "bit string too long for type bit varying(" + typmod + ")")
        : new SqlException(
            SqlState.STRING_DATA_LENGTH_MISMATCH,
            "bit string length " + bits + " does not match type bit(" + typmod + ")");
  }
}
