package io.quarkgres.engine.function.template;

/** The patterns of number templates (manual, table 9.28). Thread: any. */
enum NumberPattern {
  /** A digit, blank where there is none. */
  NINE("9"),
  /** A digit, zero where there is none. */
  ZERO("0"),
  /** The decimal point. */
  POINT("."),
  /** The locale's decimal point. */
  D("D"),
  /** The group separator. */
  COMMA(","),
  /** The locale's group separator. */
  G("G"),
  /** Fill mode. */
  FM("FM"),
  /** The sign, next to the number. */
  S("S"),
  /** The currency symbol. */
  L("L"),
  /** A minus sign here if the number is negative. */
  MI("MI"),
  /** A plus sign here if the number is positive. */
  PL("PL"),
  /** Either sign here. */
  SG("SG"),
  /** Angle brackets around a negative number. */
  PR("PR"),
  /** Roman digits. */
  RN("RN"),
  /** The ending of an ordinal. */
  TH("TH"),
  /** Shifts by as many digits as follow. */
  V("V"),
  /** Scientific notation. */
  EEEE("EEEE"),
  /** Blank, without effect. */
  B("B"),
  /** Currency, without effect. */
  C("C");

  private final String text;

  NumberPattern(String text) {
    this.text = text;
  }

  /** Returns how the pattern is written in capitals. */
  String text() {
    return text;
  }
}
