package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.json.JsonSlice;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates a path over a document. In lax mode arrays are unwrapped for steps that need their
 * elements, single values are taken for arrays of one, and missing members are no errors. A {@code
 * null} list of results asks only whether there are any, and stops at the first. One use; one
 * thread.
 */
final class PathRun {
  private static final long BASE_STRIDE = 10_000_000_000L;

  private final JsonPath path;
  private final Item root;
  private final Variables variables;
  private final Interruption interruption;
  private final PathPredicates predicates;
  private final PathArithmetic arithmetic;
  private final PathMethods methods;
  private Item current;
  private boolean ignoresStructure;
  private boolean throwsErrors;

  /** The length of the array that {@code last} belongs to; -1 outside of subscripts. */
  private int arrayLength = -1;

  /** The document that numbers of {@code .keyvalue()} count from, and its own number. */
  private JsonSlice base;

  private long baseNumber;
  private long nextNumber = 2;

  PathRun(
      JsonPath path,
      JsonSlice document,
      Variables variables,
      boolean isSilent,
      ZoneId zone,
      Interruption interruption) {
    this.path = path;
    this.root = Item.of(document);
    this.current = root;
    this.variables = variables;
    this.interruption = interruption;
    this.ignoresStructure = !path.isStrict();
    this.throwsErrors = !isSilent;
    this.predicates = new PathPredicates(this, zone, interruption);
    this.arithmetic = new PathArithmetic(this);
    this.methods = new PathMethods(this);
  }

  /** Evaluates; results may be incomplete when the outcome is an error. */
  Outcome run(List<Item> found) {
    if (path.isStrict() && found == null) {
      List<Item> all = new ArrayList<>();
      Outcome outcome = chain(path.chain(), root, all);
      return outcome == Outcome.ERROR ? outcome : all.isEmpty() ? Outcome.NOTHING : Outcome.FOUND;
    }
    return chain(path.chain(), root, found);
  }

  boolean isLax() {
    return !path.isStrict();
  }

  boolean throwsErrors() {
    return throwsErrors;
  }

  Item current() {
    return current;
  }

  void setCurrent(Item item) {
    current = item;
  }

  /** Raises an error, or returns the outcome for it where errors are data. */
  Outcome error(SqlState state, String message) {
    if (throwsErrors) {
      throw new SqlException(state, message);
    }
    return Outcome.ERROR;
  }

  /** Like {@link #error}, but no result in lax mode. */
  Outcome structural(SqlState state, String message) {
    return ignoresStructure ? Outcome.NOTHING : error(state, message);
  }

  /** Evaluates a chain for a value. */
  Outcome chain(PathChain chain, Item item, List<Item> found) {
    return step(chain, 0, item, found, isLax());
  }

  /** Evaluates a chain with errors as data. */
  Outcome quietly(PathChain chain, Item item, boolean unwraps, List<Item> found) {
    boolean saved = throwsErrors;
    throwsErrors = false;
    try {
      return unwrapped(chain, item, unwraps, found);
    } finally {
      throwsErrors = saved;
    }
  }

  /** Evaluates a chain; arrays among the results are unwrapped in lax mode. */
  Outcome unwrapped(PathChain chain, Item item, boolean unwraps, List<Item> found) {
    if (!unwraps || path.isStrict()) {
      return chain(chain, item, found);
    }
    List<Item> all = new ArrayList<>();
    Outcome outcome = chain(chain, item, all);
    if (outcome == Outcome.ERROR) {
      return outcome;
    }
    for (Item each : all) {
      if (each.isArray()) {
        each.slice().elements().forEach(element -> found.add(Item.of(element)));
      } else {
        found.add(each);
      }
    }
    return Outcome.FOUND;
  }

  /** Goes on behind the step at an index. */
  Outcome next(PathChain chain, int index, Item item, List<Item> found) {
    if (index + 1 < chain.items().size()) {
      return step(chain, index + 1, item, found, isLax());
    }
    if (found != null) {
      found.add(item);
    }
    return Outcome.FOUND;
  }

