package io.quarkgres.engine.function.regex;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * How an expression is read. Thread: any.
 *
 * @param ignoresCase whether letters match either case
 * @param dotExcludesNewline whether {@code .} and negated brackets leave out the newline
 * @param anchorsAtLines whether {@code ^} and {@code $} match at every line
 * @param isExpanded whether white space and comments are left out
 * @param isLiteral whether the expression is plain text
 */
public record RegexOptions(
    boolean ignoresCase,
    boolean dotExcludesNewline,
    boolean anchorsAtLines,
    boolean isExpanded,
    boolean isLiteral) {
  /** Nothing special. */
  public static final RegexOptions NONE = new RegexOptions(false, false, false, false, false);

  /** Without regard to case. */
  public static final RegexOptions IGNORE_CASE = new RegexOptions(true, false, false, false, false);

  /** Returns the options with that of a letter added, or {@code null} for an unknown letter. */
  RegexOptions with(char letter) {
    return switch (letter) {
      case 'i' -> new RegexOptions(true, dotExcludesNewline, anchorsAtLines, isExpanded, isLiteral);
      case 'c' ->
          new RegexOptions(false, dotExcludesNewline, anchorsAtLines, isExpanded, isLiteral);
      case 'm', 'n' -> new RegexOptions(ignoresCase, true, true, isExpanded, isLiteral);
      case 'p' -> new RegexOptions(ignoresCase, true, false, isExpanded, isLiteral);
      case 'w' -> new RegexOptions(ignoresCase, false, true, isExpanded, isLiteral);
      case 's' -> new RegexOptions(ignoresCase, false, false, isExpanded, isLiteral);
      case 't' ->
          new RegexOptions(ignoresCase, dotExcludesNewline, anchorsAtLines, false, isLiteral);
      case 'x' ->
          new RegexOptions(ignoresCase, dotExcludesNewline, anchorsAtLines, true, isLiteral);
      case 'q' ->
          new RegexOptions(ignoresCase, dotExcludesNewline, anchorsAtLines, isExpanded, true);
      case 'b', 'e' ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "regular expressions of the "
                  + (letter == 'b' ? "basic" : "extended")
                  + " kind are not supported yet");
      default -> null;
    };
  }
}
