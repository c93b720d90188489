package io.quarkgres.engine.ast;

import java.util.List;

/** A dotted name: {@code t}, {@code s.t} or {@code db.s.t}. */
public record QualifiedName(List<String> parts, int position) {
  /** Checks that the name has a part. */
  public QualifiedName {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a name has at least one part");
    }
  }

  /** Makes a name without a qualifier. */
  public static QualifiedName of(String name, int position) {
    return new QualifiedName(List.of(name), position);
  }

  /** Makes a name in {@code pg_catalog}, as the grammar does for its own types and functions. */
  public static QualifiedName system(String name, int position) {
    return new QualifiedName(List.of("pg_catalog", name), position);
  }

  /** Returns the last part. */
  public String name() {
    return parts.getLast();
  }

  /** Returns the part before the last, or {@code null} when there is none. */
  public String schema() {
    return parts.size() < 2 ? null : parts.get(parts.size() - 2);
  }

  /** Returns the third part from the end (the database), or {@code null} when there is none. */
  public String catalog() {
    return parts.size() < 3 ? null : parts.get(parts.size() - 3);
  }

  /** Returns the parts joined by dots, unquoted, as PostgreSQL prints names in messages. */
  @Override
  public String toString() {
    return String.join(".", parts);
  }
}
