package io.quarkgres.engine.function.template;

/** The patterns of date and time templates (manual, table 9.27). Thread: any. */
enum DateField {
  AD_DOTTED("A.D.", false),
  AM_DOTTED("A.M.", false),
  AD("AD", false),
  AM("AM", false),
  BC_DOTTED("B.C.", false),
  BC("BC", false),
  CC("CC", true),
  DAY("DAY", false),
  DDD("DDD", true),
  DD("DD", true),
  DY("DY", false),
  D("D", true),
  FF1("FF1", true),
  FF2("FF2", true),
  FF3("FF3", true),
  FF4("FF4", true),
  FF5("FF5", true),
  FF6("FF6", true),
  FX("FX", false),
  HH24("HH24", true),
  HH12("HH12", true),
  HH("HH", true),
  IDDD("IDDD", true),
  ID("ID", true),
  IW("IW", true),
  IYYY("IYYY", true),
  IYY("IYY", true),
  IY("IY", true),
  I("I", true),
  J("J", true),
  MI("MI", true),
  MM("MM", true),
  MONTH("MONTH", false),
  MON("MON", false),
  MS("MS", true),
  OF("OF", false),
  PM_DOTTED("P.M.", false),
  PM("PM", false),
  Q("Q", true),
  RM("RM", false),
  SSSSS("SSSSS", true),
  SSSS("SSSS", true),
  SS("SS", true),
  TZH("TZH", false),
  TZM("TZM", true),
  TZ("TZ", false),
  US("US", true),
  WW("WW", true),
  W("W", true),
  Y_YYY("Y,YYY", true),
  YYYY("YYYY", true),
  YYY("YYY", true),
  YY("YY", true),
  Y("Y", true);

  private final String text;
  private final boolean isDigits;

  DateField(String text, boolean isDigits) {
    this.text = text;
    this.isDigits = isDigits;
  }

  /** Returns how the field is written in capitals. */
  String text() {
    return text;
  }

  /** Tells whether the field's value is made of digits. */
  boolean isDigits() {
    return isDigits;
  }
}
