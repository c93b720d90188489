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
 * @param header whether a line with the columns' names comes first
 * @param forceQuote the columns of FORCE_QUOTE; {@code *} for all
 * @param forceNotNull the columns of FORCE_NOT_NULL
 * @param forceNull the columns of FORCE_NULL
 */
public record CopyOptions(
    Format format,
    byte delimiter,
    String nullText,
    Header header,
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

  /** What the first line is. */
  enum Header {
    /** A row. */
    NONE,
    /** The names of the columns, whatever they are. */
    NAMES,
    /** The names of the columns, which must be those of the table. */
    MATCH
  }

  /** The options that only CSV has, in the order in which they are looked at. */
  private static final List<String> OF_CSV =
      List.of("quote", "escape", "force_quote", "force_not_null", "force_null");

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
    Header header = Header.NONE;
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
    CopyOptions result =
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
            isFrozen);
    result.refuseOtherFormats(seen);
    result.refuseOtherDirection(isFrom);
    result.refuseAmbiguous();
    return result;
  }

  /** Raises an error for an option that the format does not have. */
  private void refuseOtherFormats(Set<String> given) {
    if (isBinary()) {
      refuse(
          given.contains("delimiter"),
          SqlState.SYNTAX_ERROR,
          "cannot specify DELIMITER in BINARY mode");
      refuse(given.contains("null"), SqlState.SYNTAX_ERROR, "cannot specify NULL in BINARY mode");
      refuse(
          header != Header.NONE,
          SqlState.FEATURE_NOT_SUPPORTED,
          "cannot specify HEADER in BINARY mode");
    }
    for (String name : isCsv() ? List.<String>of() : OF_CSV) {
      refuse(
          given.contains(name),
          SqlState.FEATURE_NOT_SUPPORTED,
          "COPY " + name.replace('_', ' ') + " available only in CSV mode");
    }
  }

  /** Raises an error for an option that only the other direction has. */
  private void refuseOtherDirection(boolean isFrom) {
    refuse(
        !forceQuote.isEmpty() && isFrom,
        SqlState.FEATURE_NOT_SUPPORTED,
        "COPY force quote only available using COPY TO");
    refuse(
        !forceNotNull.isEmpty() && !isFrom,
        SqlState.FEATURE_NOT_SUPPORTED,
        "COPY force not null only available using COPY FROM");
    refuse(
        !forceNull.isEmpty() && !isFrom,
        SqlState.FEATURE_NOT_SUPPORTED,
        "COPY force null only available using COPY FROM");
  }

  /** Raises an error for marks that could not be told from each other or from the data. */
  private void refuseAmbiguous() {
    refuse(
        delimiter == '\n' || delimiter == '\r',
        SqlState.INVALID_PARAMETER_VALUE,
        "COPY delimiter cannot be newline or carriage return");
    refuse(
        nullText.indexOf('\n') >= 0 || nullText.indexOf('\r') >= 0,
        SqlState.INVALID_PARAMETER_VALUE,
        "COPY null representation cannot use newline or carriage return");
    refuse(
        !isCsv() && !isBinary() && NO_DELIMITERS.indexOf(delimiter) >= 0,
        SqlState.INVALID_PARAMETER_VALUE,
        "COPY delimiter cannot be \"" + (char) delimiter + "\"");
    refuse(
        !isBinary() && nullText.indexOf(delimiter) >= 0,
        SqlState.FEATURE_NOT_SUPPORTED,
        "COPY delimiter must not appear in the NULL specification");
    refuse(
        isCsv() && nullText.indexOf(quote) >= 0,
        SqlState.FEATURE_NOT_SUPPORTED,
        "CSV quote character must not appear in the NULL specification");
    refuse(
        isCsv() && delimiter == quote,
        SqlState.INVALID_PARAMETER_VALUE,
        "COPY delimiter and quote must be different");
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

  private static Header header(Option option, boolean isFrom) {
    if ("match".equalsIgnoreCase(option.value())) {
      refuse(
          !isFrom, SqlState.FEATURE_NOT_SUPPORTED, "cannot use \"match\" with HEADER in COPY TO");
      return Header.MATCH;
    }
    return OptionValues.bool(option, "a Boolean value or \"match\"") ? Header.NAMES : Header.NONE;
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
