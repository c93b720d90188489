package io.quarkgres.engine.function.number;

import static io.quarkgres.engine.function.kernel.Columns.doubles;
import static io.quarkgres.engine.function.kernel.Columns.of;

import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.RowFunction;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic and functions of float4 and float8. Thread: any. */
public final class FloatFunctions {
  private FloatFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    arithmetic(t);
    float4(t);
    rounding(t);
    logarithms(t);
    Trigonometry.register(t);
    hyperbolic(t);
    t.scalar(
        "drandom",
        (c, a, s, n, x) -> {
          double[] out = new double[n];
          for (int i = 0; i < n; i++) {
            out[i] = x.random().nextDouble();
          }
          return of(out);
        });
  }

  private static void arithmetic(KernelTable t) {
    ScalarKernel add =
        (c, a, s, n, x) -> of(DoubleArithmetic.add(doubles(a[0]), doubles(a[1]), s, n));
    ScalarKernel subtract =
        (c, a, s, n, x) -> of(DoubleArithmetic.subtract(doubles(a[0]), doubles(a[1]), s, n));
    ScalarKernel multiply =
        (c, a, s, n, x) -> of(DoubleArithmetic.multiply(doubles(a[0]), doubles(a[1]), s, n));
    ScalarKernel divide =
        (c, a, s, n, x) -> of(DoubleArithmetic.divide(doubles(a[0]), doubles(a[1]), s, n));
    for (String types : new String[] {"float8", "float48", "float84"}) {
      t.scalar(types + "pl", add);
      t.scalar(types + "mi", subtract);
      t.scalar(types + "mul", multiply);
      t.scalar(types + "div", divide);
    }
  }

  private static void float4(KernelTable t) {
    t.scalar(
        "float4pl",
        (c, a, s, n, x) ->
            of(
                DoubleArithmetic.toFloat(
                    DoubleArithmetic.add(doubles(a[0]), doubles(a[1]), s, n), s, n)));
    t.scalar(
        "float4mi",
        (c, a, s, n, x) ->
            of(
                DoubleArithmetic.toFloat(
                    DoubleArithmetic.subtract(doubles(a[0]), doubles(a[1]), s, n), s, n)));
    t.scalar(
        "float4mul",
        (c, a, s, n, x) ->
            of(
                DoubleArithmetic.toFloat(
                    DoubleArithmetic.multiply(doubles(a[0]), doubles(a[1]), s, n), s, n)));
    t.scalar(
        "float4div",
        (c, a, s, n, x) ->
            of(
                DoubleArithmetic.toFloat(
                    DoubleArithmetic.divide(doubles(a[0]), doubles(a[1]), s, n), s, n)));
    for (String type : new String[] {"float4", "float8"}) {
      t.row(type + "um", (r, o) -> o.float64(-r.float64(0)));
      t.row(type + "up", (r, o) -> o.float64(r.float64(0)));
      t.row(type + "abs", (r, o) -> o.float64(Math.abs(r.float64(0))));
    }
  }

  private static RowFunction of1(DoubleUnaryOperator function) {
    return (r, o) -> o.float64(function.applyAsDouble(r.float64(0)));
  }

  private static void rounding(KernelTable t) {
    t.row("dround", of1(Math::rint));
    t.row("dceil", of1(Math::ceil));
    t.row("dfloor", of1(Math::floor));
    t.row("dtrunc", of1(v -> v < 0 ? Math.ceil(v) : Math.floor(v)));
    t.row("dsign", of1(v -> v > 0 ? 1 : v < 0 ? -1 : 0));
  }

  private static void logarithms(KernelTable t) {
    t.row("dsqrt", of1(FloatFunctions::squareRoot));
    t.row("dcbrt", of1(Math::cbrt));
    t.row("dexp", of1(FloatFunctions::exponential));
    t.row("dlog1", of1(v -> Math.log(checkedLogarithm(v))));
    t.row("dlog10", of1(v -> Math.log10(checkedLogarithm(v))));
    t.row("dpow", (r, o) -> o.float64(FloatPower.power(r.float64(0), r.float64(1))));
  }

  private static double squareRoot(double value) {
    if (value < 0) {
      throw NumberErrors.rootOfNegative();
    }
    return Math.sqrt(value);
  }

  private static double exponential(double value) {
    double result = Math.exp(value);
    if (Double.isInfinite(result) && !Double.isInfinite(value)) {
      throw NumberErrors.floatOverflow();
    }
    if (result == 0 && !Double.isInfinite(value)) {
      throw NumberErrors.floatUnderflow();
    }
    return result;
  }

  private static double checkedLogarithm(double value) {
    if (value == 0) {
      throw NumberErrors.logarithmOfZero();
    }
    if (value < 0) {
      throw NumberErrors.logarithmOfNegative();
    }
    return value;
  }

  private static void hyperbolic(KernelTable t) {
    t.row("dsinh", of1(Math::sinh));
    t.row("dcosh", of1(Math::cosh));
    t.row("dtanh", of1(Math::tanh));
    t.row("dasinh", of1(FloatFunctions::inverseSinh));
    t.row(
        "dacosh",
        of1(v -> {
          if (v < 1) {
            throw NumberErrors.inputOutOfRange();
          }
          return v > 1e8 ? Math.log(v) + Math.log(2) : Math.log(v + Math.sqrt(v * v - 1));
        }));
    t.row(
        "datanh",
        of1(v -> {
          if (v < -1 || v > 1) {
            throw NumberErrors.inputOutOfRange();
          }
          return Math.abs(v) == 1
              ? Math.copySign(Double.POSITIVE_INFINITY, v)
              : Math.copySign(0.5 * Math.log1p(2 * Math.abs(v) / (1 - Math.abs(v))), v);
        }));
  }

  private static double inverseSinh(double value) {
    double v = Math.abs(value);
    double result;
    if (v > 1e8) {
      result = Math.log(v) + Math.log(2);
    } else {
      result = Math.log1p(v + v * v / (1 + Math.sqrt(v * v + 1)));
    }
    return Double.isInfinite(value) ? value : Math.copySign(result, value);
  }
}
