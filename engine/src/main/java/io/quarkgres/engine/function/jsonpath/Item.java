package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.json.JsonSlice;
import io.quarkgres.engine.type.json.JsonText;
import io.quarkgres.spi.data.ByteSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** One value of a sequence that a path works on. Thread: any. */
sealed interface Item {
  /** A value of JSON. */
  record Json(JsonSlice slice) implements Item {}

  /** A date or time that {@code .datetime()} made. */
  record Time(Moment moment) implements Item {}

  static Item of(JsonSlice slice) {
    return new Json(slice);
  }

  private static Item ofText(byte[] text) {
    return new Json(new JsonSlice(text, 0, text.length));
  }

  static Item of(BigDecimal number) {
    BigDecimal shown = number.scale() < 0 ? number.setScale(0) : number;
    return ofText(shown.toPlainString().getBytes(StandardCharsets.US_ASCII));
  }

  static Item of(Truth truth) {
    String word =
        switch (truth) {
          case TRUE -> "true";
          case FALSE -> "false";
          case UNKNOWN -> "null";
        };
    return ofText(word.getBytes(StandardCharsets.US_ASCII));
  }

  static Item ofString(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    ByteSink sink = new ByteSink(bytes.length + 2);
    JsonText.putString(bytes, 0, bytes.length, sink);
    byte[] text = new byte[sink.size()];
    System.arraycopy(sink.array(), 0, text, 0, text.length);
    return ofText(text);
  }

  /** Returns what kind of JSON it is; {@code null} for a date or time. */
  default JsonSlice.Kind kind() {
    return switch (this) {
      case Json json -> json.slice.kind();
      case Time time -> null;
    };
  }

  default boolean isArray() {
    return kind() == JsonSlice.Kind.ARRAY;
  }

  default boolean isObject() {
    return kind() == JsonSlice.Kind.OBJECT;
  }

  /** Returns the JSON it is or is written as. */
  default JsonSlice slice() {
    return switch (this) {
      case Json json -> json.slice;
      case Time time -> ofString(time.moment.toString()).slice();
    };
  }

  /** Returns a number, {@code null} for anything else. */
  default BigDecimal number() {
    return kind() == JsonSlice.Kind.NUMBER ? new BigDecimal(slice().toString()) : null;
  }

  /** Returns what a string stands for, {@code null} for anything else. */
  default byte[] string() {
    return kind() == JsonSlice.Kind.STRING ? slice().unescaped() : null;
  }

  /** Returns the name that {@code .type()} gives. */
  default String typeName() {
    return switch (this) {
      case Json json -> json.slice.kind().typeName();
      case Time time -> time.moment.kind().sqlName();
    };
  }
}
