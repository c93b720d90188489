package io.quarkgres.it.differential;

import java.util.List;

/// The column types that generated schemas use, and the prefix of the names of their columns.
enum SqlType {
  INT("int", "in"),
  SMALLINT("smallint", "sm"),
  BIGINT("bigint", "bi"),
  NUMERIC("numeric(8, 2)", "nu"),
  FLOAT("float8", "fl"),
  TEXT("text", "te"),
  BOOL("boolean", "bo"),
  DATE("date", "da"),
  TIME("time", "tm"),
  TIMESTAMP("timestamp", "ti"),
  TIMESTAMPTZ("timestamptz", "tz"),
  INTERVAL("interval", "iv"),
  UUID("uuid", "uu"),
  BYTEA("bytea", "by"),
  JSONB("jsonb", "js"),
  INTS("int[]", "ia"),
  TEXTS("text[]", "ta");

  /// The types that most expressions are made of.
  static final List<SqlType> COMMON =
      List.of(INT, INT, INT, BIGINT, NUMERIC, FLOAT, TEXT, TEXT, BOOL, DATE, TIMESTAMP);

  final String ddl;
  final String prefix;

  SqlType(String ddl, String prefix) {
    this.ddl = ddl;
    this.prefix = prefix;
  }

  /// The name to cast to, without a modifier.
  String castName() {
    return this == NUMERIC ? "numeric" : ddl;
  }

  boolean isNumber() {
    return switch (this) {
      case INT, SMALLINT, BIGINT, NUMERIC, FLOAT -> true;
      case TEXT,
          BOOL,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          INTERVAL,
          UUID,
          BYTEA,
          JSONB,
          INTS,
          TEXTS ->
          false;
    };
  }

  /// Whether `min` and `max` take the type in PostgreSQL 15.
  boolean hasMinimum() {
    return switch (this) {
      case BOOL, UUID, BYTEA, JSONB -> false;
      case INT, SMALLINT, BIGINT, NUMERIC, FLOAT, TEXT, DATE, TIME, TIMESTAMP -> true;
      case TIMESTAMPTZ, INTERVAL, INTS, TEXTS -> true;
    };
  }
}