  /** Tells whether to know that there is a result is enough. */
  static boolean isEnough(PathChain chain, int index, List<Item> found) {
    return found == null && index + 1 == chain.items().size();
  }

  private Outcome step(PathChain chain, int index, Item item, List<Item> found, boolean unwraps) {
    interruption.check();
    return switch (chain.items().get(index)) {
      case PathItem.Predicate i ->
          isEnough(chain, index, found)
              ? checked(i, item)
              : next(chain, index, Item.of(predicates.test(i, item)), found);
      case PathItem.Root i -> rooted(chain, index, found);
      case PathItem.Current i -> next(chain, index, current, found);
      case PathItem.Last i -> last(chain, index, found);
      case PathItem.NullValue i -> next(chain, index, Item.of(Truth.UNKNOWN), found);
      case PathItem.BoolValue i -> next(chain, index, Item.of(Truth.of(i.value())), found);
      case PathItem.NumberValue i -> next(chain, index, Item.of(i.value()), found);
      case PathItem.StringValue i -> next(chain, index, Item.ofString(i.value()), found);
      case PathItem.Variable i -> variable(i, chain, index, found);
      case PathItem.Key i -> key(i, chain, index, item, found, unwraps);
      case PathItem.AnyKey i -> anyKey(chain, index, item, found, unwraps);
      case PathItem.AnyElement i -> anyElement(chain, index, item, found);
      case PathItem.Subscripts i -> subscripts(i, chain, index, item, found);
      case PathItem.AnyLevel i -> anyLevel(i, chain, index, item, found);
      case PathItem.Filter i -> filter(i, chain, index, item, found, unwraps);
      case PathItem.Arithmetic i -> arithmetic.binary(i, chain, index, item, found);
      case PathItem.Sign i -> arithmetic.sign(i, chain, index, item, found);
      case PathItem.DateTime i ->
          unwraps && item.isArray()
              ? elements(chain, index, item, found)
              : methods.dateTime(i, chain, index, item, found);
      case PathItem.MethodCall i -> method(i, chain, index, item, found, unwraps);
    };
  }

  /** Evaluates a predicate for its errors only. */
  private Outcome checked(PathItem.Predicate predicate, Item item) {
    predicates.test(predicate, item);
    return Outcome.FOUND;
  }

  private Outcome based(
      JsonSlice document, long number, PathChain chain, int index, Item item, List<Item> found) {
    JsonSlice savedBase = base;
    long savedNumber = baseNumber;
    base = document;
    baseNumber = number;
    Outcome outcome = next(chain, index, item, found);
    base = savedBase;
    baseNumber = savedNumber;
    return outcome;
  }

  private Outcome rooted(PathChain chain, int index, List<Item> found) {
    return based(root.slice(), 0, chain, index, root, found);
  }

  private Outcome variable(PathItem.Variable i, PathChain chain, int index, List<Item> found) {
    JsonSlice value = variables.get(i.name());
    return based(variables.object(), 1, chain, index, Item.of(value), found);
  }

  private Outcome last(PathChain chain, int index, List<Item> found) {
    return next(chain, index, Item.of(BigDecimal.valueOf(arrayLength - 1L)), found);
  }

  /** Applies a step to the elements of an array, which are not unwrapped again. */
  private Outcome elements(PathChain chain, int index, Item array, List<Item> found) {
    return each(array.slice(), chain, index, found, false);
  }

  private static List<JsonSlice> parts(JsonSlice container) {
    return container.kind() == JsonSlice.Kind.ARRAY
        ? container.elements()
        : container.members().stream().map(JsonSlice.Member::value).toList();
  }

