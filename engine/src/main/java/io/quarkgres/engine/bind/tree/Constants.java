package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.bind.tree.BoundExpr.Constant;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.LongBuilder;

/** Makes constants. Thread: any. */
public final class Constants {
  private Constants() {}

  public static Constant ofNull(SqlType type, int typmod) {
    return new Constant(type, typmod, ColumnBuilder.nulls(type.layout(), 1));
  }

  public static Constant of(boolean value, SqlType bool) {
    BooleanBuilder builder = new BooleanBuilder(1);
    builder.append(value);
    return new Constant(bool, SqlType.NO_TYPMOD, builder.build());
  }

  public static Constant of(int value, SqlType int4) {
    IntBuilder builder = new IntBuilder(1);
    builder.append(value);
    return new Constant(int4, SqlType.NO_TYPMOD, builder.build());
  }

  static Constant of(long value, SqlType int8) {
    LongBuilder builder = new LongBuilder(1);
    builder.append(value);
    return new Constant(int8, SqlType.NO_TYPMOD, builder.build());
  }

  /** Makes a text, or a literal of type unknown. */
  public static Constant of(String value, SqlType type) {
    BytesBuilder builder = new BytesBuilder(1);
    builder.append(value);
    return new Constant(type, SqlType.NO_TYPMOD, builder.build());
  }

  /** Returns the text of a text or literal that is not NULL. */
  public static String text(Constant constant) {
    return ((BytesColumn) constant.value()).string(0);
  }
}
