package io.quarkgres.engine.type.number;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The binary form of numeric: how many base-10000 digits follow, the weight of the first, the sign
 * or kind, the scale shown (each 2 bytes), and the digits (2 bytes each). Thread: any.
 */
final class NumericBinary {
  private static final int BASE_DIGITS = 4;
  private static final int BASE = 10000;
  private static final int HEADER_BYTES = 8;
  private static final int SIGN_POSITIVE = 0x0000;
  private static final int SIGN_NEGATIVE = 0x4000;
  private static final int SIGN_NAN = 0xc000;
  private static final int SIGN_INFINITY = 0xd000;
  private static final int SIGN_MINUS_INFINITY = 0xf000;
  private static final int SCALE_MASK = 0x3fff;

  /** What PostgreSQL sends as the scale of an infinity. */
  private static final int INFINITY_SCALE = 0x20;

  private NumericBinary() {}

  static void send(DecimalColumn column, int position, ByteSink out) {
    short scale = column.scales()[position];
    switch (scale) {
      case DecimalColumn.NAN -> putHeader(0, 0, SIGN_NAN, 0, out);
      case DecimalColumn.POSITIVE_INFINITY -> putHeader(0, 0, SIGN_INFINITY, INFINITY_SCALE, out);
      case DecimalColumn.NEGATIVE_INFINITY ->
          putHeader(0, 0, SIGN_MINUS_INFINITY, INFINITY_SCALE, out);
      case DecimalColumn.BIG -> {
        BigDecimal big = column.big()[position];
        byte[] digits = big.unscaledValue().abs().toString().getBytes(StandardCharsets.ISO_8859_1);
        putNumber(digits, big.scale(), big.signum() < 0, out);
      }
      default -> {
        long unscaled = column.unscaled()[position];
        ByteSink digits = new ByteSink(20);
        Digits.put(unscaled, digits);
        byte[] ascii = digits.toByteArray();
        if (unscaled < 0) {
          ascii = Arrays.copyOfRange(ascii, 1, ascii.length);
        }
        putNumber(ascii, scale, unscaled < 0, out);
      }
    }
  }

  private static void putHeader(int count, int weight, int sign, int scale, ByteSink out) {
    out.putShort(count);
    out.putShort(weight);
    out.putShort(sign);
    out.putShort(scale);
  }

  /** Writes decimal digits, given as ASCII, in groups of four counted from the point. */
  private static void putNumber(byte[] digits, int scale, boolean negative, ByteSink out) {
    int header = out.size();
    putHeader(0, 0, 0, scale, out);
    int whole = digits.length - scale;
    int weight = Math.floorDiv(whole + BASE_DIGITS - 1, BASE_DIGITS) - 1;
    // the first group starts at or before the first digit; digits outside count as zeros
    int at = whole - (weight + 1) * BASE_DIGITS;
    int count = 0;
    int kept = 0;
    for (; at < digits.length; at += BASE_DIGITS) {
      int group = group(digits, at);
      if (group == 0 && count == 0) {
        weight--;
        continue;
      }
      out.putShort(group);
      count++;
      kept = group != 0 ? count : kept;
    }
    out.truncate(header + HEADER_BYTES + 2 * kept);
    int end = out.size();
    out.truncate(header);
    boolean zero = kept == 0;
    putHeader(kept, zero ? 0 : weight, negative ? SIGN_NEGATIVE : SIGN_POSITIVE, scale, out);
    out.advance(end - out.size());
  }

  private static int group(byte[] digits, int at) {
    int group = 0;
    for (int i = at; i < at + BASE_DIGITS; i++) {
      group = group * 10 + (i >= 0 && i < digits.length ? digits[i] - '0' : 0);
    }
    return group;
  }

  static void receive(byte[] bytes, int start, int length, DecimalBuilder out) {
    if (length < HEADER_BYTES) {
      throw TypeErrors.insufficientData();
    }
    int count = Datums.readShort(bytes, start) & 0xffff;
    int weight = Datums.readShort(bytes, start + 2);
    int sign = Datums.readShort(bytes, start + 4) & 0xffff;
    int scale = Datums.readShort(bytes, start + 6) & 0xffff;
    switch (sign) {
      case SIGN_NAN -> out.appendSpecial(DecimalColumn.NAN);
      case SIGN_INFINITY -> out.appendSpecial(DecimalColumn.POSITIVE_INFINITY);
      case SIGN_MINUS_INFINITY -> out.appendSpecial(DecimalColumn.NEGATIVE_INFINITY);
      case SIGN_POSITIVE, SIGN_NEGATIVE -> {
        if ((scale & SCALE_MASK) != scale) {
          throw TypeErrors.invalidBinary("invalid scale in external \"numeric\" value");
        }
        BinaryForm.checkLength(length, HEADER_BYTES + 2 * count);
        receiveDigits(bytes, start + HEADER_BYTES, count, weight, sign, scale, out);
      }
      default -> throw TypeErrors.invalidBinary("invalid sign in external \"numeric\" value");
    }
  }

  private static void receiveDigits(
      byte[] bytes, int start, int count, int weight, int sign, int scale, DecimalBuilder out) {
    StringBuilder digits = new StringBuilder(count * BASE_DIGITS + 1).append('0');
    long small = 0;
    for (int i = 0; i < count; i++) {
      int group = Datums.readShort(bytes, start + 2 * i);
      if (group < 0 || group >= BASE) {
        throw TypeErrors.invalidBinary("invalid digit in external \"numeric\" value");
      }
      small = small * BASE + group;
      String text = Integer.toString(group);
      digits.append("0".repeat(BASE_DIGITS - text.length())).append(text);
    }
    BigInteger unscaled =
        count <= 4 ? BigInteger.valueOf(small) : new BigInteger(digits.toString());
    int heldScale = (count - 1 - weight) * BASE_DIGITS;
    BigDecimal value =
        new BigDecimal(sign == SIGN_NEGATIVE ? unscaled.negate() : unscaled, heldScale);
    // digits behind the scale shown are cut off, as PostgreSQL does
    out.append(value.setScale(scale, RoundingMode.DOWN));
  }
}
