package io.quarkgres.vector;

import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.function.Kernel;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.engine.function.kernel.RowFunction;
import io.quarkgres.engine.function.kernel.RowKernel;
import java.util.List;

/** Makes definitions of the extension's functions, all strict and immutable. Thread: any. */
final class Functions {
  static final int CSTRING_ARRAY = 1263;

  private Functions() {}

  /** A function that catalogs name and nobody can call. */
  static FunctionDef ofType(int oid, String name, List<Integer> arguments, int result) {
    return define(oid, name, FunctionKind.SCALAR, arguments, result, null);
  }

  static FunctionDef row(
      int oid, String name, List<Integer> arguments, int result, RowFunction function) {
    return define(oid, name, FunctionKind.SCALAR, arguments, result, new RowKernel(function));
  }

  static FunctionDef define(
      int oid, String name, FunctionKind kind, List<Integer> arguments, int result, Kernel kernel) {
    return new FunctionDef(
        oid,
        "public",
        name,
        kind,
        arguments,
        List.of(),
        0,
        0,
        result,
        false,
        true,
        Volatility.IMMUTABLE,
        List.of(),
        List.of(),
        kernel);
  }

  /** Tells what a comparison says of the order of two values. */
  interface ComparisonTest {
    boolean holds(int order);
  }
}
