package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.OperatorName;
import io.quarkgres.engine.bind.FromBinder.Bound;
import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Binds one join: its condition, merged columns and alias. Used by one thread. */
final class JoinBinder {
  private final FromBinder from;
  private final BindState state;
  private final QueryLevel level;
  private final FromItem.Join join;
  private final Bound left;
  private final Bound right;

  JoinBinder(FromBinder from, FromItem.Join join, Bound left, Bound right) {
    this.from = from;
    this.state = from.state();
    this.level = from.level();
    this.join = join;
    this.left = left;
    this.right = right;
  }

  Bound bind() {
    List<RangeEntry.Column> lefts = columns(left.scope());
    List<RangeEntry.Column> rights = columns(right.scope());
    List<String> using = join.isNatural() ? common(lefts, rights) : join.using();
    List<RangeEntry.Column> merged = new ArrayList<>();
    BoundExpr condition = null;
    if (!using.isEmpty()) {
      condition = merge(using, lefts, rights, merged);
    } else if (join.on() != null) {
      condition = on();
    }
    List<RangeEntry.Column> all = new ArrayList<>(merged);
    addOthers(lefts, using, all);
    addOthers(rights, using, all);
    BoundExpr written = using.isEmpty() ? condition : null;
    Relation relation = from.join(kind(), left.relation(), right.relation(), condition);
    List<ScopeItem> scope = scope(all, merged);
    state.trace().join(join, () -> trace(written, merged, scope));
    return new Bound(relation, scope);
  }

  private static BindTrace.Join trace(
      BoundExpr condition, List<RangeEntry.Column> merged, List<ScopeItem> scope) {
    for (ScopeItem item : scope) {
      if (item.showsColumns()) {
        return new BindTrace.Join(
            condition, BindTrace.columns(merged), BindTrace.columns(item.entry().columns()));
      }
    }
    throw new IllegalStateException("a join shows its columns");
  }

  private Relation.JoinKind kind() {
    return switch (join.type()) {
      case INNER -> Relation.JoinKind.INNER;
      case LEFT -> Relation.JoinKind.LEFT;
      case RIGHT -> Relation.JoinKind.RIGHT;
      case FULL -> Relation.JoinKind.FULL;
    };
  }

  private static List<RangeEntry.Column> columns(List<ScopeItem> scope) {
    List<RangeEntry.Column> result = new ArrayList<>();
    for (ScopeItem item : scope) {
      if (item.showsColumns()) {
        result.addAll(item.entry().columns());
      }
    }
    return result;
  }

  private static List<String> common(
      List<RangeEntry.Column> lefts, List<RangeEntry.Column> rights) {
    Set<String> names = new HashSet<>();
    rights.forEach(c -> names.add(c.name()));
    List<String> result = new ArrayList<>();
    for (RangeEntry.Column column : lefts) {
      if (names.contains(column.name())) {
        result.add(column.name());
      }
    }
    return result;
  }

  private BoundExpr merge(
      List<String> using,
      List<RangeEntry.Column> lefts,
      List<RangeEntry.Column> rights,
      List<RangeEntry.Column> merged) {
    List<BoundExpr> conditions = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : using) {
      if (!seen.add(name)) {
        throw new SqlException(
            SqlState.DUPLICATE_COLUMN,
            "column name \"" + name + "\" appears more than once in USING clause");
      }
      BoundExpr l = find(name, lefts, "left");
      BoundExpr r = find(name, rights, "right");
      state.uses().read(l);
      state.uses().read(r);
      merged.add(new RangeEntry.Column(name, mergedColumn(l, r)));
      BoundExpr equal = from.expressions().operators().call(OperatorName.of("="), l, r, -1);
      conditions.add(state.coercer().toBoolean(equal, "JOIN/USING", -1));
    }
    return from.expressions().operators().allOf(conditions);
  }

  private static BoundExpr find(String name, List<RangeEntry.Column> columns, String side) {
    BoundExpr found = null;
    for (RangeEntry.Column column : columns) {
      if (column.name().equals(name)) {
        if (found != null) {
          throw new SqlException(
              SqlState.AMBIGUOUS_COLUMN,
              "common column name \"" + name + "\" appears more than once in " + side + " table");
        }
        found = column.expr();
      }
    }
    if (found == null) {
      throw BindErrors.undefinedColumn(
          "column \"%s\" specified in USING clause does not exist in %s table"
              .formatted(name, side),
          -1);
    }
    return found;
  }

  private BoundExpr mergedColumn(BoundExpr l, BoundExpr r) {
    SqlType type = CommonType.of(state, List.of(l, r), "JOIN/USING");
    BoundExpr castLeft = state.coercer().toCommon(l, type, "JOIN/USING");
    BoundExpr castRight = state.coercer().toCommon(r, type, "JOIN/USING");
    return switch (join.type()) {
      case INNER -> castLeft == l || castRight != r ? castLeft : castRight;
      case LEFT -> castLeft;
      case RIGHT -> castRight;
      case FULL -> {
        List<BoundExpr> both = List.of(castLeft, castRight);
        yield new BoundExpr.Coalesce(both, type, CommonType.typmod(both, type));
      }
    };
  }

  private static void addOthers(
      List<RangeEntry.Column> columns, List<String> using, List<RangeEntry.Column> out) {
    for (RangeEntry.Column column : columns) {
      if (!using.contains(column.name())) {
        out.add(column);
      }
    }
  }

  /** Binds ON, which sees the two sides only. */
  private BoundExpr on() {
    List<ScopeItem> before = level.scope();
    List<ScopeItem> both = new ArrayList<>();
    left.scope().forEach(s -> both.add(s.asPlain()));
    right.scope().forEach(s -> both.add(s.asPlain()));
    level.setScope(both);
    BoundExpr condition = from.expressions().condition(join.on(), Clause.JOIN_ON, "JOIN/ON");
    level.setScope(before);
    return condition;
  }

  private List<ScopeItem> scope(List<RangeEntry.Column> all, List<RangeEntry.Column> merged) {
    List<ScopeItem> result = new ArrayList<>();
    String name = join.alias() == null ? null : join.alias().name();
    RangeEntry entry = new RangeEntry(name, null, all, -1, null, true, false);
    addNamesOf(left.scope(), result);
    addNamesOf(right.scope(), result);
    if (join.usingAlias() != null) {
      addUsingAlias(merged, result);
    }
    if (join.alias() != null) {
      // an alias hides all names of the join, that of its merged columns too
      result.clear();
      entry = entry.renamed(name, join.alias().columns(), -1);
    }
    level.range().add(entry);
    result.add(ScopeItem.of(entry, name != null));
    return result;
  }

  private void addUsingAlias(List<RangeEntry.Column> merged, List<ScopeItem> scope) {
    RangeEntry entry =
        new RangeEntry(join.usingAlias().name(), null, merged, -1, null, true, false);
    ScopeItem item = ScopeItem.byNameOnly(entry);
    FromBinder.checkConflicts(scope, List.of(item));
    scope.add(item);
  }

  private static void addNamesOf(List<ScopeItem> scope, List<ScopeItem> out) {
    for (ScopeItem item : scope) {
      if (item.showsName()) {
        out.add(ScopeItem.byNameOnly(item.entry()));
      }
    }
  }
}
