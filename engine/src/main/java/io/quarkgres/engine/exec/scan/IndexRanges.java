package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan.KeyBounds;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.index.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Computes the ranges of index keys that bounds on key columns mean. Used by one thread. */
public final class IndexRanges {
  private static final byte[] NO_BYTES = {};

  private final IndexKeyFormat format;
  private final Evaluator[][] equal;
  private final Evaluator arrayKey;
  private final ArrayType arrayType;
  private final Evaluator low;
  private final boolean isLowInclusive;
  private final Evaluator high;
  private final boolean isHighInclusive;

  public IndexRanges(KeyBounds bounds, IndexKeyFormat format, Scope scope) {
    this.format = format;
    this.equal = new Evaluator[bounds.equal().size()][];
    for (int i = 0; i < equal.length; i++) {
      equal[i] = scope.compileAll(bounds.equal().get(i));
    }
    this.arrayKey = bounds.arrayKey() == null ? null : scope.compile(bounds.arrayKey());
    this.arrayType = arrayKey == null ? null : (ArrayType) bounds.arrayKey().type();
    this.low = bounds.low() == null ? null : scope.compile(bounds.low());
    this.isLowInclusive = bounds.isLowInclusive();
    this.high = bounds.high() == null ? null : scope.compile(bounds.high());
    this.isHighInclusive = bounds.isHighInclusive();
  }

  /** Returns the ranges in key order, none overlapping another. */
  List<KeyRange> compute(ExecutionContext context) {
    List<byte[]> prefixes = prefixes(context);
    List<KeyRange> result = new ArrayList<>(prefixes.size());
    for (byte[] prefix : prefixes) {
      KeyRange range = low == null && high == null ? whole(prefix) : bounded(prefix, context);
      if (range != null) {
        result.add(range);
      }
    }
    return result;
  }

  private static KeyRange whole(byte[] prefix) {
    return prefix.length == 0 ? KeyRange.ALL : KeyRange.prefix(prefix);
  }

  private List<byte[]> prefixes(ExecutionContext context) {
    List<byte[]> result = new ArrayList<>();
    if (arrayKey != null) {
      Column array = arrayKey.single(context.frame());
      Column elements = array.isNull(0) ? null : arrayType.value(array, 0).elements();
      for (int i = 0; elements != null && i < elements.count(); i++) {
        ByteSink key = new ByteSink(32);
        if (!format.encode(0, elements, i, key)) {
          result.add(key.toByteArray());
        }
      }
    } else if (equal.length == 0) {
      return List.of(NO_BYTES);
    } else {
      for (Evaluator[] alternative : equal) {
        ByteSink key = new ByteSink(32);
        boolean hasNull = false;
        for (int i = 0; i < alternative.length && !hasNull; i++) {
          hasNull = format.encode(i, alternative[i].single(context.frame()), 0, key);
        }
        if (!hasNull) {
          result.add(key.toByteArray());
        }
      }
    }
    return sortedDistinct(result);
  }

  private static List<byte[]> sortedDistinct(List<byte[]> keys) {
    if (keys.size() < 2) {
      return keys;
    }
    keys.sort(Arrays::compareUnsigned);
    List<byte[]> result = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      if (result.isEmpty() || !Arrays.equals(result.get(result.size() - 1), key)) {
        result.add(key);
      }
    }
    return result;
  }

  /** Returns the range of one prefix with bounds on the next key, or {@code null} for no rows. */
  private KeyRange bounded(byte[] prefix, ExecutionContext context) {
    int key = keyBehind();
    boolean isTurned = format.isDescending(key);
    Column first = value(isTurned ? high : low, context);
    Column last = value(isTurned ? low : high, context);
    boolean hasFirst = (isTurned ? high : low) != null;
    boolean hasLast = (isTurned ? low : high) != null;
    if (hasFirst && first == null || hasLast && last == null) {
      return null;
    }
    boolean isFirstInclusive = isTurned ? isHighInclusive : isLowInclusive;
    boolean isLastInclusive = isTurned ? isLowInclusive : isHighInclusive;
    byte[] values = with(prefix, key, null);
    byte[] from = values;
    if (hasFirst) {
      byte[] bound = with(prefix, key, first);
      from = isFirstInclusive ? bound : KeyRange.successor(bound);
    }
    byte[] to = KeyRange.successor(values);
    if (hasLast) {
      byte[] bound = with(prefix, key, last);
      to = isLastInclusive ? KeyRange.successor(bound) : bound;
    }
    boolean isEmpty = to != null && Arrays.compareUnsigned(from, to) >= 0;
    return isEmpty ? null : new KeyRange(from, to);
  }

  private int keyBehind() {
    if (arrayKey != null) {
      return 1;
    }
    return equal.length == 0 ? 0 : equal[0].length;
  }

  /** Computes a bound; {@code null} for none and for NULL. */
  private static Column value(Evaluator bound, ExecutionContext context) {
    if (bound == null) {
      return null;
    }
    Column value = bound.single(context.frame());
    return value.isNull(0) ? null : value;
  }

  /** Returns a prefix followed by a value, or by what precedes every value. */
  private byte[] with(byte[] prefix, int key, Column value) {
    ByteSink sink = new ByteSink(prefix.length + 16);
    sink.put(prefix, 0, prefix.length);
    if (value == null) {
      sink.put(IndexKeyFormat.VALUE);
    } else {
      format.encode(key, value, 0, sink);
    }
    return sink.toByteArray();
  }
}
