package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.json.JsonSlice;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;

/** The values of {@code $name}: the members of an object. Thread: any. */
record Variables(JsonSlice object) {
  Variables {
    if (object.kind() != JsonSlice.Kind.OBJECT) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "\"vars\" argument is not an object",
          "Jsonpath parameters should be encoded as key-value pairs of \"vars\" object.",
          null);
    }
  }

  JsonSlice get(String name) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    JsonSlice value = object.member(key, 0, key.length);
    if (value == null) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "could not find jsonpath variable \"" + name + "\"");
    }
    return value;
  }
}
