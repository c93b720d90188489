package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.json.JsonSlice;
import java.math.BigDecimal;

/**
 * Where PostgreSQL would put a value within its binary form of a document, which is what {@code
 * .keyvalue()} makes its numbers of. A container is a header and an entry for each part, four bytes
 * each, and then the parts; numbers and containers begin at multiples of four. Thread: any.
 */
final class BinaryLayout {
  private static final int WORD = 4;
  private static final int SHORT_WEIGHT_MAX = 63;
  private static final int SHORT_WEIGHT_MIN = -64;
  private static final int SHORT_SCALE_MAX = 63;

  /** The place of the value that begins at a byte of the text, once it is found. */
  private final int wanted;

  private int found = -1;

  private BinaryLayout(int wanted) {
    this.wanted = wanted;
  }

  /** Returns the offset of a part within a document; 0 for the document itself. */
  static int offset(JsonSlice document, JsonSlice part) {
    BinaryLayout layout = new BinaryLayout(part.start());
    layout.container(document, 0);
    return layout.found;
  }

  private static int aligned(int offset) {
    return offset + WORD - 1 & -WORD;
  }

  /** Returns the place behind a container that begins at an offset. */
  private int container(JsonSlice value, int offset) {
    if (value.start() == wanted) {
      found = offset;
    }
    int at = offset + WORD;
    if (value.kind() == JsonSlice.Kind.OBJECT) {
      at += 2 * WORD * value.members().size();
      for (JsonSlice.Member member : value.members()) {
        at += member.key().length;
      }
      for (JsonSlice.Member member : value.members()) {
        at = part(member.value(), at);
      }
    } else {
      at += WORD * value.elements().size();
      for (JsonSlice element : value.elements()) {
        at = part(element, at);
      }
    }
    return at;
  }

  private int part(JsonSlice value, int at) {
    return switch (value.kind()) {
      case OBJECT, ARRAY -> container(value, aligned(at));
      case STRING -> at + value.unescaped().length;
      case NUMBER -> aligned(at) + numberBytes(new BigDecimal(value.toString()));
      case BOOLEAN, NULL -> at;
    };
  }

  /** A number is a length word, a header and two bytes for each four digits. */
  private static int numberBytes(BigDecimal value) {
    if (value.signum() == 0) {
      return WORD + (value.scale() > SHORT_SCALE_MAX ? 4 : 2);
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int highest = stripped.precision() - stripped.scale() - 1;
    int weight = Math.floorDiv(highest, 4);
    int lowest = Math.floorDiv(-stripped.scale(), 4);
    int digits = weight - lowest + 1;
    boolean isShort =
        value.scale() <= SHORT_SCALE_MAX
            && weight <= SHORT_WEIGHT_MAX
            && weight >= SHORT_WEIGHT_MIN;
    return WORD + (isShort ? 2 : 4) + 2 * digits;
  }
}
