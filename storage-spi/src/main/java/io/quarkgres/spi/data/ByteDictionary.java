package io.quarkgres.spi.data;

/**
 * Byte strings that the codes of a {@link BytesColumn} stand for. A column with few different
 * values has one, so that work on the values is done once for each of them. Two codes may stand for
 * equal strings, and what a code stands for that no row has means nothing. Thread: any.
 *
 * @param heap the heap that the strings lie in
 * @param starts the offset of each string
 * @param lengths the length of each string
 * @param size how many codes there are
 */
public record ByteDictionary(byte[] heap, int[] starts, int[] lengths, int size) {
  /** The most strings of a dictionary: a code is an unsigned byte. */
  public static final int CODES_MAX = 256;

  /** Returns the strings as a column, one position for each code. */
  public BytesColumn values() {
    return new BytesColumn(heap, starts, lengths, null, size);
  }
}
