package io.quarkgres.vector.ivfflat;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.IndexSpec;

/** Checks what an index of vectors is asked to be. Thread: any. */
final class Keys {
  private Keys() {}

  static void checkShape(IndexSpec spec) {
    if (spec.keyLayouts().size() != 1) {
      throw notSupported(spec, "multicolumn indexes");
    }
    if (spec.unique()) {
      throw notSupported(spec, "unique indexes");
    }
  }

  /** Returns the dimensions or bits of the key column; raises an error without or with too many. */
  static int dimensions(IndexSpec spec, Layout layout, int maximum) {
    if (spec.keyLayouts().get(0) != layout) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "type not supported for " + spec.method() + " index");
    }
    int dimensions = spec.keyTypmods().get(0);
    if (dimensions < 0) {
      throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "column does not have dimensions");
    }
    if (dimensions > maximum) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "column cannot have more than "
              + maximum
              + " dimensions for "
              + spec.method()
              + " index");
    }
    return dimensions;
  }

  static SqlException missing(IndexSpec spec) {
    return new SqlException(
        SqlState.UNDEFINED_OBJECT,
        "operator class \""
            + spec.operatorClasses().get(0)
            + "\" does not exist for access method \""
            + spec.method()
            + "\"");
  }

  private static SqlException notSupported(IndexSpec spec, String what) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "access method \"" + spec.method() + "\" does not support " + what);
  }
}
