package io.quarkgres.spi.store;

/**
 * A necessary condition on a numeric column by which a scan may skip whole blocks (zone maps). Rows
 * that fail it may still be yielded: the engine applies the exact predicate itself. Bounds are
 * inclusive, in the column's raw representation (INT32 and INT64 widened to {@code long}; FLOAT64
 * as {@link Double#doubleToLongBits} order-preserved by the engine: not filtered for now). Thread:
 * any.
 *
 * @param column the table column
 * @param low the least value of interest
 * @param high the greatest value of interest
 */
public record RangeFilter(int column, long low, long high) {}
