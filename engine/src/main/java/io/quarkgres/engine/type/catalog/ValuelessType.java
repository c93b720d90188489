package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.engine.type.UnorderedType;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * A type that has a name but no values here: pseudo-types, which only stand in signatures, and
 * types that are not built yet (0A000). Thread: any.
 */
public final class ValuelessType extends UnorderedType {
  public ValuelessType(TypeInfo info) {
    super(info, Layout.BYTES);
  }

  private SqlException refusal(String does) {
    if (info().kind() != 'p') {
      return TypeErrors.notBuilt(info().sqlName());
    }
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "cannot " + does + " a value of type " + info().name());
  }

  @Override
  public boolean isBuilt() {
    return info().kind() == 'p';
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    throw refusal("accept");
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    throw refusal("display");
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    throw refusal("accept");
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    throw refusal("display");
  }
}
