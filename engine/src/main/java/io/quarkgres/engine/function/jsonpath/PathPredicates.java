package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.json.JsonSlice;
import io.quarkgres.engine.function.regex.Regex;
import io.quarkgres.spi.error.Invariant;
import io.quarkgres.spi.store.Interruption;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Says whether predicates hold. Errors within them make them unknown. Used by one thread. */
final class PathPredicates {
  private final PathRun run;
  private final ZoneId zone;
  private final Interruption interruption;

  PathPredicates(PathRun run, ZoneId zone, Interruption interruption) {
    this.run = run;
    this.zone = zone;
    this.interruption = interruption;
  }

  private Truth test(PathChain chain, Item item) {
    Invariant.check(chain.isPredicate(), "the parser lets only predicates in here");
    return test((PathItem.Predicate) chain.head(), item);
  }

  /** Tests with an item as {@code @}. */
  Truth testNested(PathChain chain, Item item) {
    Item saved = run.current();
    run.setCurrent(item);
    Truth result = test(chain, item);
    run.setCurrent(saved);
    return result;
  }

  Truth test(PathItem.Predicate predicate, Item item) {
    return switch (predicate) {
      case PathItem.And i -> and(i, item);
      case PathItem.Or i -> or(i, item);
      case PathItem.Not i -> test(i.operand(), item).not();
      case PathItem.IsUnknown i -> Truth.of(test(i.operand(), item) == Truth.UNKNOWN);
      case PathItem.Exists i -> exists(i, item);
      case PathItem.Comparison i ->
          pairs(i.left(), i.right(), true, item, (a, b) -> compare(i.operator(), a, b));
      case PathItem.StartsWith i ->
          pairs(i.text(), i.start(), false, item, PathPredicates::startsWith);
      case PathItem.LikeRegex i -> likeRegex(i, item);
    };
  }

  private Truth and(PathItem.And i, Item item) {
    Truth left = test(i.left(), item);
    if (left == Truth.FALSE) {
      return left;
    }
    Truth right = test(i.right(), item);
    return right == Truth.TRUE ? left : right;
  }

  private Truth or(PathItem.Or i, Item item) {
    Truth left = test(i.left(), item);
    if (left == Truth.TRUE) {
      return left;
    }
    Truth right = test(i.right(), item);
    return right == Truth.FALSE ? left : right;
  }

  private Truth exists(PathItem.Exists i, Item item) {
    if (run.isLax()) {
      return switch (run.quietly(i.operand(), item, false, null)) {
        case FOUND -> Truth.TRUE;
        case NOTHING -> Truth.FALSE;
        case ERROR -> Truth.UNKNOWN;
      };
    }
    List<Item> found = new ArrayList<>();
    return run.quietly(i.operand(), item, false, found) == Outcome.ERROR
        ? Truth.UNKNOWN
        : Truth.of(!found.isEmpty());
  }

  /** A test of two items; the second is {@code null} where there is but one operand. */
  @FunctionalInterface
  private interface PairTest {
    Truth test(Item left, Item right);
  }

  /** Holds if it does for any pair; strict mode looks at all pairs for one that is unknown. */
  private Truth pairs(
      PathChain left, PathChain right, boolean unwrapsRight, Item item, PairTest test) {
    List<Item> lefts = new ArrayList<>();
    if (run.quietly(left, item, true, lefts) == Outcome.ERROR) {
      return Truth.UNKNOWN;
    }
    List<Item> rights = new ArrayList<>();
    if (right == null) {
      rights.add(null);
    } else if (run.quietly(right, item, unwrapsRight, rights) == Outcome.ERROR) {
      return Truth.UNKNOWN;
    }
    Truth result = Truth.FALSE;
    boolean isUnknown = false;
    for (Item a : lefts) {
      for (Item b : rights) {
        switch (test.test(a, b)) {
          case UNKNOWN -> {
            if (!run.isLax()) {
              return Truth.UNKNOWN;
            }
            isUnknown = true;
          }
          case TRUE -> {
            if (run.isLax()) {
              return Truth.TRUE;
            }
            result = Truth.TRUE;
          }
          case FALSE -> {}
        }
      }
    }
    return result == Truth.FALSE && isUnknown ? Truth.UNKNOWN : result;
  }

  private Truth compare(PathItem.ComparisonOperator operator, Item a, Item b) {
    if (a.kind() != b.kind()) {
      boolean hasNull = a.kind() == JsonSlice.Kind.NULL || b.kind() == JsonSlice.Kind.NULL;
      // null is unequal to everything else, and in no order with it
      return hasNull ? Truth.of(operator == PathItem.ComparisonOperator.NOT_EQUAL) : Truth.UNKNOWN;
    }
    Integer order = order(a, b);
    if (order == null) {
      return Truth.UNKNOWN;
    }
    return Truth.of(
        switch (operator) {
          case EQUAL -> order == 0;
          case NOT_EQUAL -> order != 0;
          case LESS -> order < 0;
          case LESS_EQUAL -> order <= 0;
          case GREATER -> order > 0;
          case GREATER_EQUAL -> order >= 0;
        });
  }

  /** Returns how two values of one kind compare, or {@code null} when they do not. */
  private Integer order(Item a, Item b) {
    return switch (a) {
      case Item.Time time -> time.moment().compareTo(((Item.Time) b).moment(), zone);
      case Item.Json json ->
          switch (json.slice().kind()) {
            case NULL -> 0;
            case BOOLEAN -> Boolean.compare(isTrue(a), isTrue(b));
            case NUMBER -> a.number().compareTo(b.number());
            case STRING -> Arrays.compareUnsigned(a.string(), b.string());
            case ARRAY, OBJECT -> null;
          };
    };
  }

  private static boolean isTrue(Item item) {
    JsonSlice slice = item.slice();
    return slice.text()[slice.start()] == 't';
  }

  private static Truth startsWith(Item whole, Item start) {
    byte[] text = whole.string();
    byte[] wanted = start.string();
    if (text == null || wanted == null) {
      return Truth.UNKNOWN;
    }
    return Truth.of(
        text.length >= wanted.length
            && Arrays.equals(text, 0, wanted.length, wanted, 0, wanted.length));
  }

  private Truth likeRegex(PathItem.LikeRegex i, Item item) {
    Regex.Matcher matcher =
        Regex.of(i.pattern(), LikeRegexFlags.options(i.flags())).matcher(interruption);
    return pairs(i.text(), null, false, item, (a, b) -> matches(matcher, a));
  }

  private static Truth matches(Regex.Matcher matcher, Item item) {
    byte[] bytes = item.string();
    if (bytes == null) {
      return Truth.UNKNOWN;
    }
    int[] points = new String(bytes, StandardCharsets.UTF_8).codePoints().toArray();
    matcher.setText(points, points.length);
    return Truth.of(matcher.matches());
  }
}
