package io.quarkgres.vector;

import io.quarkgres.spi.data.ByteSink;
import java.util.Arrays;

/** Reads the text form of a sparsevec, such as {@code {1:1.5,3:2}/5}. Used by one thread. */
final class SparseParser extends VectorTextReader {
  private long[] elements;
  private int count;

  SparseParser(byte[] text, int start, int length) {
    super(text, start, length, SparsevecType.NAME);
    int most = 1;
    for (int i = start; i < start + length; i++) {
      most += text[i] == ',' ? 1 : 0;
    }
    SparsevecType.checkCount(most);
    elements = new long[most];
  }

  SparseVector parse() {
    skipSpaces();
    if (take() != '{') {
      throw invalid().withDetail("Vector contents must start with \"{\".");
    }
    skipSpaces();
    if (peek() == '}') {
      take();
    } else {
      readElements();
    }
    skipSpaces();
    if (take() != '/') {
      throw invalid().withDetail("Unexpected end of input.");
    }
    skipSpaces();
    int dimensions = integer();
    skipSpaces();
    if (!isAtEnd()) {
      throw invalid().withDetail("Junk after closing.");
    }
    SparsevecType.checkDimensions(dimensions);
    return sorted(dimensions);
  }

  private void readElements() {
    int next = ',';
    while (next == ',') {
      skipSpaces();
      int index = integer();
      skipSpaces();
      if (take() != ':') {
        throw invalid();
      }
      skipSpaces();
      float value = number();
      if (value == 0 && isNumberNonzero()) {
        throw VectorErrors.outOfRange(numberText(), SparsevecType.NAME);
      }
      SparsevecType.checked(value);
      if (value != 0) {
        // Indices count from 1 in texts. The index above the value: elements sort by index.
        elements[count++] = (long) (index - 1) << 32 | Float.floatToRawIntBits(value) & 0xffffffffL;
      }
      skipSpaces();
      next = take();
    }
    if (next != '}') {
      throw invalid();
    }
  }

  private SparseVector sorted(int dimensions) {
    Arrays.sort(elements, 0, count);
    int[] indices = new int[count];
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      indices[i] = (int) (elements[i] >> 32);
      values[i] = Float.intBitsToFloat((int) elements[i]);
      SparsevecType.checkIndex(indices, i, dimensions);
    }
    return new SparseVector(dimensions, count, indices, values);
  }

  /** Parses and packs. */
  static void parse(byte[] text, int start, int length, ByteSink out) {
    new SparseParser(text, start, length).parse().write(out);
  }
}
