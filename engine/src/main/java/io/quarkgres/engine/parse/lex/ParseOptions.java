package io.quarkgres.engine.parse.lex;

import java.util.function.Consumer;

/**
 * What the reading of a text depends on. Thread: any, if the consumer is.
 *
 * @param hasStandardStrings {@code standard_conforming_strings}: whether a backslash is an ordinary
 *     character in a plain string
 * @param warnsOfEscapes {@code escape_string_warning}
 * @param notices is told what is no error, in the order of the text
 */
public record ParseOptions(
    boolean hasStandardStrings, boolean warnsOfEscapes, Consumer<ParseNotice> notices) {
  /** Standard strings, nobody to tell. */
  public static final ParseOptions DEFAULT = new ParseOptions(true, true, notice -> {});

  /**
   * Something that a client is told about the text.
   *
   * @param hint advice, or {@code null}
   * @param position the 0-based offset of the place, -1 for none
   */
  public record ParseNotice(
      String severity, String code, String message, String hint, int position) {}
}
