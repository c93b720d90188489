package io.quarkgres.engine.session.setting;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeContext.DateFormat;
import io.quarkgres.engine.type.TypeContext.DateOrder;
import io.quarkgres.spi.error.SqlException;
import java.util.List;
import java.util.Locale;

/** Reads the value of {@code DateStyle}. Thread: any. */
public final class DateStyles {
  private final String value;
  private DateFormat format;
  private DateOrder order;
  private boolean isOrderSaid;

  private DateStyles(String value) {
    this.value = value;
  }

  /**
   * Returns the value as SHOW prints it; raises 22023 for a bad one.
   *
   * @param current the value it has, which stands where the new one says nothing
   * @param start the value that DEFAULT means
   */
  static String canonical(String value, String current, String start) {
    DateStyles read = new DateStyles(value);
    read.words(start);
    TypeContext.DateStyle now = parse(current);
    DateFormat format = read.format == null ? now.format() : read.format;
    DateOrder order = read.order == null ? now.order() : read.order;
    String shown =
        switch (format) {
          case ISO -> "ISO";
          case SQL -> "SQL";
          case POSTGRES -> "Postgres";
          case GERMAN -> "German";
        };
    return shown + ", " + order.name();
  }

  /** Parses a whole value, such as SHOW prints. */
  public static TypeContext.DateStyle parse(String value) {
    DateStyles read = new DateStyles(value);
    read.words("ISO, MDY");
    return new TypeContext.DateStyle(read.format, read.order);
  }

  private void words(String start) {
    List<String> words = IdentifierList.words(value);
    if (words == null) {
      throw SettingValues.invalid("DateStyle", value).withDetail("List syntax is invalid.");
    }
    for (String word : words) {
      word(word.toUpperCase(Locale.ROOT), start);
    }
  }

  private void word(String word, String start) {
    if (word.equals("ISO")) {
      format(DateFormat.ISO);
    } else if (word.equals("SQL")) {
      format(DateFormat.SQL);
    } else if (word.startsWith("POSTGRES")) {
      format(DateFormat.POSTGRES);
    } else if (word.equals("GERMAN")) {
      format(DateFormat.GERMAN);
      order = isOrderSaid ? order : DateOrder.DMY;
    } else if (word.equals("YMD")) {
      order(DateOrder.YMD);
    } else if (word.equals("DMY") || word.startsWith("EURO")) {
      order(DateOrder.DMY);
    } else if (word.equals("MDY") || word.equals("US") || word.startsWith("NONEURO")) {
      order(DateOrder.MDY);
    } else if (word.equals("DEFAULT")) {
      TypeContext.DateStyle reset = parse(start);
      format = format == null ? reset.format() : format;
      order = isOrderSaid ? order : reset.order();
    } else {
      throw invalid("Unrecognized key word: \"" + word.toLowerCase(Locale.ROOT) + "\".");
    }
  }

  private void format(DateFormat said) {
    if (format != null && format != said) {
      throw conflict();
    }
    format = said;
  }

  private void order(DateOrder said) {
    if (isOrderSaid && order != said) {
      throw conflict();
    }
    order = said;
    isOrderSaid = true;
  }

  private SqlException conflict() {
    return invalid("Conflicting \"datestyle\" specifications.");
  }

  private SqlException invalid(String detail) {
    return SettingValues.invalid("DateStyle", value).withDetail(detail);
  }
}
