package io.quarkgres.engine.type;

import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.ColumnBuilder;

/** {@code name}: text of at most 63 bytes; longer input is cut at a character. Thread: any. */
final class NameType extends TextType {
  /** The most bytes of a name. */
  static final int BYTES_MAX = 63;

  NameType() {
    super(Oids.NAME);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    Utf8.validate(text, start, length);
    ((BytesBuilder) out).append(text, start, Utf8.clip(text, start, length, BYTES_MAX));
  }
}
