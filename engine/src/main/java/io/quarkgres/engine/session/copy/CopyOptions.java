package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.session.setting.OptionValues;
import io.quarkgres.engine.session.setting.SettingValues;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The options of COPY, checked as PostgreSQL does. Thread: any.
 *
 * @param format text, csv or binary
 * @param nullText what stands for NULL
 * @param header 0 none, 1 a line with names, 2 the same and checked (MATCH)
 * @param forced columns of FORCE_QUOTE, FORCE_NOT_NULL or FORCE_NULL
 */
public record CopyOptions(
    Format format,
    byte delimiter,
    String nullText,
    int header,
    byte quote,
    byte escape,
    List<String> forceQuote,
    List<String> forceNotNull,
    List<String> forceNull,
    boolean isFrozen) {
  /** The formats. */
  enum Format {
    TEXT,
    CSV,
    BINARY
  }

  /** What the text format needs for itself. */
  private static final String NO_DELIMITERS = "\\.abcdefghijklmnopqrstuvwxyz0123456789";

  public boolean isBinary() {
    return format == Format.BINARY;
  }

  boolean isCsv() {
    return format == Format.CSV;
  }

  public static CopyOptions of(List<Option> options, boolean isFrom) {
    Format format = Format.TEXT;
    Set<String> seen = new HashSet<>();
    for (Option option : options) {
      if (!seen.add(option.name())) {
        throw new SqlException(
            SqlState.SYNTAX_ERROR, "conflicting or redundant options", option.position());
      }
      if (option.name().equals("format")) {
        format = format(option);
      }
    }
    boolean isCsv = format == Format.CSV;
    String delimiter = isCsv ? "," : "\t";
    String nullText = isCsv ? "" : "\\N";
    int header = 0;
    String quote = "\"";
    String escape = null;
    List<String> forceQuote = List.of();
    List<String> forceNotNull = List.of();
    List<String> forceNull = List.of();
    boolean isFrozen = false;
    for (Option option : options) {
      switch (option.name().toLowerCase(Locale.ROOT)) {
        case "format" -> {}
        case "delimiter" -> delimiter = option.value();
        case "null" -> nullText = option.value();
        case "header" -> header = header(option, isFrom);
        case "quote" -> quote = option.value();
        case "escape" -> escape = option.value();
        case "force_quote" -> forceQuote = names(option);
        case "force_not_null" -> forceNotNull = names(option);
        case "force_null" -> forceNull = names(option);
        case "freeze" -> isFrozen = OptionValues.bool(option);
        case "encoding" -> requireUtf8(option);
        default ->
            throw new SqlException(
                SqlState.SYNTAX_ERROR,
                "option \"" + option.name() + "\" not recognized",
                option.position());
      }
    }
    return checked(
        seen,
        new CopyOptions(
            format,
            single(delimiter, "COPY delimiter must be a single one-byte character"),
            nullText,
            header,
            single(quote, "COPY quote must be a single one-byte character"),
            single(
                escape == null ? quote : escape, "COPY escape must be a single one-byte character"),
            forceQuote,
            forceNotNull,
            forceNull,
            isFrozen),
        isFrom);
  }

  private static CopyOptions checked(Set<String> seen, CopyOptions o, boolean isFrom) {
    if (o.isBinary()) {
      refuse(
          seen.contains("delimiter"),
          SqlState.SYNTAX_ERROR,
          "cannot specify DELIMITER in BINARY mode");
      refuse(seen.contains("null"), SqlState.SYNTAX_ERROR, "cannot specify NULL in BINARY mode");
      refuse(
          o.header() != 0, SqlState.FEATURE_NOT_SUPPORTED, "cannot specify HEADER in BINARY mode");
    }
    if (!o.isCsv()) {
      refuse(
          seen.contains("quote"),
          SqlState.FEATURE_NOT_SUPPORTED,
          "COPY quote available only in CSV mode");
      refuse(
          seen.contains("escape"),
          SqlState.FEATURE_NOT_SUPPORTED,
          "COPY escape available only in CSV mode");
      refuse(
          seen.contains("force_quote"),
          SqlState.FEATURE_NOT_SUPPORTED,
          "COPY force quote available only in CSV mode");
      refuse(
          seen.contains("force_not_null"),
          SqlState.FEATURE_NOT_SUPPORTED,
          "COPY force not null available only in CSV mode");
      refuse(
          seen.contains("force_null"),
          SqlState.FEATURE_NOT_SUPPORTED,
          "COPY force null available only in CSV mode");
    }
    refuse(
        !o.forceQuote().isEmpty() && isFrom,
        SqlState.FEATURE_NOT_SUPPORTED,
        "COPY force quote only available using COPY TO");
    refuse(
        !o.forceNotNull().isEmpty() && !isFrom,
        SqlState.FEATURE_NOT_SUPPORTED,
        "COPY force not null only available using COPY FROM");
    refuse(
        !o.forceNull().isEmpty() && !isFrom,
        SqlState.FEATURE_NOT_SUPPORTED,
        "COPY force null only available using COPY FROM");
    refuse(
        o.delimiter() == '\n' || o.delimiter() == '\r',
        SqlState.INVALID_PARAMETER_VALUE,
        "COPY delimiter cannot be newline or carriage return");
    refuse(
        o.nullText().indexOf('\n') >= 0 || o.nullText().indexOf('\r') >= 0,
        SqlState.INVALID_PARAMETER_VALUE,
        "COPY null representation cannot use newline or carriage return");
    refuse(
        !o.isCsv() && !o.isBinary() && NO_DELIMITERS.indexOf(o.delimiter()) >= 0,
        SqlState.INVALID_PARAMETER_VALUE,
        "COPY delimiter cannot be \"" + (char) o.delimiter() + "\"");
    refuse(
        !o.isBinary() && o.nullText().indexOf(o.delimiter()) >= 0,
        SqlState.FEATURE_NOT_SUPPORTED,
        "COPY delimiter must not appear in the NULL specification");
    refuse(
        o.isCsv() && o.nullText().indexOf(o.quote()) >= 0,
        SqlState.FEATURE_NOT_SUPPORTED,
        "CSV quote character must not appear in the NULL specification");
    refuse(
        o.isCsv() && o.delimiter() == o.quote(),
        SqlState.INVALID_PARAMETER_VALUE,
        "COPY delimiter and quote must be different");
    return o;
  }

  private static void refuse(boolean isWrong, SqlState state, String message) {
    if (isWrong) {
      throw new SqlException(state, message);
    }
  }

  private static Format format(Option option) {
    return switch (String.valueOf(option.value())) {
      case "text" -> Format.TEXT;
      case "csv" -> Format.CSV;
      case "binary" -> Format.BINARY;
      default ->
          throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "COPY format \"" + option.value() + "\" not recognized",
              option.position());
    };
  }

  private static int header(Option option, boolean isFrom) {
    if ("match".equalsIgnoreCase(option.value())) {
      refuse(
          !isFrom, SqlState.FEATURE_NOT_SUPPORTED, "cannot use \"match\" with HEADER in COPY TO");
      return 2;
    }
    return OptionValues.bool(option, "a Boolean value or \"match\"") ? 1 : 0;
  }

  private static void requireUtf8(Option option) {
    try {
      SettingValues.clientEncoding(String.valueOf(option.value()));
    } catch (SqlException e) {
      if (e.state() == SqlState.INVALID_PARAMETER_VALUE) {
        throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE,
            "argument to option \"encoding\" must be a valid encoding name",
            option.position());
      }
      throw e;
    }
  }

  private static List<String> names(Option option) {
    return option.values().isEmpty() ? List.of(option.value()) : option.values();
  }

  private static byte single(String value, String message) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    refuse(bytes.length != 1, SqlState.FEATURE_NOT_SUPPORTED, message);
    return bytes[0];
  }
}
