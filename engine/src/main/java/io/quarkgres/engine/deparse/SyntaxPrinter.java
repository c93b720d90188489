package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.tree.BoundExpr;
import java.util.List;

/** Prints calls that the grammar has words for, such as EXTRACT. Used by one thread. */
final class SyntaxPrinter {
  private final ExpressionPrinter expressions;
  private final SqlText text;

  SyntaxPrinter(ExpressionPrinter expressions) {
    this.expressions = expressions;
    this.text = expressions.text();
  }

  /** Prints a call if there are words for it; returns whether there were. */
  boolean print(String name, List<BoundExpr> arguments) {
    int count = arguments.size();
    switch (name) {
      case "timezone" -> words(arguments, "(", 1, " AT TIME ZONE ", 0, ")");
      case "extract", "date_part" -> {
        text.add("EXTRACT(").add(bare(arguments.get(0)));
        words(arguments, " FROM ", 1, ")");
      }
      case "overlaps" -> words(arguments, "((", 0, ", ", 1, ") OVERLAPS (", 2, ", ", 3, "))");
      case "position" -> words(arguments, "POSITION((", 1, ") IN (", 0, "))");
      case "overlay" -> {
        words(arguments, "OVERLAY(", 0, " PLACING ", 1, " FROM ", 2, "");
        last(arguments, 3, " FOR ");
      }
      case "substring" -> {
        words(arguments, "SUBSTRING(", 0, " FROM ", 1, "");
        last(arguments, 2, " FOR ");
      }
      case "btrim" -> trim("BOTH", arguments);
      case "ltrim" -> trim("LEADING", arguments);
      case "rtrim" -> trim("TRAILING", arguments);
      case "normalize" -> {
        words(arguments, "NORMALIZE(", 0, "");
        text.add(count > 1 ? ", " + bare(arguments.get(1)) : "").add(")");
      }
      case "is_normalized" -> {
        words(arguments, "((", 0, ") IS");
        text.add(count > 1 ? " " + bare(arguments.get(1)) : "").add(" NORMALIZED)");
      }
      case "pg_collation_for" -> words(arguments, "COLLATION FOR (", 0, ")");
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Prints words and arguments (by their numbers) in turn. */
  private void words(List<BoundExpr> arguments, Object... parts) {
    for (Object part : parts) {
      if (part instanceof Integer number) {
        expressions.print(arguments.get(number));
      } else {
        text.add((String) part);
      }
    }
  }

  private void last(List<BoundExpr> arguments, int number, String word) {
    if (arguments.size() > number) {
      words(arguments, word, number);
    }
    text.add(")");
  }

  private void trim(String side, List<BoundExpr> arguments) {
    text.add("TRIM(").add(side);
    if (arguments.size() > 1) {
      words(arguments, " ", 1);
    }
    words(arguments, " FROM ", 0, ")");
  }

  /** Returns a constant text as the key word it was. */
  private String bare(BoundExpr e) {
    String printed = text.apart(() -> expressions.print(e));
    int end = printed.lastIndexOf('\'');
    return end > 0 ? printed.substring(1, end) : printed;
  }
}
