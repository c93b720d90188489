package io.quarkgres.it.launcher;

import java.util.ArrayList;
import java.util.List;

/** What {@code scripts/StartJar.java} rewrites, in all its forms, and what comes out of it. */
public final class LinkedCalls {

  sealed interface Shape {
    int SIDES = 4;

    record Point() implements Shape {}

    record Square(double side) implements Shape {}

    record Mixed(
        boolean flag,
        byte small,
        short less,
        char letter,
        int number,
        long big,
        float single,
        double twice,
        String text,
        int[] list)
        implements Shape {}

    /** A switch in an interface. */
    static int sides(Shape shape) {
      return switch (shape) {
        case Point() -> 0;
        case Square _ -> SIDES;
        case Mixed _ -> -1;
      };
    }
  }

  private enum Color {
    RED
  }

  private LinkedCalls() {}

  /** Returns what every call gives, one a line. */
  public static String results() {
    List<Object> values = new ArrayList<>();
    values.add(new Shape.Point());
    int[] list = {1};
    for (double twice : new double[] {0.0, -0.0, Double.NaN, 1.5}) {
      values.add(new Shape.Square(twice));
      values.add(
          new Shape.Mixed(
              twice > 1, (byte) -1, (short) 2, 'c', 4, 5L << 40, (float) twice, twice, null, list));
    }
    values.add(new Shape.Mixed(true, (byte) -1, (short) 2, 'c', 4, 5L << 40, 1.5F, 1.5, "t", list));
    values.addAll(List.of("", "text", 1, 10, 1L, List.of(), Color.RED, new int[0]));
    values.add(null);
    StringBuilder out = new StringBuilder();
    for (Object value : values) {
      out.append(describe(value)).append(' ');
      if (value instanceof Shape shape) {
        out.append(Shape.sides(shape)).append(' ');
        out.append(value instanceof Shape.Mixed ? 0 : value.hashCode());
      }
      for (Object other : values) {
        out.append(value != null && value.equals(other) ? '=' : '.');
      }
      out.append('\n');
    }
    Shape.Mixed mixed = new Shape.Mixed(true, (byte) 1, (short) 2, 'c', 4, 5L, 6F, 7D, "t", null);
    return out.append(mixed.hashCode()).append(' ').append(mixed).toString();
  }

  /** A switch with guards, which goes on after one that does not hold, and with other labels. */
  private static String describe(Object value) {
    return switch (value) {
      case null -> "null";
      case Shape.Square(double side) when side > 1 -> "large square";
      case Shape.Square square when Double.isNaN(square.side()) -> "no square";
      case Shape shape -> "shape " + shape.getClass().getSimpleName();
      case String text when text.isEmpty() -> "empty";
      case String text -> "text of " + text.length();
      case Integer number when number > 5 -> "more";
      case Integer _ -> "less";
      case int[] _ -> "integers";
      case Color color -> describe(color);
      default -> "other";
    };
  }

  private static String describe(Color color) {
    return switch (color) {
      case RED -> "red";
    };
  }
}
