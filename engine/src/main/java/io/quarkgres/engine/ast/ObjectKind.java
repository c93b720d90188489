package io.quarkgres.engine.ast;

/** The kinds of objects that DROP, COMMENT, ALTER ... RENAME, GRANT and the like may name. */
public enum ObjectKind {
  TABLE("table"),
  FOREIGN_TABLE("foreign table"),
  VIEW("view"),
  MATERIALIZED_VIEW("materialized view"),
  INDEX("index"),
  SEQUENCE("sequence"),
  COLUMN("column"),
  CONSTRAINT("constraint"),
  DOMAIN_CONSTRAINT("domain constraint"),
  TRIGGER("trigger"),
  RULE("rule"),
  POLICY("policy"),
  SCHEMA("schema"),
  DATABASE("database"),
  EXTENSION("extension"),
  TYPE("type"),
  DOMAIN("domain"),
  COLLATION("collation"),
  FUNCTION("function"),
  PROCEDURE("procedure"),
  ROUTINE("routine"),
  AGGREGATE("aggregate"),
  ROLE("role"),
  TABLESPACE("tablespace"),
  LANGUAGE("language");

  private final String word;

  ObjectKind(String word) {
    this.word = word;
  }

  /** Returns the word for the kind in PostgreSQL's messages. */
  public String word() {
    return word;
  }
}
