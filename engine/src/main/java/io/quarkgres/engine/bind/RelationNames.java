package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.spi.error.SqlException;

/** Looks up relations by name. Thread: any. */
final class RelationNames {
  private RelationNames() {}

  /** Returns the relation of a name; raises 42P01 when there is none. */
  static RelationEntry find(BindState state, QualifiedName name) {
    if (name.catalog() != null && !name.catalog().equals(state.catalog().databaseName())) {
      throw BindErrors.notSupported(
          "cross-database references are not implemented: \"" + quotedParts(name) + "\"",
          name.position());
    }
    RelationEntry found = findOrNull(state, name);
    if (found == null) {
      throw BindErrors.undefinedTable("relation \"" + name + "\" does not exist", name.position());
    }
    return found;
  }

  private static String quotedParts(QualifiedName name) {
    return String.join(".", name.parts());
  }

  private static RelationEntry findOrNull(BindState state, QualifiedName name) {
    if (name.schema() != null) {
      try {
        state.context().schemaCheck().require(state.context().schemaName(name.schema()));
      } catch (SqlException e) {
        throw e.withPosition(name.position());
      }
      return state.catalog().relation(state.context().schemaName(name.schema()), name.name());
    }
    for (String schema : state.relationPath()) {
      RelationEntry found = state.catalog().relation(schema, name.name());
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
