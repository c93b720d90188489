package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.kernel.KernelTable;

/** The table of functions of regular expressions. Thread: any. */
public final class RegexFunctions {
  private RegexFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    RegexMatching.register(t);
    RegexReplace.register(t);
    RegexExtracts.register(t);
    RegexPositions.register(t);
    SimilarTo.register(t);
  }
}
