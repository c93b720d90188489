package io.quarkgres.engine.parse;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints syntax trees for assertions: {@code Type(component=value, ...)} without positions and
 * without components that are null, false, empty or -1. Thread: any.
 */
final class AstText {
  private AstText() {}

  static String of(Object node) {
    return switch (node) {
      case Record r -> record(r);
      case Collection<?> c ->
          c.stream().map(AstText::of).sorted(order(c)).collect(Collectors.joining(", ", "[", "]"));
      case String s -> "'" + s + "'";
      case null -> "null";
      default -> node.toString();
    };
  }

  /** Sets have no order of their own; lists keep theirs. */
  private static Comparator<String> order(Collection<?> items) {
    return items instanceof List ? (_, _) -> 0 : Comparator.naturalOrder();
  }

  private static String record(Record node) {
    List<String> parts = new ArrayList<>();
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      Object value = value(node, component);
      boolean isFlag = component.getType() == boolean.class && value.equals(false);
      if (!component.getName().equals("position") && !isFlag && !isAbsent(value)) {
        parts.add(component.getName() + "=" + of(value));
      }
    }
    return node.getClass().getSimpleName() + "(" + String.join(", ", parts) + ")";
  }

  private static boolean isAbsent(Object value) {
    return value == null || value.equals(-1) || (value instanceof Collection<?> c && c.isEmpty());
  }

  private static Object value(Record node, RecordComponent component) {
    try {
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
