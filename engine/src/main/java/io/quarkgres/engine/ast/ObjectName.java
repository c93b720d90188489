package io.quarkgres.engine.ast;

import java.util.List;

/** An object that DROP, COMMENT, GRANT and the like may name. */
public sealed interface ObjectName {
  /** Returns where an error about the object points. */
  int position();

  /** An object with a name of its own, qualified or not. */
  record Plain(QualifiedName name) implements ObjectName {
    @Override
    public int position() {
      return name.position();
    }
  }

  /** A type or domain. */
  record Type(TypeName type) implements ObjectName {
    @Override
    public int position() {
      return type.position();
    }
  }

  /**
   * A function, procedure or aggregate.
   *
   * @param argumentTypes the input types, or {@code null} when no parentheses follow the name
   */
  record Routine(QualifiedName name, List<TypeName> argumentTypes) implements ObjectName {
    @Override
    public int position() {
      return name.position();
    }
  }

  /** A trigger, rule, policy or constraint, which is named within a relation (or domain). */
  record Within(String name, QualifiedName owner, int position) implements ObjectName {}

  /** A column by the name of its relation and its own. */
  record Column(QualifiedName relation, String column, int position) implements ObjectName {}
}
