package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.regex.RegexOptions;

/** What the flags of {@code like_regex} mean for an expression. Thread: any. */
final class LikeRegexFlags {
  /** All of them, in the order they are printed in. */
  static final String ALL = "ismxq";

  private LikeRegexFlags() {}

  /** Without {@code s} a dot leaves out newlines; {@code q} makes the pattern plain text. */
  static RegexOptions options(String flags) {
    boolean ignoresCase = flags.indexOf('i') >= 0;
    if (flags.indexOf('q') >= 0) {
      return new RegexOptions(ignoresCase, false, false, false, true);
    }
    return new RegexOptions(
        ignoresCase, flags.indexOf('s') < 0, flags.indexOf('m') >= 0, false, false);
  }
}
