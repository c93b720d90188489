package io.quarkgres.engine.type;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;

/**
 * A domain: the values of another type that its constraints let in. Values look like those of the
 * type it is over. The constraints stand in the catalog; whoever makes a value has them checked by
 * {@link DomainChecks}: reading one from text or bytes does so here. Thread: any.
 */
public final class DomainType implements DerivedType {
  private final TypeInfo info;
  private final SqlType parent;
  private final int parentTypmod;
  private final int collation;

  /**
   * Makes a domain over a type, which may be a domain itself, and a modifier of that.
   *
   * @param collation the oid of its collation, 0 for a type without
   */
  public DomainType(TypeInfo info, SqlType parent, int parentTypmod, int collation) {
    this.collation = collation;
    this.info = info;
    this.parent = parent;
    this.parentTypmod = parentTypmod;
  }

  /** Returns the type that the domain was made of. */
  public SqlType parent() {
    return parent;
  }

  @Override
  public SqlType original() {
    return parent;
  }

  /** Returns the modifier of the type that the domain was made of. */
  public int parentTypmod() {
    return parentTypmod;
  }

  /** Returns the oid of the collation that its columns have, 0 for a type without. */
  public int collation() {
    return collation;
  }

  @Override
  public SqlType base() {
    return parent.base();
  }

  @Override
  public int baseTypmod(int typmod) {
    return parent.baseTypmod(parentTypmod);
  }

  /** Returns the modifier that values have as those of the type beneath all domains. */
  public int baseTypmod() {
    return baseTypmod(NO_TYPMOD);
  }

  @Override
  public TypeInfo info() {
    return info;
  }

  @Override
  public boolean isBuilt() {
    return parent.isBuilt();
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ColumnBuilder value = ColumnBuilder.of(layout(), 1);
    base().parse(text, start, length, baseTypmod(), value, context);
    append(value, out, context);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ColumnBuilder value = ColumnBuilder.of(layout(), 1);
    base().receive(bytes, start, length, baseTypmod(), value, context);
    append(value, out, context);
  }

  private void append(ColumnBuilder value, ColumnBuilder out, TypeContext context) {
    Column read = value.build();
    if (base().coercesLength(baseTypmod())) {
      ColumnBuilder fitted = ColumnBuilder.of(layout(), 1);
      base().coerceLength(read, 0, baseTypmod(), false, fitted);
      read = fitted.build();
    }
    context.domains().check(this, read, 1);
    out.append(read, 0);
  }

  @Override
  public void readNull(ColumnBuilder out, TypeContext context) {
    context.domains().check(this, ColumnBuilder.nulls(layout(), 1), 1);
    out.appendNull();
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    throw TypeErrors.noTypeModifier(name(), position);
  }
}
