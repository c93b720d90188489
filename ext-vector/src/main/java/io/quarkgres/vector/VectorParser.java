package io.quarkgres.vector;

import io.quarkgres.spi.data.FloatArrayBuilder;

/** Reads the text form of a vector or halfvec. Used by one thread. */
final class VectorParser extends VectorTextReader {
  /** An element and what ends it take so many bytes. */
  private static final int ELEMENT_MIN = 2;

  private final Precision precision;
  private final int elementsMax;

  VectorParser(byte[] text, int start, int length, Precision precision) {
    super(text, start, length, precision.typeName());
    this.precision = precision;
    this.elementsMax = Math.min(VectorType.DIMENSIONS_MAX, length / ELEMENT_MIN);
  }

  /** Appends the vector to a column. */
  void parse(FloatArrayBuilder out) {
    skipSpaces();
    if (peek() != '[') {
      throw invalid().withDetail("Vector contents must start with \"[\".");
    }
    take();
    skipSpaces();
    if (peek() == ']') {
      throw VectorErrors.noDimension(precision.typeName());
    }
    float[] elements = out.room(elementsMax);
    int start = out.end();
    int n = 0;
    int next;
    do {
      if (n == VectorType.DIMENSIONS_MAX) {
        throw VectorErrors.tooManyDimensions(precision.typeName());
      }
      skipSpaces();
      elements[start + n++] = element();
      skipSpaces();
      next = take();
    } while (next == ',');
    if (next != ']') {
      throw invalid();
    }
    skipSpaces();
    if (!isAtEnd()) {
      throw invalid().withDetail("Junk after closing right brace.");
    }
    out.appendWritten(n);
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
