package io.quarkgres.it.differential;

/// The column types that generated schemas use.
enum SqlType {
  INT("int"),
  BIGINT("bigint"),
  NUMERIC("numeric(8, 2)"),
  FLOAT("float8"),
  TEXT("text"),
  BOOL("boolean"),
  DATE("date"),
  TIMESTAMP("timestamp");

  final String ddl;

  SqlType(String ddl) {
    this.ddl = ddl;
  }

  /// The name to cast to, without a modifier.
  String castName() {
    return this == NUMERIC ? "numeric" : ddl;
  }

  boolean isNumber() {
    return this == INT || this == BIGINT || this == NUMERIC || this == FLOAT;
  }
}
