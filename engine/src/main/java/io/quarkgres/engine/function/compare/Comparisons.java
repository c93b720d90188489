package io.quarkgres.engine.function.compare;

import static io.quarkgres.engine.function.kernel.Columns.booleans;
import static io.quarkgres.engine.function.kernel.Columns.bytes;
import static io.quarkgres.engine.function.kernel.Columns.decimals;
import static io.quarkgres.engine.function.kernel.Columns.doubles;
import static io.quarkgres.engine.function.kernel.Columns.ints;
import static io.quarkgres.engine.function.kernel.Columns.longs;
import static io.quarkgres.engine.function.kernel.Columns.of;
import static io.quarkgres.engine.function.kernel.Columns.widened;
import static io.quarkgres.engine.function.kernel.Columns.widenedUnsigned;

import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.compare.ComparisonKernel.Filter;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * The comparison operators of one pair of operand layouts; greater-than is less-than of swapped
 * operands. Thread: any.
 */
record Comparisons(
    Comparison equal,
    Comparison notEqual,
    Comparison less,
    Comparison lessEqual,
    Comparison greater,
    Comparison greaterEqual,
    Filters filters) {

  /** What keeps rows without computing a value for each. */
  private record Filters(Filter equal, Filter notEqual, Filter less, Filter lessEqual) {}

  /** Operators on operands of one layout. */
  private static Comparisons of4(
      Comparison equal, Comparison notEqual, Comparison less, Comparison lessEqual) {
    return filtered(equal, notEqual, less, lessEqual, null);
  }

  private static Comparisons filtered(
      Comparison equal,
      Comparison notEqual,
      Comparison less,
      Comparison lessEqual,
      Filters filters) {
    return new Comparisons(
        equal,
        notEqual,
        less,
        lessEqual,
        (t, l, r, s, n) -> less.apply(t, r, l, s, n),
        (t, l, r, s, n) -> lessEqual.apply(t, r, l, s, n),
        filters);
  }

  static final Comparisons BOOLEANS =
      of4(
          (t, l, r, s, n) -> BooleanComparisons.equal(booleans(l), booleans(r), s, n),
          (t, l, r, s, n) -> BooleanComparisons.notEqual(booleans(l), booleans(r), s, n),
          (t, l, r, s, n) -> BooleanComparisons.less(booleans(l), booleans(r), s, n),
          (t, l, r, s, n) -> BooleanComparisons.lessEqual(booleans(l), booleans(r), s, n));

  static final Comparisons INTS =
      filtered(
          (t, l, r, s, n) -> IntComparisons.equal(ints(l), ints(r), s, n),
          (t, l, r, s, n) -> IntComparisons.notEqual(ints(l), ints(r), s, n),
          (t, l, r, s, n) -> IntComparisons.less(ints(l), ints(r), s, n),
          (t, l, r, s, n) -> IntComparisons.lessEqual(ints(l), ints(r), s, n),
          new Filters(
              IntFilters::equal, IntFilters::notEqual, IntFilters::less, IntFilters::lessEqual));

  static final Comparisons UNSIGNED =
      of4(
          INTS.equal,
          INTS.notEqual,
          (t, l, r, s, n) ->
              LongComparisons.less(widenedUnsigned(l, n), widenedUnsigned(r, n), s, n),
          (t, l, r, s, n) ->
              LongComparisons.lessEqual(widenedUnsigned(l, n), widenedUnsigned(r, n), s, n));

  static final Comparisons LONGS =
      filtered(
          (t, l, r, s, n) -> LongComparisons.equal(longs(l), longs(r), s, n),
          (t, l, r, s, n) -> LongComparisons.notEqual(longs(l), longs(r), s, n),
          (t, l, r, s, n) -> LongComparisons.less(longs(l), longs(r), s, n),
          (t, l, r, s, n) -> LongComparisons.lessEqual(longs(l), longs(r), s, n),
          new Filters(
              LongFilters::equal,
              LongFilters::notEqual,
              LongFilters::less,
              LongFilters::lessEqual));

  static final Comparisons INT_LONG =
      new Comparisons(
          (t, l, r, s, n) -> LongComparisons.equal(widened(l, n), longs(r), s, n),
          (t, l, r, s, n) -> LongComparisons.notEqual(widened(l, n), longs(r), s, n),
          (t, l, r, s, n) -> LongComparisons.less(widened(l, n), longs(r), s, n),
          (t, l, r, s, n) -> LongComparisons.lessEqual(widened(l, n), longs(r), s, n),
          (t, l, r, s, n) -> LongComparisons.less(longs(r), widened(l, n), s, n),
          (t, l, r, s, n) -> LongComparisons.lessEqual(longs(r), widened(l, n), s, n),
          null);

  static final Comparisons LONG_INT =
      new Comparisons(
          (t, l, r, s, n) -> LongComparisons.equal(longs(l), widened(r, n), s, n),
          (t, l, r, s, n) -> LongComparisons.notEqual(longs(l), widened(r, n), s, n),
          (t, l, r, s, n) -> LongComparisons.less(longs(l), widened(r, n), s, n),
          (t, l, r, s, n) -> LongComparisons.lessEqual(longs(l), widened(r, n), s, n),
          (t, l, r, s, n) -> LongComparisons.less(widened(r, n), longs(l), s, n),
          (t, l, r, s, n) -> LongComparisons.lessEqual(widened(r, n), longs(l), s, n),
          null);

  static final Comparisons DOUBLES =
      of4(
          (t, l, r, s, n) -> DoubleComparisons.equal(doubles(l), doubles(r), s, n),
          (t, l, r, s, n) -> DoubleComparisons.notEqual(doubles(l), doubles(r), s, n),
          (t, l, r, s, n) -> DoubleComparisons.less(doubles(l), doubles(r), s, n),
          (t, l, r, s, n) -> DoubleComparisons.lessEqual(doubles(l), doubles(r), s, n));

  static final Comparisons NUMERICS =
      of4(
          (t, l, r, s, n) -> NumericComparisons.equal(t, decimals(l), decimals(r), false, s, n),
          (t, l, r, s, n) -> NumericComparisons.equal(t, decimals(l), decimals(r), true, s, n),
          (t, l, r, s, n) -> NumericComparisons.below(t, decimals(l), decimals(r), 0, s, n),
          (t, l, r, s, n) -> NumericComparisons.below(t, decimals(l), decimals(r), 1, s, n));

  static final Comparisons BYTES =
      of4(
          (t, l, r, s, n) -> BytesComparisons.equal(bytes(l), bytes(r), s, n),
          (t, l, r, s, n) -> BytesComparisons.notEqual(bytes(l), bytes(r), s, n),
          (t, l, r, s, n) -> BytesComparisons.below(bytes(l), bytes(r), 0, s, n),
          (t, l, r, s, n) -> BytesComparisons.below(bytes(l), bytes(r), 1, s, n));

  /** character(n): trailing blanks do not count. */
  static final Comparisons PADDED =
      of4(
          (t, l, r, s, n) -> BytesComparisons.equal(unpadded(l, s), unpadded(r, s), s, n),
          (t, l, r, s, n) -> BytesComparisons.notEqual(unpadded(l, s), unpadded(r, s), s, n),
          (t, l, r, s, n) -> BytesComparisons.below(unpadded(l, s), unpadded(r, s), 0, s, n),
          (t, l, r, s, n) -> BytesComparisons.below(unpadded(l, s), unpadded(r, s), 1, s, n));

  /** Any type, by its own order. */
  static final Comparisons BY_TYPE =
      of4(
          (t, l, r, s, n) -> TypeComparisons.equal(t, l, r, false, s, n),
          (t, l, r, s, n) -> TypeComparisons.equal(t, l, r, true, s, n),
          (t, l, r, s, n) -> TypeComparisons.below(t, l, r, 0, s, n),
          (t, l, r, s, n) -> TypeComparisons.below(t, l, r, 1, s, n));

  private static BytesColumn unpadded(Column column, Selection rows) {
    return BytesComparisons.withoutTrailingBlanks(bytes(column), rows);
  }

  /** Registers the six operators' functions: a name before the abbreviation and one behind it. */
  void register(KernelTable t, String before, String behind) {
    if (filters == null) {
      t.scalar(before + "eq" + behind, kernel(equal));
      t.scalar(before + "ne" + behind, kernel(notEqual));
      t.scalar(before + "lt" + behind, kernel(less));
      t.scalar(before + "le" + behind, kernel(lessEqual));
      t.scalar(before + "gt" + behind, kernel(greater));
      t.scalar(before + "ge" + behind, kernel(greaterEqual));
      return;
    }
    Filter isGreater = (l, r, s) -> filters.less().select(r, l, s);
    Filter isGreaterEqual = (l, r, s) -> filters.lessEqual().select(r, l, s);
    t.scalar(before + "eq" + behind, new ComparisonKernel(equal, filters.equal()));
    t.scalar(before + "ne" + behind, new ComparisonKernel(notEqual, filters.notEqual()));
    t.scalar(before + "lt" + behind, new ComparisonKernel(less, filters.less()));
    t.scalar(before + "le" + behind, new ComparisonKernel(lessEqual, filters.lessEqual()));
    t.scalar(before + "gt" + behind, new ComparisonKernel(greater, isGreater));
    t.scalar(before + "ge" + behind, new ComparisonKernel(greaterEqual, isGreaterEqual));
  }

  static ScalarKernel kernel(Comparison comparison) {
    return (c, a, s, n, x) -> of(comparison.apply(c.argumentTypes()[0], a[0], a[1], s, n));
  }
}
