package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.type.nested.ArrayType;

/** How many rows keys of an index are expected to have. Thread: any. */
final class IndexEstimates {
  /** The elements of an array that is not known. */
  private static final double UNKNOWN_ELEMENTS = 10;

  private IndexEstimates() {}

  /** Returns how many rows have one value of the leading keys. */
  static double rowsOfKey(IndexEntry index, int equalKeys, double tableRows) {
    long distinct = index.index().distinctKeys();
    if (distinct <= 0) {
      return Math.max(1, tableRows * Math.pow(0.01, equalKeys));
    }
    // All keys together have so many values; one of several is taken to have its root of them.
    double values = Math.pow(distinct, (double) equalKeys / index.keys().size());
    return Math.max(1, Math.min(tableRows, index.index().entryCount()) / values);
  }

  /** Returns how many elements an array has. */
  static double elements(BoundExpr array) {
    if (array instanceof BoundExpr.ArrayConstructor constructor) {
      return constructor.elements().size();
    }
    if (array instanceof BoundExpr.Constant constant && constant.type() instanceof ArrayType type) {
      return constant.isNull() ? 0 : type.value(constant.value(), 0).elements().count();
    }
    return UNKNOWN_ELEMENTS;
  }
}
