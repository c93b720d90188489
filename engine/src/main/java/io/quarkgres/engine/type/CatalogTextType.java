package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * {@code pg_node_tree} and {@code aclitem}: types of catalog columns, shown as text and not
 * accepted as input. Thread: any.
 */
final class CatalogTextType extends TextType {
  CatalogTextType(int oid) {
    super(oid);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    throw new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "cannot accept a value of type " + name());
  }

  @Override
  public boolean isOrdered() {
    return false;
  }

  @Override
  public boolean hasEquality() {
    return oid() == Oids.ACLITEM;
  }
}
