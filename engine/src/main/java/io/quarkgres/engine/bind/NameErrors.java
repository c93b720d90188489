package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.Levenshtein;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Errors about names that are not found, with the hints that PostgreSQL gives. One thread. */
final class NameErrors {
  private static final int DISTANCE_MAX = 3;

  private final QueryLevel level;

  NameErrors(QueryLevel level) {
    this.level = level;
  }

  /** Raises 42P01 when an item must not be referred to from where the reference stands. */
  void checkLateral(ScopeItem item, int position) {
    if (item.isLateralOnly() && !item.isLateralOk()) {
      String name = item.entry().name();
      if (item.entry() == level.changedEntry()) {
        throw BindErrors.columnReference(
                "invalid reference to FROM-clause entry for table \"" + name + "\"", position)
            .withHint(unreachable(name));
      }
      throw new SqlException(
          SqlState.INVALID_COLUMN_REFERENCE,
          "invalid reference to FROM-clause entry for table \"" + item.entry().name() + "\"",
          "The combining JOIN type must be INNER or LEFT for a LATERAL reference.",
          null,
          position);
    }
  }

  /** 42P01: no item of FROM has the name. */
  SqlException missingEntry(String schema, String name, int position) {
    RangeEntry similar = findUnseen(schema, name);
    if (similar == null) {
      return BindErrors.undefinedTable(
          "missing FROM-clause entry for table \"" + name + "\"", position);
    }
    SqlException error =
        BindErrors.undefinedTable(
            "invalid reference to FROM-clause entry for table \"" + name + "\"", position);
    if (similar.name() != null && !similar.name().equals(name)) {
      return error.withHint(
          "Perhaps you meant to reference the table alias \"" + similar.name() + "\".");
    }
    return error.withHint(unreachable(similar.name()));
  }

  private static String unreachable(String name) {
    return "There is an entry for table \"%s\", but it cannot be referenced from this part of the query."
        .formatted(name);
  }

  /**
   * Finds an item of that name which cannot be seen, or the relation of that name under an alias.
   */
  private RangeEntry findUnseen(String schema, String name) {
    RelationEntry meant = relation(schema, name);
    for (QueryLevel at = level; at != null; at = at.parent()) {
      for (RangeEntry entry : at.range()) {
        if (entry.isJoin() && entry.name() == null) {
          continue;
        }
        if (meant != null
            && entry.catalogEntry() != null
            && entry.catalogEntry().oid() == meant.oid()) {
          return entry;
        }
        if (name.equals(entry.name())) {
          return entry;
        }
      }
    }
    return null;
  }

  private RelationEntry relation(String schema, String name) {
    BindContext context = level.state().lookup().context();
    if (schema != null) {
      return context.catalog().relation(context.schemaName(schema), name);
    }
    for (String place : context.relationPath()) {
      RelationEntry found = context.catalog().relation(place, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** 42703: no item has the column; names similar ones. */
  SqlException missingColumn(String qualifier, String name, int position) {
    SqlException error =
        BindErrors.undefinedColumn(
            qualifier == null
                ? "column \"" + name + "\" does not exist"
                : "column " + qualifier + "." + name + " does not exist",
            position);
    String hint = new Search(qualifier, name).hint();
    return hint == null ? error : error.withHint(hint);
  }

  /** The search for columns with a similar name in all of FROM. */
  private final class Search {
    private final String qualifier;
    private final String name;
    private int distance = DISTANCE_MAX + 1;
    private RangeEntry first;
    private String firstColumn;
    private RangeEntry second;
    private String secondColumn;

    Search(String qualifier, String name) {
      this.qualifier = qualifier;
      this.name = name;
    }

    String hint() {
      for (QueryLevel at = level; at != null; at = at.parent()) {
        for (RangeEntry entry : at.range()) {
          if (entry.isJoin()) {
            continue;
          }
          int penalty = penalty(entry);
          if (penalty == 0 && hasExactly(entry)) {
            return "There is a column named \"%s\" in table \"%s\", but it cannot be referenced from this part of the query."
                .formatted(name, entry.name());
          }
          for (RangeEntry.Column column : entry.columns()) {
            compare(entry, column.name(), penalty);
          }
        }
      }
      if (first == null) {
        return null;
      }
      String one = first.name() + "." + firstColumn;
      return second == null
          ? "Perhaps you meant to reference the column \"%s\".".formatted(one)
          : "Perhaps you meant to reference the column \"%s\" or the column \"%s\"."
              .formatted(one, second.name() + "." + secondColumn);
    }

    private int penalty(RangeEntry entry) {
      if (qualifier == null) {
        return 0;
      }
      String alias = entry.name() == null ? "" : entry.name();
      return Levenshtein.distance(qualifier, alias);
    }

    private boolean hasExactly(RangeEntry entry) {
      return entry.columns().stream().anyMatch(c -> c.name().equals(name));
    }

    private void compare(RangeEntry entry, String column, int penalty) {
      if (penalty > distance) {
        return;
      }
      int columnDistance = Levenshtein.distance(column, name);
      if (columnDistance > name.length() / 2) {
        return;
      }
      columnDistance += penalty;
      if (columnDistance < distance) {
        distance = columnDistance;
        first = entry;
        firstColumn = column;
        second = null;
      } else if (columnDistance == distance) {
        if (second != null) {
          first = null;
          second = null;
          distance = columnDistance - 1;
        } else if (first != null) {
          second = entry;
          secondColumn = column;
        }
      }
    }
  }
}
