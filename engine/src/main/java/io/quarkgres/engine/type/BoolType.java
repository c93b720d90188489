package io.quarkgres.engine.type;

import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;

/**
 * {@code boolean}: every unique prefix of true, false, yes, no, on, off, and 1 and 0. Thread: any.
 */
public final class BoolType extends BuiltinType {
  public BoolType() {
    super(TypeTable.info(Oids.BOOL), Layout.BOOLEAN);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    int from = Spaces.skip(text, start, start + length);
    int to = Spaces.trimEnd(text, from, start + length);
    int value = from == to ? -1 : word(text, from, to);
    if (value < 0) {
      throw TypeErrors.invalidText("boolean", text, start, length);
    }
    ((BooleanBuilder) out).append(value == 1);
  }

  private static int word(byte[] text, int from, int to) {
    return switch (text[from] | 0x20) {
      case 't' -> prefix(text, from, to, "true", 1, 1);
      case 'f' -> prefix(text, from, to, "false", 1, 0);
      case 'y' -> prefix(text, from, to, "yes", 1, 1);
      case 'n' -> prefix(text, from, to, "no", 1, 0);
      case 'o' -> Math.max(prefix(text, from, to, "on", 2, 1), prefix(text, from, to, "off", 2, 0));
      case '1' -> to - from == 1 && text[from] == '1' ? 1 : -1;
      case '0' -> to - from == 1 && text[from] == '0' ? 0 : -1;
      default -> -1;
    };
  }

  private static int prefix(byte[] text, int from, int to, String word, int least, int value) {
    int n = to - from;
    boolean fits = n >= least && n <= word.length();
    return fits && Spaces.isWord(text, from, to, word.substring(0, n)) ? value : -1;
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    out.put(((BooleanColumn) column).values()[position] ? 't' : 'f');
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, 1);
    ((BooleanBuilder) out).append(bytes[start] != 0);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    out.put(((BooleanColumn) column).values()[position] ? 1 : 0);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    return Boolean.compare(
        ((BooleanColumn) left).values()[leftPosition],
        ((BooleanColumn) right).values()[rightPosition]);
  }

  @Override
  public long hash(Column column, int position) {
    return Hashes.mix(((BooleanColumn) column).values()[position] ? 1 : 0);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    out.put(((BooleanColumn) column).values()[position] ? 1 : 0);
  }
}
