package io.quarkgres.engine.function.number;

import java.math.BigDecimal;

/** Quotients and their roots with one scale for both, for measures of spread. Thread: any. */
public final class NumericRoots {
  private NumericRoots() {}

  /** Returns the quotient with the scale of a division. */
  public static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
    return Decimals.divide(dividend, divisor);
  }

  /** Returns the root of the quotient, with the quotient's scale. */
  public static BigDecimal rootOfQuotient(BigDecimal dividend, BigDecimal divisor) {
    BigDecimal quotient = Decimals.divide(dividend, divisor);
    return DecimalMath.squareRoot(quotient, quotient.scale());
  }
}
