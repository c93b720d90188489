package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.text.TextType;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * {@code pg_node_tree} and {@code aclitem}: types of catalog columns, shown as text and not
 * accepted as input. Thread: any.
 */
public final class CatalogTextType extends TextType {
  public CatalogTextType(int oid) {
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
