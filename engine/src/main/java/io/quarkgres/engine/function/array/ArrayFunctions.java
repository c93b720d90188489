package io.quarkgres.engine.function.array;

import io.quarkgres.engine.function.kernel.KernelTable;

/** The table of functions of arrays. Thread: any. */
public final class ArrayFunctions {
  private ArrayFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    ArrayShape.register(t);
    ArrayJoining.register(t);
    ArraySearch.register(t);
  }
}
