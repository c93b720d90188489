package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.GroupingElement;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** Expands GROUP BY elements into grouping sets (manual, section 7.2.4). Used by one thread. */
final class GroupingSets {
  private static final int SETS_MAX = 4096;
  private static final int CUBE_MAX = 12;

  private final ToIntFunction<Expression> keys;

  /**
   * Makes an expander.
   *
   * @param keys binds a grouping expression and returns the number of its key
   */
  GroupingSets(ToIntFunction<Expression> keys) {
    this.keys = keys;
  }

  /** Returns for each grouping set the numbers of its keys, in order. */
  List<List<Integer>> expand(QueryBody.GroupBy groupBy) {
    List<Set<Integer>> result = new ArrayList<>(List.of(new LinkedHashSet<>()));
    for (GroupingElement element : groupBy.elements()) {
      List<Set<Integer>> factors = expand(element, groupBy.position());
      if ((long) result.size() * factors.size() > SETS_MAX) {
        throw new SqlException(
            SqlState.STATEMENT_TOO_COMPLEX,
            "too many grouping sets present (maximum " + SETS_MAX + ")",
            groupBy.position());
      }
      List<Set<Integer>> product = new ArrayList<>();
      for (Set<Integer> left : result) {
        for (Set<Integer> right : factors) {
          Set<Integer> union = new LinkedHashSet<>(left);
          union.addAll(right);
          product.add(union);
        }
      }
      result = product;
    }
    if (groupBy.isDistinct()) {
      Set<Set<Integer>> seen = new LinkedHashSet<>();
      result.removeIf(set -> !seen.add(new TreeSet<>(set)));
    }
    List<List<Integer>> sets = new ArrayList<>();
    result.forEach(set -> sets.add(List.copyOf(new TreeSet<>(set))));
    return List.copyOf(sets);
  }

  private List<Set<Integer>> expand(GroupingElement element, int position) {
    return switch (element) {
      case GroupingElement.Simple e -> List.of(step(e.expression()));
      case GroupingElement.Empty e -> List.of(Set.of());
      case GroupingElement.Rollup e -> rollup(e);
      case GroupingElement.Cube e -> cube(e);
      case GroupingElement.Sets e -> {
        List<Set<Integer>> result = new ArrayList<>();
        for (GroupingElement inner : e.elements()) {
          result.addAll(expand(inner, position));
        }
        yield result;
      }
    };
  }

  /** Returns the keys of an expression: a row constructor without ROW is several. */
  private Set<Integer> step(Expression expression) {
    Set<Integer> result = new LinkedHashSet<>();
    if (expression instanceof Expression.RowConstructor row && !row.isExplicit()) {
      for (Expression field : row.fields()) {
        result.addAll(step(field));
      }
    } else {
      result.add(keys.applyAsInt(expression));
    }
    return result;
  }

  private List<Set<Integer>> steps(List<Expression> expressions) {
    List<Set<Integer>> result = new ArrayList<>();
    for (Expression expression : expressions) {
      result.add(step(expression));
    }
    return result;
  }

  private List<Set<Integer>> rollup(GroupingElement.Rollup rollup) {
    List<Set<Integer>> steps = steps(rollup.expressions());
    List<Set<Integer>> result = new ArrayList<>();
    for (int length = steps.size(); length >= 0; length--) {
      Set<Integer> set = new LinkedHashSet<>();
      steps.subList(0, length).forEach(set::addAll);
      result.add(set);
    }
    return result;
  }

  private List<Set<Integer>> cube(GroupingElement.Cube cube) {
    if (cube.expressions().size() > CUBE_MAX) {
      throw new SqlException(
          SqlState.TOO_MANY_COLUMNS, "CUBE is limited to 12 elements", cube.position());
    }
    List<Set<Integer>> steps = steps(cube.expressions());
    List<Set<Integer>> result = new ArrayList<>();
    for (int mask = (1 << steps.size()) - 1; mask >= 0; mask--) {
      Set<Integer> set = new LinkedHashSet<>();
      for (int i = 0; i < steps.size(); i++) {
        if ((mask >> (steps.size() - 1 - i) & 1) != 0) {
          set.addAll(steps.get(i));
        }
      }
      result.add(set);
    }
    return result;
  }
}
