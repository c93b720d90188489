package io.quarkgres.bench.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a query answered, without regard to the order of rows, as far as it must be the same
 * everywhere: numbers with a fraction count to six digits, as types of averages differ.
 *
 * @param rows how many
 * @param hash the sum of the rows' hashes
 */
record Answer(long rows, long hash) {
  private static final MathContext DIGITS = new MathContext(6);

  static final Answer NONE = new Answer(0, 0);

  /** Returns this answer with one more row. */
  Answer plus(String[] row) {
    long h = 17;
    for (String value : row) {
      h = h * 1_000_003 + canonical(value).hashCode();
    }
    h = (h ^ h >>> 31) * 0x9E3779B97F4A7C15L;
    return new Answer(rows + 1, hash + (h ^ h >>> 29));
  }

  private static String canonical(String value) {
    if (value == null) {
      return "\0";
    }
    if (value.indexOf('.') < 0 || !value.matches("-?[0-9]*\\.[0-9]+(E-?[0-9]+)?")) {
      return value;
    }
    BigDecimal number = new BigDecimal(value).round(DIGITS);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Returns the answer that DataRow bodies hold. */
  static Answer of(byte[] dataRows) {
    Answer result = NONE;
    ByteBuffer in = ByteBuffer.wrap(dataRows);
    while (in.hasRemaining()) {
      String[] row = new String[in.getShort()];
      for (int i = 0; i < row.length; i++) {
        int length = in.getInt();
        if (length >= 0) {
          byte[] value = new byte[length];
          in.get(value);
          row[i] = new String(value, StandardCharsets.UTF_8);
        }
      }
      result = result.plus(row);
    }
    return result;
  }
}
