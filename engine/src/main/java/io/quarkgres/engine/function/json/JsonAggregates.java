package io.quarkgres.engine.function.json;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.type.json.JsonbType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.RecordType;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** json_agg, json_object_agg and their jsonb forms. Thread: any. */
final class JsonAggregates {
  private JsonAggregates() {}

  static void register(KernelTable t) {
    t.aggregateWithNulls("json_agg(anyelement)", (c, x) -> new JsonAccumulator(c, x, false, false));
    t.aggregateWithNulls("jsonb_agg(anyelement)", (c, x) -> new JsonAccumulator(c, x, false, true));
    t.aggregateWithNulls(
        "json_object_agg(any,any)", (c, x) -> new JsonAccumulator(c, x, true, false));
    t.aggregateWithNulls(
        "jsonb_object_agg(any,any)", (c, x) -> new JsonAccumulator(c, x, true, true));
  }

  /** Writes each group's document as its rows come. Used by one thread at a time. */
  private static final class JsonAccumulator implements Accumulator {
    private static final ByteSink[] NONE = {};
    private static final int FIRST_BYTES = 64;

    private final Call call;
    private final EvalContext context;
    private final boolean isObject;
    private final boolean isBinary;
    private ByteSink[] states = NONE;
    private long bytes;

    JsonAccumulator(Call call, EvalContext context, boolean isObject, boolean isBinary) {
      this.call = call;
      this.context = context;
      this.isObject = isObject;
      this.isBinary = isBinary;
    }

    @Override
    public void grow(int groups) {
      if (groups > states.length) {
        states = Arrays.copyOf(states, Math.max(groups, 2 * states.length));
      }
    }

    @Override
    public void add(Column[] arguments, Selection rows, int[] group) {
      for (int i = 0; i < rows.count(); i++) {
        int p = rows.position(i);
        ByteSink state = states[group[p]];
        boolean isFirst = state == null;
        if (isFirst) {
          state = new ByteSink(FIRST_BYTES);
          states[group[p]] = state;
          state.putAscii(isObject ? "{ " : "[");
        }
        int before = state.size();
        if (isObject) {
          addMember(arguments, p, isFirst, state);
        } else {
          addElement(arguments[0], p, isFirst, state);
        }
        bytes += state.size() - before;
      }
    }

    private void addMember(Column[] arguments, int p, boolean isFirst, ByteSink state) {
      if (arguments[0].isNull(p)) {
        throw JsonErrors.parameter("field name must not be null");
      }
      if (!isFirst) {
        state.putAscii(", ");
      }
      JsonWriter.key(call.argumentTypes()[0], arguments[0], p, state, context.types());
      state.putAscii(" : ");
      JsonWriter.value(call.argumentTypes()[1], arguments[1], p, state, context.types());
    }

    private void addElement(Column values, int p, boolean isFirst, ByteSink state) {
      boolean isComposite =
          call.argumentTypes()[0] instanceof ArrayType
              || call.argumentTypes()[0] instanceof RecordType;
      if (!isFirst) {
        state.putAscii(isComposite && !values.isNull(p) ? ", \n " : ", ");
      }
      JsonWriter.value(call.argumentTypes()[0], values, p, state, context.types());
    }

    @Override
    public Column results(int from, int to) {
      BytesBuilder out = new BytesBuilder(to - from);
      for (int g = from; g < to; g++) {
        ByteSink state = states[g];
        if (state == null) {
          out.appendNull();
          continue;
        }
        int size = state.size();
        state.putAscii(isObject ? " }" : "]");
        if (isBinary) {
          ByteSink canonical = new ByteSink(state.size());
          JsonbType.canonical(state.array(), 0, state.size(), canonical);
          out.append(canonical);
        } else {
          out.append(state);
        }
        state.truncate(size);
      }
      return out.build();
    }

    @Override
    public void reset(int group) {
      states[group] = null;
    }

    @Override
    public long memoryBytes() {
      return 2 * bytes + 64L * states.length;
    }
  }
}