  /** Applies the step at an index to each part; one beyond the last step collects them. */
  private Outcome each(
      JsonSlice container, PathChain chain, int index, List<Item> found, boolean unwraps) {
    Outcome result = Outcome.NOTHING;
    for (JsonSlice part : parts(container)) {
      result = step(chain, index, Item.of(part), found, unwraps, true);
      if (result == Outcome.ERROR || result == Outcome.FOUND && found == null) {
        return result;
      }
    }
    return result;
  }

  private Outcome step(
      PathChain chain, int index, Item item, List<Item> found, boolean unwraps, boolean collects) {
    if (collects && index == chain.items().size()) {
      if (found != null) {
        found.add(item);
      }
      return Outcome.FOUND;
    }
    return step(chain, index, item, found, unwraps);
  }

  private Outcome key(
      PathItem.Key i, PathChain chain, int index, Item item, List<Item> found, boolean unwraps) {
    if (item.isObject()) {
      byte[] key = i.name().getBytes(StandardCharsets.UTF_8);
      JsonSlice value = item.slice().member(key, 0, key.length);
      return value == null
          ? structural(
              SqlState.SQL_JSON_MEMBER_NOT_FOUND,
              "JSON object does not contain key \"" + i.name() + "\"")
          : next(chain, index, Item.of(value), found);
    }
    if (unwraps && item.isArray()) {
      return elements(chain, index, item, found);
    }
    return structural(
        SqlState.SQL_JSON_MEMBER_NOT_FOUND,
        "jsonpath member accessor can only be applied to an object");
  }

  private Outcome anyKey(PathChain chain, int index, Item item, List<Item> found, boolean unwraps) {
    if (item.isObject()) {
      return each(item.slice(), chain, index + 1, found, isLax());
    }
    if (unwraps && item.isArray()) {
      return elements(chain, index, item, found);
    }
    return structural(
        SqlState.SQL_JSON_OBJECT_NOT_FOUND,
        "jsonpath wildcard member accessor can only be applied to an object");
  }

  private Outcome anyElement(PathChain chain, int index, Item item, List<Item> found) {
    if (item.isArray()) {
      return each(item.slice(), chain, index + 1, found, isLax());
    }
    if (isLax()) {
      return next(chain, index, item, found);
    }
    return structural(
        SqlState.SQL_JSON_ARRAY_NOT_FOUND,
        "jsonpath wildcard array accessor can only be applied to an array");
  }

  private Outcome subscripts(
      PathItem.Subscripts i, PathChain chain, int index, Item item, List<Item> found) {
    if (!item.isArray() && !isLax()) {
      return structural(
          SqlState.SQL_JSON_ARRAY_NOT_FOUND,
          "jsonpath array accessor can only be applied to an array");
    }
    List<Item> elements =
        item.isArray() ? item.slice().elements().stream().map(Item::of).toList() : List.of(item);
    int saved = arrayLength;
    Outcome result = Outcome.NOTHING;
    for (PathItem.Range range : i.ranges()) {
      arrayLength = elements.size();
      long[] bounds = bounds(range, item);
      if (bounds == null) {
        result = Outcome.ERROR;
        break;
      }
      if (!ignoresStructure
          && (bounds[0] < 0 || bounds[0] > bounds[1] || bounds[1] >= elements.size())) {
        result =
            error(SqlState.INVALID_SQL_JSON_SUBSCRIPT, "jsonpath array subscript is out of bounds");
        break;
      }
      result = Outcome.NOTHING;
      int to = (int) Math.min(bounds[1], elements.size() - 1L);
      for (int at = (int) Math.max(bounds[0], 0); at <= to; at++) {
        result = next(chain, index, elements.get(at), found);
        if (result == Outcome.ERROR || result == Outcome.FOUND && found == null) {
          arrayLength = saved;
          return result;
        }
      }
    }
    arrayLength = saved;
    return result;
  }

  /** Returns the first and last index of a range, or {@code null} after an error. */
  private long[] bounds(PathItem.Range range, Item item) {
    Integer from = index(range.from(), item);
    if (from == null) {
      return null;
    }
    Integer to = range.to() == null ? from : index(range.to(), item);
    return to == null ? null : new long[] {from, to};
  }

