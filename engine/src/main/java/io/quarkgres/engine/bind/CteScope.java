package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.With;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The common table expressions of one WITH, and those around it. Used by one thread. */
final class CteScope {
  private final CteScope parent;
  private Set<String> later = Set.of();
  private final List<CteDefinition> definitions = new ArrayList<>();

  CteScope(CteScope parent) {
    this.parent = parent;
  }

  /** How far the binding of a common table expression has come. */
  enum Progress {
    WAITING,
    BINDING,
    DONE
  }

  /** A common table expression while its statement is bound. */
  static final class CteDefinition {
    final With.CommonTable syntax;
    final int number;
    Progress progress = Progress.WAITING;
    boolean isRecursive;
    boolean returnsRows = true;
    int references;

    /** The columns; while it is being bound, those of the non-recursive term. */
    List<OutputColumn> columns;

    Relation query;
    Relation recursive;
    boolean isUnionAll;

    CteDefinition(With.CommonTable syntax, int number) {
      this.syntax = syntax;
      this.number = number;
    }
  }

  /** Notes the names that are not in scope yet, for a hint. */
  void setLater(Set<String> names) {
    later = names;
  }

  /** Tells whether a name is that of an expression which comes into scope later. */
  boolean isLater(String name) {
    return later.contains(name) || (parent != null && parent.isLater(name));
  }

  void add(CteDefinition definition) {
    definitions.add(definition);
  }

  /** Finds a name here or in a scope around; a nearer one hides a farther. */
  CteDefinition find(String name) {
    for (CteScope at = this; at != null; at = at.parent) {
      for (CteDefinition definition : at.definitions) {
        if (definition.syntax.name().equals(name)) {
          return definition;
        }
      }
    }
    return null;
  }
}
