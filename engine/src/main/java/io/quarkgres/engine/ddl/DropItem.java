package io.quarkgres.engine.ddl;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.ExtensionEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.extension.Extension;

/** An object that others depend on or that depends on others. Thread: any. */
public sealed interface DropItem {
  /** Returns what tells it from all others. */
  Id id();

  /**
   * What tells an object from all others.
   *
   * @param oid its oid or that of the relation it belongs to, by which items are ordered
   */
  record Id(String kind, int oid, int part) {}

  /** A relation. */
  record Relation(RelationEntry entry) implements DropItem {
    @Override
    public Id id() {
      return new Id("relation", entry.oid(), 0);
    }
  }

  /** A constraint. */
  record Constraint(ConstraintEntry entry) implements DropItem {
    @Override
    public Id id() {
      return new Id("constraint", entry.oid(), 0);
    }
  }

  /** A column. */
  record Column(RelationEntry relation, ColumnEntry entry) implements DropItem {
    @Override
    public Id id() {
      return new Id("column", relation.oid(), entry.number());
    }
  }

  /** The default of a column. */
  record Default(TableEntry table, ColumnEntry column) implements DropItem {
    @Override
    public Id id() {
      return new Id("default", table.oid(), column.number());
    }
  }

  /** A schema. */
  record Schema(SchemaEntry entry) implements DropItem {
    @Override
    public Id id() {
      return new Id("schema", entry.oid(), 0);
    }
  }

  /** A type that a user has made. */
  record Type(TypeEntry entry) implements DropItem {
    @Override
    public Id id() {
      return new Id("type", entry.oid(), 0);
    }
  }

  /** An extension. */
  record Installed(ExtensionEntry entry, Extension extension) implements DropItem {
    @Override
    public Id id() {
      return new Id("extension", entry.oid(), 0);
    }
  }
}
