package io.quarkgres.engine.exec.subquery;

import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Datums;
import java.util.Arrays;
import java.util.List;

/** How the columns of a row become outer columns of what is run for it. Thread: any. */
public final class OuterBinding {
  private final int[] slots;
  private final int[] positions;

  private OuterBinding(int[] slots, int[] positions) {
    this.slots = slots;
    this.positions = positions;
  }

  /** Makes a binding of columns, some of which may be outer ones of the scope itself already. */
  public static OuterBinding of(List<OutputColumn> columns, Scope scope) {
    Environment environment = scope.environment();
    int[] slots = new int[columns.size()];
    int[] positions = new int[columns.size()];
    for (int i = 0; i < slots.length; i++) {
      OutputColumn column = columns.get(i);
      slots[i] = environment.outerSlot(column.relation(), column.column());
      positions[i] = scope.position(column.relation(), column.column());
      if (positions[i] < 0) {
        environment.noteOuterUse();
      }
    }
    return new OuterBinding(slots, positions);
  }

  /** Sets the outer columns to the values at a position. */
  void set(Block block, int position, Frame frame) {
    for (int i = 0; i < slots.length; i++) {
      if (positions[i] >= 0) {
        frame.setOuter(slots[i], block.column(positions[i]), position);
      }
    }
  }

  /** Returns the values that are set now, as a key: byte for byte, not by equality of the types. */
  Key key(Frame frame) {
    ByteSink sink = new ByteSink(32);
    for (int slot : slots) {
      Column value = frame.outerValue(slot);
      boolean isNull = value == null || value.isNull(0);
      sink.put(isNull ? 0 : 1);
      if (!isNull) {
        Datums.write(value, 0, sink);
      }
    }
    return new Key(sink.toByteArray());
  }

  /** The values of all bound columns. */
  static final class Key {
    private final byte[] bytes;
    private final int hash;

    private Key(byte[] bytes) {
      this.bytes = bytes;
      this.hash = Arrays.hashCode(bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && hash == key.hash && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
