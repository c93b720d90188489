package io.quarkgres.engine.type.text;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;

/** {@code character varying(n)}: text of at most n characters. Thread: any. */
public final class VarcharType extends TextType {
  public VarcharType() {
    super(Oids.VARCHAR);
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    return CharacterLength.encode(arguments, position, "varchar");
  }

  @Override
  public String typmodOut(int typmod) {
    return CharacterLength.show(typmod);
  }

  @Override
  public boolean coercesLength(int typmod) {
    return CharacterLength.applies(typmod);
  }

  @Override
  public void coerceLength(
      Column column, int position, int typmod, boolean explicit, ColumnBuilder out) {
    BytesColumn c = (BytesColumn) column;
    if (c.isNull(position)) {
      out.appendNull();
      return;
    }
    int start = c.starts()[position];
    int length = c.lengths()[position];
    int kept =
        coercesLength(typmod)
            ? CharacterLength.kept(c.heap(), start, length, typmod, explicit, "character varying")
            : length;
    ((BytesBuilder) out).append(c.heap(), start, kept);
  }
}
