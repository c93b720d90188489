package io.quarkgres.engine.function.number;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.RowFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Trigonometric functions in radians and in degrees. Those in degrees are exact at the angles where
 * the result is: they scale by the computed value at 30, 45 or 60 degrees. Thread: any.
 */
final class Trigonometry {
  private static final double RADIANS = Math.PI / 180;
  private static final double SIN_30 = Math.sin(30 * RADIANS);
  private static final double ONE_MINUS_COS_60 = 1 - Math.cos(60 * RADIANS);
  private static final double ASIN_HALF = Math.asin(0.5);
  private static final double ACOS_HALF = Math.acos(0.5);
  private static final double ATAN_1 = Math.atan(1);
  private static final double TAN_45 = sineQuadrant(45) / cosineQuadrant(45);
  private static final double COT_45 = cosineQuadrant(45) / sineQuadrant(45);

  private Trigonometry() {}

  static void register(KernelTable t) {
    t.row("dsin", ofAngle(Math::sin));
    t.row("dcos", ofAngle(Math::cos));
    t.row("dtan", ofAngle(Math::tan));
    t.row("dcot", ofAngle(v -> 1 / Math.tan(v)));
    t.row("dasin", ofRatio(Math::asin));
    t.row("dacos", ofRatio(Math::acos));
    t.row("datan", (r, o) -> o.float64(Math.atan(r.float64(0))));
    t.row("datan2", (r, o) -> o.float64(Math.atan2(r.float64(0), r.float64(1))));
    t.row("degrees", (r, o) -> o.float64(checked(r.float64(0) / RADIANS, r.float64(0))));
    t.row(
        "radians",
        (r, o) -> {
          double result = r.float64(0) * RADIANS;
          if (result == 0 && r.float64(0) != 0) {
            throw NumberErrors.floatUnderflow();
          }
          o.float64(result);
        });
    t.row("dpi", (r, o) -> o.float64(Math.PI));
    t.row("dsind", ofAngle(Trigonometry::sine));
    t.row("dcosd", ofAngle(Trigonometry::cosine));
    t.row("dtand", ofAngle(Trigonometry::tangent));
    t.row("dcotd", ofAngle(Trigonometry::cotangent));
    t.row("dasind", ofRatio(Trigonometry::arcSine));
    t.row("dacosd", ofRatio(Trigonometry::arcCosine));
    t.row("datand", (r, o) -> o.float64(Math.atan(r.float64(0)) / ATAN_1 * 45));
    t.row("datan2d", (r, o) -> o.float64(Math.atan2(r.float64(0), r.float64(1)) / ATAN_1 * 45));
  }

  private static double checked(double result, double argument) {
    if (Double.isInfinite(result) && !Double.isInfinite(argument)) {
      throw NumberErrors.floatOverflow();
    }
    return result;
  }

  private static RowFunction ofAngle(DoubleUnaryOperator function) {
    return (r, o) -> {
      if (Double.isInfinite(r.float64(0))) {
        throw NumberErrors.inputOutOfRange();
      }
      o.float64(function.applyAsDouble(r.float64(0)));
    };
  }

  private static RowFunction ofRatio(DoubleUnaryOperator function) {
    return (r, o) -> {
      double value = r.float64(0);
      if (value < -1 || value > 1) {
        throw NumberErrors.inputOutOfRange();
      }
      o.float64(function.applyAsDouble(value));
    };
  }

  private static double sineTo30(double degrees) {
    return Math.sin(degrees * RADIANS) / SIN_30 / 2;
  }

  private static double cosineTo60(double degrees) {
    return 1 - (1 - Math.cos(degrees * RADIANS)) / ONE_MINUS_COS_60 / 2;
  }

  private static double sineQuadrant(double degrees) {
    return degrees <= 30 ? sineTo30(degrees) : cosineTo60(90 - degrees);
  }

  private static double cosineQuadrant(double degrees) {
    return degrees <= 60 ? cosineTo60(degrees) : sineTo30(90 - degrees);
  }

  private static double sine(double degrees) {
    double angle = degrees % 360;
    int sign = 1;
    if (angle < 0) {
      angle = -angle;
      sign = -sign;
    }
    if (angle > 180) {
      angle = 360 - angle;
      sign = -sign;
    }
    return sign * sineQuadrant(angle > 90 ? 180 - angle : angle);
  }

  private static double cosine(double degrees) {
    double angle = Math.abs(degrees % 360);
    int sign = 1;
    if (angle > 180) {
      angle = 360 - angle;
    }
    if (angle > 90) {
      angle = 180 - angle;
      sign = -sign;
    }
    return sign * cosineQuadrant(angle);
  }

  private static double tangent(double degrees) {
    double[] signed = tangentQuadrant(degrees);
    double result = signed[0] * (sineQuadrant(signed[1]) / cosineQuadrant(signed[1]) / TAN_45);
    return result == 0 ? 0 : result;
  }

  private static double cotangent(double degrees) {
    double[] signed = tangentQuadrant(degrees);
    double result = signed[0] * (cosineQuadrant(signed[1]) / sineQuadrant(signed[1]) / COT_45);
    return result == 0 ? 0 : result;
  }

  /** Returns the sign, and the angle within the first quadrant. */
  private static double[] tangentQuadrant(double degrees) {
    double angle = degrees % 360;
    int sign = 1;
    if (angle < 0) {
      angle = -angle;
      sign = -sign;
    }
    if (angle > 180) {
      angle = 360 - angle;
      sign = -sign;
    }
    if (angle > 90) {
      angle = 180 - angle;
      sign = -sign;
    }
    return new double[] {sign, angle};
  }

  private static double arcSineQuadrant(double ratio) {
    return ratio <= 0.5
        ? Math.asin(ratio) / ASIN_HALF * 30
        : 90 - Math.acos(ratio) / ACOS_HALF * 60;
  }

  private static double arcSine(double ratio) {
    return ratio >= 0 ? arcSineQuadrant(ratio) : -arcSineQuadrant(-ratio);
  }

  private static double arcCosine(double ratio) {
    if (ratio < 0) {
      return 90 + arcSineQuadrant(-ratio);
    }
    return ratio <= 0.5
        ? 90 - Math.asin(ratio) / ASIN_HALF * 30
        : Math.acos(ratio) / ACOS_HALF * 60;
  }
}
