package io.quarkgres.engine.function.aggregate;

import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;

/** The values of each group, in the order they came. Used by one thread at a time. */
final class CollectedValues {
  private static final ColumnBuilder[] NO_BUILDERS = {};
  private static final Column[] NO_COLUMNS = {};
  private static final int FIRST_VALUES = 4;
  private static final long VALUE_BYTES = 16;

  private final Layout layout;
  private ColumnBuilder[] builders = NO_BUILDERS;
  private Column[] built = NO_COLUMNS;
  private long bytes;

  CollectedValues(Layout layout) {
    this.layout = layout;
  }

  void grow(int groups) {
    builders = Growth.objects(builders, groups);
    built = Growth.objects(built, groups);
  }

  /** Appends the value, or NULL, at a position. */
  void add(int g, Column values, int p) {
    ColumnBuilder builder = builders[g];
    if (builder == null) {
      builder = ColumnBuilder.of(layout, FIRST_VALUES);
      if (built[g] != null) {
        builder.appendAll(built[g], Selection.dense(built[g].count()));
        built[g] = null;
      }
      builders[g] = builder;
    }
    builder.append(values, p);
    bytes += VALUE_BYTES;
    if (values instanceof BytesColumn c) {
      bytes += c.lengths()[p];
    }
  }

  /** Returns the values of a group, or {@code null} when it has none. */
  Column values(int g) {
    if (builders[g] != null) {
      built[g] = builders[g].build();
      builders[g] = null;
    }
    return built[g];
  }

  void reset(int g) {
    builders[g] = null;
    built[g] = null;
  }

  long memoryBytes() {
    return bytes + 80L * builders.length;
  }
}
