package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.json.JsonSlice;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The methods of items. Used by one thread. */
final class PathMethods {
  private final PathRun run;

  PathMethods(PathRun run) {
    this.run = run;
  }

  Outcome apply(PathItem.Method method, PathChain chain, int index, Item item, List<Item> found) {
    return switch (method) {
      case TYPE -> run.next(chain, index, Item.ofString(item.typeName()), found);
      case SIZE -> size(chain, index, item, found);
      case ABS, FLOOR, CEILING -> numeric(method, chain, index, item, found);
      case DOUBLE -> toDouble(chain, index, item, found);
      case KEYVALUE -> keyValue(chain, index, item, found);
    };
  }

  private Outcome size(PathChain chain, int index, Item item, List<Item> found) {
    if (!item.isArray() && !run.isLax()) {
      return run.structural(
          SqlState.SQL_JSON_ARRAY_NOT_FOUND,
          "jsonpath item method .size() can only be applied to an array");
    }
    int size = item.isArray() ? item.slice().elements().size() : 1;
    return run.next(chain, index, Item.of(BigDecimal.valueOf(size)), found);
  }

  private Outcome numeric(
      PathItem.Method method, PathChain chain, int index, Item item, List<Item> found) {
    BigDecimal number = item.number();
    if (number == null) {
      return run.error(
          SqlState.NON_NUMERIC_SQL_JSON_ITEM,
          "jsonpath item method ." + method.shown() + "() can only be applied to a numeric value");
    }
    BigDecimal result =
        switch (method) {
          case ABS -> number.abs();
          case FLOOR -> number.setScale(0, RoundingMode.FLOOR);
          case CEILING -> number.setScale(0, RoundingMode.CEILING);
          case TYPE, SIZE, DOUBLE, KEYVALUE -> throw new IllegalStateException(method.shown());
        };
    return run.next(chain, index, Item.of(result), found);
  }

  private Outcome toDouble(PathChain chain, int index, Item item, List<Item> found) {
    BigDecimal number = item.number();
    if (number != null) {
      double value = number.doubleValue();
      if (Double.isInfinite(value) || value == 0 && number.signum() != 0) {
        return run.error(
            SqlState.NON_NUMERIC_SQL_JSON_ITEM,
            "numeric argument of jsonpath item method .double() is out of range for type double"
                + " precision");
      }
      return run.next(chain, index, item, found);
    }
    byte[] text = item.string();
    if (text == null) {
      return run.error(
          SqlState.NON_NUMERIC_SQL_JSON_ITEM,
          "jsonpath item method .double() can only be applied to a string or numeric value");
    }
    Double value = DoubleText.parse(new String(text, StandardCharsets.UTF_8));
    if (value == null) {
      return run.error(
          SqlState.NON_NUMERIC_SQL_JSON_ITEM,
          "string argument of jsonpath item method .double() is not a valid representation of a"
              + " double precision number");
    }
    return run.next(chain, index, Item.of(DoubleText.numeric(value)), found);
  }

  Outcome dateTime(
      PathItem.DateTime method, PathChain chain, int index, Item item, List<Item> found) {
    byte[] text = item.string();
    if (text == null) {
      return run.error(
          SqlState.INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,
          "jsonpath item method .datetime() can only be applied to a string");
    }
    if (method.template() != null) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "jsonpath item method .datetime() with a template is not supported yet");
    }
    String string = new String(text, StandardCharsets.UTF_8);
    Moment moment = Moment.parse(string);
    if (moment == null) {
      if (!run.throwsErrors()) {
        return Outcome.ERROR;
      }
      throw new SqlException(
          SqlState.INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,
          "datetime format is not recognized: \"" + string + "\"",
          null,
          "Use a datetime template argument to specify the input data format.");
    }
    return run.next(chain, index, new Item.Time(moment), found);
  }

  /** Yields an object with key, value and the number of the object for each member. */
  private Outcome keyValue(PathChain chain, int index, Item item, List<Item> found) {
    if (!item.isObject()) {
      return run.error(
          SqlState.SQL_JSON_OBJECT_NOT_FOUND,
          "jsonpath item method .keyvalue() can only be applied to an object");
    }
    JsonSlice object = item.slice();
    List<JsonSlice.Member> members = object.members();
    if (members.isEmpty()) {
      return Outcome.NOTHING;
    }
    if (PathRun.isEnough(chain, index, found)) {
      return Outcome.FOUND;
    }
    long number = run.objectNumber(object);
    Outcome result = Outcome.NOTHING;
    for (JsonSlice.Member member : members) {
      ByteSink sink = new ByteSink(64 + member.value().length());
      sink.putAscii("{\"id\": " + number + ", \"key\": ");
      member.quotedKey().append(sink);
      sink.putAscii(", \"value\": ");
      member.value().append(sink);
      sink.put('}');
      byte[] text = Arrays.copyOf(sink.array(), sink.size());
      JsonSlice made = new JsonSlice(text, 0, text.length);
      result = run.nextOfNew(made, chain, index, found);
      if (result == Outcome.ERROR || result == Outcome.FOUND && found == null) {
        return result;
      }
    }
    return result;
  }
}
