package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a query that shows a difference smaller while it still shows one: leaves out runs of
/// tokens, first long ones, then short ones. What is left need not have a meaning, but PostgreSQL
/// accepts it and answers it the same in several ways. Thread: one at a time.
final class Shrinker {
  private static final int ATTEMPTS_MAX = 6_000;
  private static final Pattern TOKEN =
      Pattern.compile("'(?:[^']|'')*'|[A-Za-z_][A-Za-z_0-9]*|[0-9.]+|::|<>|[<>]=|\\|\\||\\S");

  private final Duel duel;
  private int attempts;
  private boolean ordered;
  private String error;

  Shrinker(Duel duel) {
    this.duel = duel;
  }

  /// The smaller query.
  String shrink(String sql, Duel.Outcome first) {
    // Without its order a query may still differ in its rows; then the order does not matter.
    ordered = first.actual().error() == null && first.expected().isSame(first.actual(), false);
    error = first.actual().error();
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(Parameters.literal(sql));
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    boolean progress = true;
    while (progress && attempts < ATTEMPTS_MAX) {
      int before = tokens.size();
      for (int length = Math.min(tokens.size() / 2, 120); length >= 1; length = shorter(length)) {
        tokens = without(tokens, length);
      }
      progress = tokens.size() < before;
    }
    return String.join(" ", tokens);
  }

  private static int shorter(int length) {
    return length > 12 ? length * 2 / 3 : length - 1;
  }

  private List<String> without(List<String> tokens, int length) {
    List<String> current = tokens;
    int at = 0;
    while (at + length <= current.size() && attempts < ATTEMPTS_MAX) {
      List<String> candidate = new ArrayList<>(current.subList(0, at));
      candidate.addAll(current.subList(at + length, current.size()));
      if (isBalanced(current.subList(at, at + length)) && stillDiffers(candidate)) {
        current = candidate;
      } else {
        at++;
      }
    }
    return current;
  }

  /// Leaving out an unbalanced run of parentheses cannot give a valid statement.
  private static boolean isBalanced(List<String> tokens) {
    int open = 0;
    for (String token : tokens) {
      open += token.equals("(") || token.equals("[") ? 1 : 0;
      open -= token.equals(")") || token.equals("]") ? 1 : 0;
    }
    return open == 0;
  }

  private boolean stillDiffers(List<String> tokens) {
    if (tokens.isEmpty()) {
      return false;
    }
    attempts++;
    String sql = String.join(" ", tokens);
    Duel.Outcome outcome = duel.runIfValid(sql, ordered);
    return outcome != null
        && !outcome.isSame()
        && Objects.equals(error, outcome.actual().error())
        && duel.isDetermined(sql, outcome.expected(), ordered);
  }
}
