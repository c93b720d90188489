package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.lock.LockMode;
import java.util.List;

/**
 * A bound query or data-modifying statement. Utility statements are not bound: the session runs
 * them from their AST, and binds the queries inside them through this. Immutable. Thread: any.
 *
 * @param relation what to run
 * @param columns the result columns as the client sees them; empty when it yields no rows
 * @param parameters the types of {@code $1}, {@code $2}, ...
 * @param kind which command tag it gets
 * @param isReadOnly whether it writes nothing and locks no row
 * @param tables the oids of all relations it depends on, views and their tables included
 * @param accesses what privileges it needs on which relations
 * @param catalogVersion the catalog version it was bound to
 */
public record BoundStatement(
    Relation relation,
    List<ResultColumn> columns,
    List<SqlType> parameters,
    Kind kind,
    boolean isReadOnly,
    List<TableUse> tables,
    List<Access> accesses,
    long catalogVersion) {
  /** What the command tag says. */
  public enum Kind {
    /** SELECT, VALUES, TABLE. */
    SELECT,
    /** INSERT. */
    INSERT,
    /** UPDATE. */
    UPDATE,
    /** DELETE. */
    DELETE,
    /** MERGE. */
    MERGE
  }

  /** A relation that is used, and how strongly it has to be locked. */
  public record TableUse(int oid, LockMode mode) {}
}
