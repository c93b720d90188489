package io.quarkgres.engine.type;

import io.quarkgres.spi.data.Layout;

/** A type that knows its row of the type table and its layout. Thread: any. */
public abstract class BuiltinType implements SqlType {
  private final TypeInfo info;
  private final Layout layout;

  public BuiltinType(TypeInfo info, Layout layout) {
    this.info = info;
    this.layout = layout;
  }

  @Override
  public final TypeInfo info() {
    return info;
  }

  @Override
  public final Layout layout() {
    return layout;
  }

  @Override
  public String toString() {
    return info.sqlName();
  }
}
