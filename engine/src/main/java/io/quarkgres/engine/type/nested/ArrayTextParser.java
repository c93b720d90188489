package io.quarkgres.engine.type.nested;

import io.quarkgres.engine.type.Spaces;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/**
 * Reads arrays from text. First the structure of the whole literal is checked and the places of the
 * elements are noted, then the elements are read, so that a malformed literal is reported as such
 * whatever its elements are. One use; one thread.
 */
final class ArrayTextParser {
  /** What was read last. */
  private enum State {
    NO_LEVEL,
    LEVEL_STARTED,
    ELEMENT_ENDED,
    DELIMITED,
    LEVEL_ENDED,
    LEVEL_DELIMITED
  }

  /** Flags of a noted element, kept in the lowest bits of its end. */
  private static final int ESCAPED = 1;

  private static final int QUOTED = 2;

  private final byte[] text;
  private final int start;
  private final int end;
  private final int delimiter;
  private int at;

  /** Where the part of the literal starts that messages show. */
  private int shown;

  private int[] elementStarts = new int[16];
  private int[] elementEnds = new int[16];
  private byte[] elementFlags = new byte[16];
  private int elements;

  private final int[] counts = new int[ArrayValue.DIMENSIONS_MAX + 1];
  private final int[] lengths = new int[ArrayValue.DIMENSIONS_MAX + 1];
  private int depth;
  private int depthMax;

  /** How deep the elements lie, 0 as long as there was none. */
  private int leafDepth;

  ArrayTextParser(byte[] text, int start, int length, int delimiter) {
    this.text = text;
    this.start = start;
    this.end = start + length;
    this.delimiter = delimiter;
    this.at = start;
    this.shown = start;
  }

  ArrayValue parse(SqlType element, int typmod, TypeContext context) {
    int[] declaredLengths = new int[ArrayValue.DIMENSIONS_MAX];
    int[] lowerBounds = new int[ArrayValue.DIMENSIONS_MAX];
    int declared = parseBounds(declaredLengths, lowerBounds);
    if (declared > 0) {
      expectEquals();
    }
    shown = at;
    parseStructure();
    shown = start;
    int[] dims = Arrays.copyOf(lengths, depthMax);
    if (declared > 0) {
      boolean same = declared == depthMax;
      for (int i = 0; same && i < declared; i++) {
        same = declaredLengths[i] == dims[i];
      }
      if (!same) {
        throw malformed("Specified array dimensions do not match array contents.");
      }
    } else {
      Arrays.fill(lowerBounds, 1);
    }
    if (elements == 0) {
      return ArrayValue.empty(element);
    }
    ArrayValue.checkedCardinality(dims);
    ColumnBuilder values = parseElements(element, typmod, context);
    return new ArrayValue(
        element.oid(), dims, Arrays.copyOf(lowerBounds, dims.length), values.build());
  }

  private SqlException malformed(String detail) {
    return ArrayText.malformed(text, shown, end - shown, detail);
  }

  /** Reads {@code [l:u][l:u]}, returns how many there were. */
  private int parseBounds(int[] sizes, int[] lowerBounds) {
    int n = 0;
    for (; ; n++) {
      at = Spaces.skip(text, at, end);
      if (at == end || text[at] != '[') {
        break;
      }
      if (n == ArrayValue.DIMENSIONS_MAX) {
        throw ArrayValue.tooManyDimensions(n + 1);
      }
      at++;
      if (at == end || !isBoundPart(text[at])) {
        throw malformed("\"[\" must introduce explicitly-specified array dimensions.");
      }
      int first = bound();
      int last = first;
      if (at < end && text[at] == ':') {
        at++;
        last = bound();
      } else {
        first = 1;
      }
      if (at == end || text[at] != ']') {
        throw malformed("Missing \"]\" after array dimensions.");
      }
      at++;
      if (last < first) {
        throw new SqlException(
            SqlState.ARRAY_ELEMENT_ERROR, "upper bound cannot be less than lower bound");
      }
      lowerBounds[n] = first;
      sizes[n] = last - first + 1;
    }
    if (n == 0 && (at == end || text[at] != '{')) {
      throw malformed("Array value must start with \"{\" or dimension information.");
    }
    return n;
  }

  private static boolean isBoundPart(byte b) {
    return b >= '0' && b <= '9' || b == '-' || b == '+';
  }

  private int bound() {
    int from = at;
    while (at < end && isBoundPart(text[at])) {
      at++;
    }
    if (from == at) {
      throw malformed("Missing array dimension value.");
    }
    boolean negative = text[from] == '-';
    long value = 0;
    for (int i = negative || text[from] == '+' ? from + 1 : from; i < at; i++) {
      if (text[i] < '0' || text[i] > '9') {
        break;
      }
      value = value * 10 + (text[i] - '0');
    }
    return (int) (negative ? -value : value);
  }

  private void expectEquals() {
    if (at == end || text[at] != '=') {
      throw malformed("Missing \"=\" after array dimensions.");
    }
    at = Spaces.skip(text, at + 1, end);
    if (at == end || text[at] != '{') {
      throw malformed("Array contents must start with \"{\".");
    }
  }

