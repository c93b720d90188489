package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A value and its rank among those of its type, as PostgreSQL was recorded to give it. */
record RecordedOrder(SqlType type, int rank, String text, Column value) {
  static List<RecordedOrder> read() {
    List<RecordedOrder> result = new ArrayList<>();
    for (String line : RecordedValues.lines("order.tsv")) {
      String[] fields = line.split("\t", -1);
      SqlType type = RecordedValues.type(fields[0]).type();
      String text = RecordedValues.unescape(fields[2]);
      Column value =
          RecordedValues.parse(
              new RecordedValues.Typed(type, SqlType.NO_TYPMOD), text, TypeContext.DEFAULT);
      result.add(new RecordedOrder(type, Integer.parseInt(fields[1]), text, value));
    }
    return result;
  }

  private byte[] sortKey() {
    ByteSink sink = new ByteSink(16);
    type.sortKey(value, 0, sink);
    return sink.toByteArray();
  }

  /** Notes what does not agree with the ranks: compare, equal, hash, sort key. */
  void compareWith(RecordedOrder other, List<String> wrong) {
    int wanted = Integer.compare(rank, other.rank);
    String pair = type + ": " + text + " and " + other.text;
    if (Integer.signum(type.compare(value, 0, other.value, 0)) != wanted) {
      wrong.add(pair + " compare wrongly");
    }
    if (type.equal(value, 0, other.value, 0) != (wanted == 0)) {
      wrong.add(pair + " equal wrongly");
    }
    if (wanted == 0 && type.hash(value, 0) != type.hash(other.value, 0)) {
      wrong.add(pair + " hash differently");
    }
    byte[] left = sortKey();
    byte[] right = other.sortKey();
    if (Integer.signum(Arrays.compareUnsigned(left, right)) != wanted) {
      wrong.add(pair + " have wrong sort keys");
    }
    int n = Math.min(left.length, right.length);
    if (wanted != 0 && Arrays.equals(left, 0, n, right, 0, n)) {
      wrong.add(pair + ": one sort key is a prefix of the other");
    }
  }
}
