package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.engine.type.text.TextType;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.ColumnBuilder;

/** {@code name}: text of at most 63 bytes; longer input is cut at a character. Thread: any. */
public final class NameType extends TextType {
  /** The most bytes of a name. */
  static final int BYTES_MAX = 63;

  public NameType() {
    super(Oids.NAME);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    Utf8.validate(text, start, length);
    ((BytesBuilder) out).append(text, start, Utf8.clip(text, start, length, BYTES_MAX));
  }
}