  private Integer index(PathChain chain, Item item) {
    List<Item> found = new ArrayList<>();
    if (chain(chain, item, found) == Outcome.ERROR) {
      return null;
    }
    BigDecimal number = found.size() == 1 ? found.get(0).number() : null;
    if (number == null) {
      error(
          SqlState.INVALID_SQL_JSON_SUBSCRIPT,
          "jsonpath array subscript is not a single numeric value");
      return null;
    }
    BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
    if (whole.precision() > 11 || whole.longValue() != whole.intValue()) {
      error(
          SqlState.INVALID_SQL_JSON_SUBSCRIPT, "jsonpath array subscript is out of integer range");
      return null;
    }
    return whole.intValue();
  }

  private Outcome anyLevel(
      PathItem.AnyLevel i, PathChain chain, int index, Item item, List<Item> found) {
    Outcome result = Outcome.NOTHING;
    boolean saved = ignoresStructure;
    if (i.first() == 0) {
      ignoresStructure = true;
      result = next(chain, index, item, found);
      ignoresStructure = saved;
      if (result == Outcome.FOUND && found == null) {
        return result;
      }
    }
    if (item.isArray() || item.isObject()) {
      result = levels(i, item.slice(), 1, chain, index, found);
    }
    return result;
  }

  private Outcome levels(
      PathItem.AnyLevel i,
      JsonSlice container,
      long level,
      PathChain chain,
      int index,
      List<Item> found) {
    Outcome result = Outcome.NOTHING;
    if (level > i.last()) {
      return result;
    }
    boolean isLeafOnly = i.first() == PathItem.LAST_LEVEL && i.last() == PathItem.LAST_LEVEL;
    for (JsonSlice part : parts(container)) {
      if (level >= i.first() || isLeafOnly && part.kind().isScalar()) {
        boolean saved = ignoresStructure;
        ignoresStructure = true;
        result = step(chain, index + 1, Item.of(part), found, isLax(), true);
        ignoresStructure = saved;
        if (result == Outcome.ERROR || result == Outcome.FOUND && found == null) {
          return result;
        }
      }
      if (level < i.last() && !part.kind().isScalar()) {
        result = levels(i, part, level + 1, chain, index, found);
        if (result == Outcome.ERROR || result == Outcome.FOUND && found == null) {
          return result;
        }
      }
    }
    return result;
  }

  private Outcome filter(
      PathItem.Filter i, PathChain chain, int index, Item item, List<Item> found, boolean unwraps) {
    if (unwraps && item.isArray()) {
      return elements(chain, index, item, found);
    }
    return predicates.testNested(i.condition(), item) == Truth.TRUE
        ? next(chain, index, item, found)
        : Outcome.NOTHING;
  }

  private Outcome method(
      PathItem.MethodCall i,
      PathChain chain,
      int index,
      Item item,
      List<Item> found,
      boolean unwraps) {
    boolean isOfElements =
        switch (i.method()) {
          case TYPE, SIZE -> false;
          case ABS, FLOOR, CEILING, DOUBLE, KEYVALUE -> true;
        };
    return unwraps && isOfElements && item.isArray()
        ? elements(chain, index, item, found)
        : methods.apply(i.method(), chain, index, item, found);
  }

  /** Returns the number of an object, by its place in the document it comes from. */
  long objectNumber(JsonSlice object) {
    int offset =
        base == null || base.text() != object.text() ? 0 : BinaryLayout.offset(base, object);
    return offset + baseNumber * BASE_STRIDE;
  }

  /** Goes on with an object that a method made, which is a document of its own. */
  Outcome nextOfNew(JsonSlice object, PathChain chain, int index, List<Item> found) {
    return based(object, nextNumber++, chain, index, Item.of(object), found);
  }
}
