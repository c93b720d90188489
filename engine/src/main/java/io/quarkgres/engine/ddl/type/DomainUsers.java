package io.quarkgres.engine.ddl.type;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.spi.error.ErrorObject;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a domain, whose rows a new constraint has to be true for. Used by the session's
 * thread.
 */
final class DomainUsers {
  /** The number by which conditions of domains refer to VALUE. */
  static final int VALUE = 1;

  private final DdlContext context;

  DomainUsers(DdlContext context) {
    this.context = context;
  }

  /** Raises 23502 when a column of a domain has a NULL. */
  void requireNoNulls(TypeEntry.Domain domain) {
    check(domain, "value IS NULL", SqlState.NOT_NULL_VIOLATION, "contains null values");
  }

  /** Raises 23514 when a column of a domain has a value that breaks a constraint. */
  void validate(TypeEntry.Domain domain, TypeEntry.Check constraint) {
    check(
        domain,
        "NOT (" + constraint.conditionSql() + ")",
        SqlState.CHECK_VIOLATION,
        "contains values that violate the new constraint");
  }

  private void check(TypeEntry.Domain domain, String broken, SqlState state, String problem) {
    List<Use> uses = uses(domain);
    for (Use use : uses) {
      context.lock(use.table().oid(), LockMode.SHARE);
    }
    for (Use use : uses) {
      if (hasRow(use, broken)) {
        TableEntry table = use.table();
        String column = use.column().name();
        throw new SqlException(
                state, "column \"" + column + "\" of table \"" + table.name() + "\" " + problem)
            .withObject(ErrorObject.column(table.schema(), table.name(), column));
      }
    }
  }

  /** A column whose values belong to the domain. */
  private record Use(TableEntry table, ColumnEntry column) {}

  /** Returns the columns of a domain; raises 0A000 when others have its values inside. */
  private List<Use> uses(TypeEntry.Domain domain) {
    List<Use> result = new ArrayList<>();
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof TableEntry table) {
        for (ColumnEntry column : table.columns()) {
          if (!column.isDropped() && isOf(column.type(), domain.oid())) {
            result.add(new Use(table, column));
          } else if (!column.isDropped() && contains(column.type(), domain.oid())) {
            throw usedInside(domain, table, column);
          }
        }
      }
    }
    return result;
  }

  private boolean hasRow(Use use, String condition) {
    return context.execute(
            "SELECT 1 FROM (SELECT "
                + ObjectNaming.quote(use.column().name())
                + " AS value FROM "
                + ObjectNaming.qualified(use.table())
                + ") v WHERE "
                + condition
                + " LIMIT 1")
        > 0;
  }

  private SqlException usedInside(TypeEntry.Domain domain, TableEntry table, ColumnEntry column) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "cannot alter type \""
            + domain.name()
            + "\" because column \""
            + table.name()
            + "."
            + column.name()
            + "\" uses it");
  }

  /** Tells whether a type is a domain or one over it. */
  private static boolean isOf(SqlType type, int domain) {
    for (SqlType level = type; level instanceof DomainType d; level = d.parent()) {
      if (d.oid() == domain) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether values of a type have values of a domain inside. */
  private static boolean contains(SqlType type, int domain) {
    return switch (type.base()) {
      case ArrayType array -> isOf(array.element(), domain) || contains(array.element(), domain);
      case CompositeType row -> {
        boolean isInside = false;
        for (int i = 0; i < row.size(); i++) {
          isInside |= isOf(row.fieldType(i), domain) || contains(row.fieldType(i), domain);
        }
        yield isInside;
      }
      default -> false;
    };
  }
}
