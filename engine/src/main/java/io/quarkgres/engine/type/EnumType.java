package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A type of named values in an order. A value is kept as the number of its label, which lies
 * between the numbers of its neighbors and never changes: labels can be put between others and
 * renamed without touching a row or an index. Thread: any.
 */
public final class EnumType extends LongValueType {
  /** How far the numbers of labels that were made together lie from each other. */
  public static final long STEP = 1L << 32;

  private final List<Label> labels;
  private final Map<String, Label> byText = new HashMap<>();
  private final Map<Long, Label> byNumber = new HashMap<>();

  /**
   * A label.
   *
   * @param oid {@code pg_enum.oid}
   * @param number what values hold; labels are ordered by it
   * @param isCommitted whether it may be used: a label that ALTER TYPE has added may not before the
   *     transaction is committed
   */
  public record Label(int oid, long number, String text, BooleanSupplier isCommitted) {
    private byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Makes a type of labels in any order. */
  public EnumType(TypeInfo info, List<Label> labels) {
    super(info);
    this.labels = labels.stream().sorted(Comparator.comparingLong(Label::number)).toList();
    for (Label label : labels) {
      byText.put(label.text(), label);
      byNumber.put(label.number(), label);
    }
  }

  /** Returns the labels in order. */
  public List<Label> labels() {
    return labels;
  }

  /** Returns the label of a text, {@code null} when there is none. */
  public Label label(String text) {
    return byText.get(text);
  }

  /** Raises 55P04 for a label that may not be used yet. */
  public Label usable(Label label) {
    if (!label.isCommitted().getAsBoolean()) {
      throw new SqlException(
              SqlState.UNSAFE_NEW_ENUM_VALUE_USAGE,
              "unsafe use of new value \"" + label.text() + "\" of enum type " + info().sqlName())
          .withHint("New enum values must be committed before they can be used.");
    }
    return label;
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    append(text, start, length, out);
  }

  private void append(byte[] text, int start, int length, ColumnBuilder out) {
    String value = new String(text, start, length, StandardCharsets.UTF_8);
    Label label = byText.get(value);
    if (label == null) {
      throw new SqlException(
          SqlState.INVALID_TEXT_REPRESENTATION,
          "invalid input value for enum " + info().sqlName() + ": \"" + value + "\"");
    }
    ((LongBuilder) out).append(usable(label).number());
  }

  private Label label(Column column, int position) {
    return byNumber.get(((LongColumn) column).values()[position]);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    byte[] bytes = label(column, position).bytes();
    out.put(bytes, 0, bytes.length);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    append(bytes, start, length, out);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    print(column, position, out, context);
  }
}