  private void parseStructure() {
    State state = State.NO_LEVEL;
    do {
      at = Spaces.skip(text, at, end);
      if (at == end) {
        throw malformed("Unexpected end of input.");
      }
      int b = text[at];
      if (b == '{') {
        state = openLevel(state);
      } else if (b == '}') {
        state = closeLevel(state);
      } else if (b == delimiter) {
        state = delimit(state);
      } else {
        state = noteElement(state);
      }
    } while (depth > 0);
    if (Spaces.skip(text, at, end) != end) {
      throw malformed("Junk after closing right brace.");
    }
  }

  private State openLevel(State state) {
    if (state != State.NO_LEVEL && state != State.LEVEL_STARTED && state != State.LEVEL_DELIMITED) {
      throw malformed("Unexpected \"{\" character.");
    }
    if (depth >= ArrayValue.DIMENSIONS_MAX) {
      throw ArrayValue.tooManyDimensions(depth + 1);
    }
    counts[depth] = 0;
    depth++;
    depthMax = Math.max(depthMax, depth);
    at++;
    return State.LEVEL_STARTED;
  }

  private State closeLevel(State state) {
    boolean emptyArray = state == State.LEVEL_STARTED && depth == 1;
    if (!emptyArray && state != State.ELEMENT_ENDED && state != State.LEVEL_ENDED) {
      throw malformed("Unexpected \"}\" character.");
    }
    depth--;
    if (lengths[depth] != 0 && counts[depth] != lengths[depth]) {
      throw malformed("Multidimensional arrays must have sub-arrays with matching dimensions.");
    }
    lengths[depth] = counts[depth];
    if (depth > 0) {
      counts[depth - 1]++;
    }
    at++;
    return State.LEVEL_ENDED;
  }

  private State delimit(State state) {
    if (state != State.ELEMENT_ENDED && state != State.LEVEL_ENDED) {
      throw malformed("Unexpected \"" + (char) delimiter + "\" character.");
    }
    at++;
    return state == State.LEVEL_ENDED ? State.LEVEL_DELIMITED : State.DELIMITED;
  }

  private State noteElement(State state) {
    if (state != State.LEVEL_STARTED && state != State.DELIMITED) {
      throw malformed(
          text[at] == '\\' ? "Unexpected \"\\\" character." : "Unexpected array element.");
    }
    if (leafDepth != 0 && leafDepth != depth) {
      throw malformed("Multidimensional arrays must have sub-arrays with matching dimensions.");
    }
    leafDepth = depth;
    if (text[at] == '"') {
      noteQuoted();
    } else {
      noteBare();
    }
    counts[depth - 1]++;
    return State.ELEMENT_ENDED;
  }

  private void noteQuoted() {
    int from = at + 1;
    int flags = QUOTED;
    for (at = from; ; at++) {
      if (at == end) {
        throw malformed("Unexpected end of input.");
      }
      if (text[at] == '"') {
        break;
      }
      if (text[at] == '\\') {
        flags |= ESCAPED;
        skipEscaped();
      }
    }
    note(from, at, flags);
    at++;
  }

  private void skipEscaped() {
    at++;
    if (at == end) {
      throw malformed("Unexpected end of input.");
    }
  }

  private void noteBare() {
    int from = at;
    int last = at;
    int flags = 0;
    for (; ; at++) {
      if (at == end) {
        throw malformed("Unexpected end of input.");
      }
      int b = text[at];
      if (b == delimiter || b == '}') {
        break;
      }
      if (b == '{') {
        throw malformed("Unexpected \"{\" character.");
      }
      if (b == '"') {
        throw malformed("Unexpected array element.");
      }
      if (b == '\\') {
        flags |= ESCAPED;
        skipEscaped();
        last = at + 1;
      } else if (!Spaces.isSpace(b)) {
        last = at + 1;
      }
    }
    note(from, last, flags);
  }

  private void note(int from, int to, int flags) {
    if (elements == elementStarts.length) {
      elementStarts = Arrays.copyOf(elementStarts, elements * 2);
      elementEnds = Arrays.copyOf(elementEnds, elements * 2);
      elementFlags = Arrays.copyOf(elementFlags, elements * 2);
    }
    elementStarts[elements] = from;
    elementEnds[elements] = to;
    elementFlags[elements++] = (byte) flags;
  }

  private ColumnBuilder parseElements(SqlType element, int typmod, TypeContext context) {
    ColumnBuilder values = ColumnBuilder.of(element.layout(), elements);
    ByteSink plain = new ByteSink(32);
    for (int i = 0; i < elements; i++) {
      int from = elementStarts[i];
      int to = elementEnds[i];
      if (elementFlags[i] == 0 && Spaces.isWord(text, from, to, "null")) {
        element.readNull(values, context);
      } else if ((elementFlags[i] & ESCAPED) == 0) {
        element.parse(text, from, to - from, typmod, values, context);
      } else {
        unescape(from, to, plain);
        element.parse(plain.array(), 0, plain.size(), typmod, values, context);
      }
    }
    return values;
  }

  private void unescape(int from, int to, ByteSink plain) {
    plain.truncate(0);
    for (int i = from; i < to; i++) {
      if (text[i] == '\\') {
        i++;
      }
      plain.put(text[i]);
    }
  }
}
