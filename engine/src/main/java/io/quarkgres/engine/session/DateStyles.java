package io.quarkgres.engine.session;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeContext.DateFormat;
import io.quarkgres.engine.type.TypeContext.DateOrder;
import java.util.Locale;

/** Reads the value of {@code DateStyle}. Thread: any. */
final class DateStyles {
  private DateStyles() {}

  /** Returns the value as SHOW prints it; raises 22023 for a bad one. */
  static String canonical(String value) {
    TypeContext.DateStyle style = parse(value);
    String format =
        switch (style.format()) {
          case ISO -> "ISO";
          case SQL -> "SQL";
          case POSTGRES -> "Postgres";
          case GERMAN -> "German";
        };
    return format + ", " + style.order().name();
  }

  /** Parses a value; what it leaves out is ISO and MDY. */
  static TypeContext.DateStyle parse(String value) {
    DateFormat format = DateFormat.ISO;
    DateOrder order = null;
    for (String word : value.split(",")) {
      switch (word.trim().toUpperCase(Locale.ROOT)) {
        case "ISO" -> format = DateFormat.ISO;
        case "SQL" -> format = DateFormat.SQL;
        case "POSTGRES", "POSTGRESQL" -> format = DateFormat.POSTGRES;
        case "GERMAN" -> {
          format = DateFormat.GERMAN;
          order = order == null ? DateOrder.DMY : order;
        }
        case "MDY", "US", "NONEURO", "NONEUROPEAN" -> order = DateOrder.MDY;
        case "DMY", "EURO", "EUROPEAN" -> order = DateOrder.DMY;
        case "YMD" -> order = DateOrder.YMD;
        case "DEFAULT" -> {
          format = DateFormat.ISO;
          order = DateOrder.MDY;
        }
        default -> throw SettingValues.invalid("DateStyle", value);
      }
    }
    return new TypeContext.DateStyle(format, order == null ? DateOrder.MDY : order);
  }
}
