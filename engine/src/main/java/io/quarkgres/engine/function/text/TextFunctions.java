package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.KernelTable;

/** The table of functions of text and bytea, regular expressions aside. Thread: any. */
public final class TextFunctions {
  private TextFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    LengthFunctions.register(t);
    CaseFunctions.register(t);
    SubstringFunctions.register(t);
    BuildingFunctions.register(t);
    TrimFunctions.register(t);
    SearchFunctions.register(t);
    LikeFunctions.register(t);
    QuotingFunctions.register(t);
    EncodingFunctions.register(t);
    StringArrays.register(t);
    TextCasts.register(t);
    UnicodeFunctions.register(t);
    t.row("parse_ident", IdentifierParser::apply);
    t.row("text_format", FormatFunction::apply);
    t.row("text_format_nv", FormatFunction::apply);
  }
}
