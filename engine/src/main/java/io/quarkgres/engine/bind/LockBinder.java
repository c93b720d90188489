package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.bind.QueryLevel.LockRequest;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Binds FOR UPDATE and its like: which items of FROM are to be locked, and how. One thread. */
final class LockBinder {
  private final QueryLevel level;
  private final List<Query.Locking> clauses;
  private final List<LockRequest> inherited;
  private final Set<QualifiedName> unused = new HashSet<>();

  LockBinder(QueryLevel level, List<Query.Locking> clauses, List<LockRequest> inherited) {
    this.level = level;
    this.clauses = clauses;
    this.inherited = inherited;
    for (Query.Locking clause : clauses) {
      for (QualifiedName name : clause.of()) {
        if (name.schema() != null) {
          throw BindErrors.syntax(
              clause(clause) + " must specify unqualified relation names", name.position());
        }
        unused.add(name);
      }
    }
  }

  /** Returns how a clause is written. */
  static String clause(Query.Locking locking) {
    return switch (locking.strength()) {
      case KEY_SHARE -> "FOR KEY SHARE";
      case SHARE -> "FOR SHARE";
      case NO_KEY_UPDATE -> "FOR NO KEY UPDATE";
      case UPDATE -> "FOR UPDATE";
    };
  }

  /** What an item of FROM is, for the messages. */
  enum Kind {
    TABLE,
    SUBQUERY,
    FUNCTION,
    CTE,
    OTHER
  }

  /** Returns the strongest lock that is asked for an item of FROM, or none. */
  List<LockRequest> requests(String alias, Kind kind) {
    List<LockRequest> result = new ArrayList<>(inherited);
    for (Query.Locking clause : clauses) {
      boolean isNamed = false;
      for (QualifiedName name : clause.of()) {
        if (name.name().equals(alias)) {
          isNamed = true;
          unused.remove(name);
          checkKind(clause, name, kind);
        }
      }
      if (isNamed || clause.of().isEmpty()) {
        result.add(request(clause));
      }
    }
    return strongest(result);
  }

  private static void checkKind(Query.Locking clause, QualifiedName name, Kind kind) {
    String what =
        switch (kind) {
          case TABLE, SUBQUERY -> null;
          case FUNCTION -> "a function";
          case CTE -> "a WITH query";
          case OTHER -> "such an item";
        };
    if (what != null) {
      throw BindErrors.notSupported(
          clause(clause) + " cannot be applied to " + what, name.position());
    }
  }

  private static LockRequest request(Query.Locking clause) {
    RowLockMode mode =
        switch (clause.strength()) {
          case KEY_SHARE -> RowLockMode.KEY_SHARE;
          case SHARE -> RowLockMode.SHARE;
          case NO_KEY_UPDATE -> RowLockMode.NO_KEY_UPDATE;
          case UPDATE -> RowLockMode.UPDATE;
        };
    WaitPolicy policy =
        switch (clause.lockWait()) {
          case BLOCK -> WaitPolicy.WAIT;
          case SKIP_LOCKED -> WaitPolicy.SKIP;
          case NOWAIT -> WaitPolicy.ERROR;
        };
    return new LockRequest(mode, policy);
  }

  /** Merges requests: the strongest mode, and NOWAIT before SKIP LOCKED before waiting. */
  private static List<LockRequest> strongest(List<LockRequest> requests) {
    if (requests.size() < 2) {
      return requests;
    }
    RowLockMode mode = requests.get(0).mode();
    WaitPolicy policy = requests.get(0).policy();
    for (LockRequest request : requests) {
      mode = request.mode().compareTo(mode) > 0 ? request.mode() : mode;
      policy = request.policy().compareTo(policy) > 0 ? request.policy() : policy;
    }
    return List.of(new LockRequest(mode, policy));
  }

  /** Checks that rows of this query can be locked, and that all names were found. */
  void check(QueryBody.Select select, QueryLevel at) {
    if (clauses.isEmpty() && inherited.isEmpty()) {
      return;
    }
    String clause = clauses.isEmpty() ? null : clause(clauses.get(0));
    String obstacle = obstacle(select, at);
    if (obstacle != null) {
      throw BindErrors.notSupported(
          (clause == null ? lockName(inherited.get(0)) : clause)
              + " is not allowed with "
              + obstacle,
          -1);
    }
    for (RangeEntry entry : at.lockedEntries()) {
      if (entry.isNullable()) {
        throw BindErrors.notSupported(
            (clause == null ? lockName(inherited.get(0)) : clause)
                + " cannot be applied to the nullable side of an outer join",
            -1);
      }
    }
    for (Query.Locking locking : clauses) {
      for (QualifiedName name : locking.of()) {
        if (unused.contains(name)) {
          throw missing(locking, name);
        }
      }
    }
  }

  private static String lockName(LockRequest request) {
    return switch (request.mode()) {
      case KEY_SHARE -> "FOR KEY SHARE";
      case SHARE -> "FOR SHARE";
      case NO_KEY_UPDATE -> "FOR NO KEY UPDATE";
      case UPDATE -> "FOR UPDATE";
    };
  }

  private static String obstacle(QueryBody.Select select, QueryLevel at) {
    if (select.distinct() != null) {
      return "DISTINCT clause";
    }
    if (select.groupBy() != null) {
      return "GROUP BY clause";
    }
    if (select.having() != null) {
      return "HAVING clause";
    }
    if (at.hasAggregates()) {
      return "aggregate functions";
    }
    if (!at.windows().isEmpty()) {
      return "window functions";
    }
    return at.sets().isEmpty() ? null : "set-returning functions in the target list";
  }

  private SqlException missing(Query.Locking locking, QualifiedName name) {
    boolean isJoin =
        level.range().stream().anyMatch(e -> e.isJoin() && name.name().equals(e.name()));
    if (isJoin) {
      return BindErrors.notSupported(
          clause(locking) + " cannot be applied to a join", name.position());
    }
    return BindErrors.undefinedTable(
        "relation \"%s\" in %s clause not found in FROM clause"
            .formatted(name.name(), clause(locking)),
        name.position());
  }
}
