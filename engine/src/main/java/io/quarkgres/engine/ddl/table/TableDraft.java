package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.ddl.DdlErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table in the making. Used by the session's thread. */
final class TableDraft {
  final SchemaEntry schema;
  final String name;
  final int oid;
  final char persistence;
  final List<ColumnEntry> columns = new ArrayList<>();
  final List<SequenceEntry> sequences = new ArrayList<>();
  final List<TableConstraint> constraints = new ArrayList<>();
  final List<LikeCopy> copies = new ArrayList<>();
  final Map<Integer, Expression> defaults = new HashMap<>();

  TableDraft(SchemaEntry schema, String name, int oid, char persistence) {
    this.schema = schema;
    this.name = name;
    this.oid = oid;
    this.persistence = persistence;
  }

  /** Adds a column; raises 42701 if there is one of the name. */
  void add(ColumnEntry column) {
    for (ColumnEntry other : columns) {
      if (other.name().equals(column.name())) {
        throw DdlErrors.duplicateColumn(column.name());
      }
    }
    columns.add(column);
  }
}
