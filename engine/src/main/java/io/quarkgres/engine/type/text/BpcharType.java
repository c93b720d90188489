package io.quarkgres.engine.type.text;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;

/**
 * {@code character(n)}: text padded with blanks to n characters; trailing blanks do not count in
 * comparisons. Thread: any.
 */
public final class BpcharType extends TextType {
  public BpcharType() {
    super(Oids.BPCHAR);
  }

  @Override
  int significant(byte[] heap, int start, int length) {
    int n = length;
    while (n > 0 && heap[start + n - 1] == ' ') {
      n--;
    }
    return n;
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    return CharacterLength.encode(arguments, position, "char");
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
    if (c.isNull(position) || !coercesLength(typmod)) {
      out.append(column, position);
      return;
    }
    int start = c.starts()[position];
    int length = c.lengths()[position];
    int kept = CharacterLength.kept(c.heap(), start, length, typmod, explicit, "character");
    int missing = CharacterLength.characters(typmod) - Utf8.count(c.heap(), start, kept);
    if (missing <= 0) {
      ((BytesBuilder) out).append(c.heap(), start, kept);
      return;
    }
    ByteSink padded = new ByteSink(kept + missing);
    padded.put(c.heap(), start, kept);
    for (int i = 0; i < missing; i++) {
      padded.put(' ');
    }
    ((BytesBuilder) out).append(padded);
  }
}
