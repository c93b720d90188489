package io.quarkgres.spi.data;

/**
 * How the values of a column lie in memory. A closed set: kernels are specialised by it. Thread:
 * any.
 */
public enum Layout {
  /** {@code boolean[]}. */
  BOOLEAN,
  /** {@code int[]}: int2, int4, date, oid (as unsigned 32 bits). */
  INT32,
  /** {@code long[]}: int8, time, timestamp, timestamptz. */
  INT64,
  /** {@code double[]}: float8, and float4, whose values are exactly floats. */
  FLOAT64,
  /** {@code long[]} unscaled value and {@code short[]} scale, with an escape for big values. */
  DECIMAL,
  /** Two {@code long[]}: uuid, interval. */
  INT128,
  /** Variable bytes in one heap: text (UTF-8), bytea, json, arrays, records. */
  BYTES,
  /** Variable float arrays in one heap: vector. */
  FLOAT_ARRAY
}
