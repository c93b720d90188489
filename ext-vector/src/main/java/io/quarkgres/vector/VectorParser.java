package io.quarkgres.vector;

import java.util.Arrays;

/** Reads the text form of a vector or halfvec. Used by one thread. */
final class VectorParser extends VectorTextReader {
  private final Precision precision;
  private final int lengthGuess;

  VectorParser(byte[] text, int start, int length, Precision precision) {
    super(text, start, length, precision.typeName());
    this.precision = precision;
    this.lengthGuess = length / 8;
  }

  float[] parse() {
    skipSpaces();
    if (peek() != '[') {
      throw invalid().withDetail("Vector contents must start with \"[\".");
    }
    take();
    skipSpaces();
    if (peek() == ']') {
      throw VectorErrors.noDimension(precision.typeName());
    }
    float[] values = new float[Math.min(VectorType.DIMENSIONS_MAX, Math.max(4, lengthGuess))];
    int n = 0;
    while (true) {
      if (n == VectorType.DIMENSIONS_MAX) {
        throw VectorErrors.tooManyDimensions(precision.typeName());
      }
      if (n == values.length) {
        values = Arrays.copyOf(values, 2 * n);
      }
      skipSpaces();
      values[n++] = element();
      skipSpaces();
      int next = take();
      if (next == ']') {
        break;
      }
      if (next != ',') {
        throw invalid();
      }
    }
    skipSpaces();
    if (!isAtEnd()) {
      throw invalid().withDetail("Junk after closing right brace.");
    }
    return n == values.length ? values : Arrays.copyOf(values, n);
  }

  private float element() {
    float value = number();
    float rounded = precision.rounded(value);
    if (Float.isInfinite(rounded) && !Float.isInfinite(value)) {
      throw precision.outOfRange(numberText());
    }
    return precision.checked(rounded);
  }
}
