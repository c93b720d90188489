package io.quarkgres.engine.type;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.time.ZoneId;

/**
 * What a type's text form depends on. Immutable; a session makes a new one when a setting changes.
 * Thread: any.
 *
 * @param dateStyle output style and field order
 * @param intervalStyle {@code IntervalStyle}
 * @param zone {@code TimeZone}
 * @param extraFloatDigits {@code extra_float_digits}; above 0 means shortest round-trip
 * @param byteaHex whether {@code bytea_output} is {@code hex}
 * @param transactionMicros the transaction's start, microseconds since 2000-01-01 UTC, for input
 *     words such as {@code now} and {@code today}
 * @param objects names of catalog objects, for the reg types
 * @param domains what values of domains are checked by
 */
public record TypeContext(
    DateStyle dateStyle,
    IntervalStyle intervalStyle,
    ZoneId zone,
    int extraFloatDigits,
    boolean byteaHex,
    long transactionMicros,
    ObjectNames objects,
    DomainChecks domains) {

  /** Makes a context in which there are no domains. */
  public TypeContext(
      DateStyle dateStyle,
      IntervalStyle intervalStyle,
      ZoneId zone,
      int extraFloatDigits,
      boolean byteaHex,
      long transactionMicros,
      ObjectNames objects) {
    this(
        dateStyle,
        intervalStyle,
        zone,
        extraFloatDigits,
        byteaHex,
        transactionMicros,
        objects,
        DomainChecks.NONE);
  }

  /** The output styles of {@code DateStyle}. */
  public enum DateFormat {
    /** {@code ISO}. */
    ISO,
    /** {@code SQL}. */
    SQL,
    /** {@code Postgres}. */
    POSTGRES,
    /** {@code German}. */
    GERMAN
  }

  /** The field orders of {@code DateStyle}. */
  public enum DateOrder {
    /** Month, day, year. */
    MDY,
    /** Day, month, year. */
    DMY,
    /** Year, month, day. */
    YMD
  }

  /** The value of {@code DateStyle}. */
  public record DateStyle(DateFormat format, DateOrder order) {}

  /** The values of {@code IntervalStyle}. */
  public enum IntervalStyle {
    /** {@code postgres}. */
    POSTGRES,
    /** {@code postgres_verbose}. */
    POSTGRES_VERBOSE,
    /** {@code sql_standard}. */
    SQL_STANDARD,
    /** {@code iso_8601}. */
    ISO_8601
  }

  /** Looks up catalog objects by name and back, for regclass, regtype and their like. */
  public interface ObjectNames {
    /**
     * Resolves a possibly qualified and quoted name; raises PostgreSQL's error when there is none.
     *
     * @param kind the reg type's name, such as {@code regclass}
     */
    int oid(String kind, String name);

    /** Returns the name to print, qualified where the search path needs it, or {@code null}. */
    String name(String kind, int oid);
  }

  /** Names nothing: for tests and for contexts without a catalog. */
  public static final ObjectNames NO_OBJECTS =
      new ObjectNames() {
        @Override
        public int oid(String kind, String name) {
          throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, kind + " needs a catalog");
        }

        @Override
        public String name(String kind, int oid) {
          return null;
        }
      };

  /** PostgreSQL's defaults, in UTC. */
  public static final TypeContext DEFAULT =
      new TypeContext(
          new DateStyle(DateFormat.ISO, DateOrder.MDY),
          IntervalStyle.POSTGRES,
          ZoneId.of("UTC"),
          1,
          true,
          0,
          NO_OBJECTS,
          DomainChecks.NONE);
}
