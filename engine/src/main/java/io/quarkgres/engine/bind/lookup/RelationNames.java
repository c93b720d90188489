package io.quarkgres.engine.bind.lookup;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.spi.error.SqlException;

/** Looks up relations by name. Used by one thread. */
public final class RelationNames {
  private final Lookup lookup;

  RelationNames(Lookup lookup) {
    this.lookup = lookup;
  }

  /** Returns the relation of a name; raises 42P01 when there is none. */
  public RelationEntry find(QualifiedName name) {
    if (name.catalog() != null && !name.catalog().equals(lookup.catalog().databaseName())) {
      throw BindErrors.notSupported(
          "cross-database references are not implemented: \"" + quotedParts(name) + "\"",
          name.position());
    }
    RelationEntry found = findOrNull(name);
    if (found == null) {
      throw BindErrors.undefinedTable("relation \"" + name + "\" does not exist", name.position());
    }
    return found;
  }

  private static String quotedParts(QualifiedName name) {
    return String.join(".", name.parts());
  }

  private RelationEntry findOrNull(QualifiedName name) {
    if (name.schema() != null) {
      try {
        lookup.context().schemaCheck().require(lookup.context().schemaName(name.schema()));
      } catch (SqlException e) {
        throw e.withPosition(name.position());
      }
      return lookup.catalog().relation(lookup.context().schemaName(name.schema()), name.name());
    }
    for (String schema : lookup.relationPath()) {
      RelationEntry found = lookup.catalog().relation(schema, name.name());
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
