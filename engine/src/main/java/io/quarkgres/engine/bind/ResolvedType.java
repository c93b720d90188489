package io.quarkgres.engine.bind;

import io.quarkgres.engine.type.SqlType;

/** A type as written, resolved: the type and its modifier. Thread: any. */
public record ResolvedType(SqlType type, int typmod) {
  /** Returns the type's oid. */
  public int oid() {
    return type.oid();
  }
}
