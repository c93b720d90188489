package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.join.ApplyOperator;
import io.quarkgres.engine.exec.join.HashJoinOperator;
import io.quarkgres.engine.exec.join.JoinSide;
import io.quarkgres.engine.exec.join.NestedLoopOperator;
import io.quarkgres.engine.exec.join.NullAwareAntiJoinOperator;
import io.quarkgres.engine.exec.join.PairJoinOperator;
import io.quarkgres.engine.exec.scan.NothingOperator;
import io.quarkgres.engine.exec.scan.SingleRowOperator;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.Invariant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Makes the operators of joins. Used by the thread that opens the execution. */
final class JoinBuilder {
  private final OperatorBuilder builder;
  private final Environment environment;
  private final ExecutionContext context;

  JoinBuilder(OperatorBuilder builder) {
    this.builder = builder;
    this.environment = builder.environment();
    this.context = builder.context();
  }

  private PairJoinOperator.JoinColumns joinColumns(
      Plan left, Plan right, List<OutputColumn> outputs, boolean hasCondition) {
    return new PairJoinOperator.JoinColumns(
        RowBuffer.layouts(left.outputs()),
        right.outputs().size(),
        positions(left, right, outputs),
        hasCondition);
  }

  private int[] positions(Plan left, Plan right, List<OutputColumn> outputs) {
    Scope both = Scope.ofPair(environment, left.outputs(), right.outputs());
    int[] result = new int[outputs.size()];
    for (int i = 0; i < result.length; i++) {
      OutputColumn output = outputs.get(i);
      result[i] = both.position(output.relation(), output.column());
      Invariant.check(result[i] >= 0, "a join yields columns of its inputs");
    }
    return result;
  }

  /**
   * Tells whether the left side is tried before the right side is read, which then may stay unread:
   * the left side gives its first rows soon, or is expected to be the smaller one.
   */
  private static boolean readsLeftFirst(Plan.JoinKind kind, Plan left, Plan right) {
    return switch (kind) {
      case INNER, LEFT, SEMI, ANTI -> isStreamed(left) || left.rows() <= right.rows();
      case RIGHT, FULL, NULL_AWARE_ANTI -> false;
    };
  }

  private static boolean isStreamed(Plan plan) {
    return switch (plan) {
      case Plan.Project p -> isStreamed(p.input());
      case Plan.Filter p -> isStreamed(p.input());
      case Plan.Nothing p -> true;
      case Plan.SingleRow p -> true;
      case Plan.TableScan p -> true;
      case Plan.IndexScan p -> true;
      case Plan.VirtualScan p -> true;
      case Plan.ValuesScan p -> true;
      case Plan.FunctionScan p -> true;
      case Plan.ProbedScan p -> false;
      case Plan.NearestScan p -> false;
      case Plan.InputScan p -> false;
      case Plan.ProjectSet p -> false;
      case Plan.HashJoin p -> false;
      case Plan.NestedLoop p -> false;
      case Plan.Apply p -> false;
      case Plan.HashAggregate p -> false;
      case Plan.Window p -> false;
      case Plan.Sort p -> false;
      case Plan.TopN p -> false;
      case Plan.Limit p -> false;
      case Plan.Distinct p -> false;
      case Plan.DistinctOn p -> false;
      case Plan.Append p -> false;
      case Plan.SetOperation p -> false;
      case Plan.With p -> false;
      case Plan.CteScan p -> false;
      case Plan.LockRows p -> false;
      case Plan.Modify p -> false;
    };
  }

  Operator hashJoin(Plan.HashJoin p) {
    Operator left = builder.build(p.left());
    long outerBefore = environment.outerUses();
    HashJoinOperator leader = builder.leader(p);
    Operator right = leader == null ? builder.build(p.right()) : new NothingOperator();
    Scope rightScope = builder.scope(p.right());
    Evaluator[] rightKeys =
        leader == null ? rightScope.compileAll(p.rightKeys()) : new Evaluator[0];
    boolean isRightFixed = environment.outerUses() == outerBefore;
    Evaluator[] leftKeys = builder.scope(p.left()).compileAll(p.leftKeys());
    SqlType[] keyTypes = new SqlType[leftKeys.length];
    for (int i = 0; i < keyTypes.length; i++) {
      keyTypes[i] = p.rightKeys().get(i).type();
    }
    if (p.kind() == Plan.JoinKind.NULL_AWARE_ANTI) {
      Invariant.check(
          p.residual() == null && keyTypes.length == 1, "NOT IN has one key and no residual");
      return nullAware(p, left, right, leftKeys[0], rightKeys[0], isRightFixed);
    }
    Scope both = Scope.ofPair(environment, p.left().outputs(), p.right().outputs());
    PairJoinOperator.JoinColumns columns =
        joinColumns(p.left(), p.right(), p.outputs(), p.residual() != null);
    Layout[] rightLayouts = RowBuffer.layouts(p.right().outputs());
    JoinSide leftSide =
        new JoinSide(
            RowBuffer.layouts(p.left().outputs()),
            columns.neededLeft(),
            leftKeys,
            keyLayouts(p.leftKeys()));
    JoinSide rightSide =
        leader != null
            ? null
            : new JoinSide(
                rightLayouts, columns.neededRight(), rightKeys, keyLayouts(p.rightKeys()));
    HashJoinOperator join =
        new HashJoinOperator(
            p.kind(),
            left,
            leader == null ? rightSide.keyed(right, context) : right,
            leader == null ? rightSide.layouts() : rightLayouts,
            leftKeys,
            leader == null ? rightSide.keys() : rightKeys,
            keyTypes,
            p.nullsMatch(),
            OperatorBuilder.compile(p.residual(), both),
            columns,
            readsLeftFirst(p.kind(), p.left(), p.right()),
            isRightFixed,
            leader,
            leader == null ? new HashJoinOperator.Spilling(leftSide, rightSide, 0) : null,
            builder.measure(p),
            context);
    builder.note(p, join);
    return join;
  }

  private Operator nullAware(
      Plan.HashJoin p,
      Operator left,
      Operator right,
      Evaluator leftKey,
      Evaluator rightKey,
      boolean isRightFixed) {
    return new NullAwareAntiJoinOperator(
        left,
        right,
        leftKey,
        rightKey,
        p.leftKeys().get(0).type(),
        p.rightKeys().get(0).type(),
        RowBuffer.layouts(p.left().outputs()),
        positions(p.left(), p.right(), p.outputs()),
        isRightFixed,
        context);
  }

  /** Makes a join of one row without columns, whose keys are outer columns, with a table. */
  HashJoinOperator probedScan(Plan.ProbedScan p) {
    Plan one = new Plan.SingleRow();
    Plan.TableScan table = p.fixed();
    SqlType[] keyTypes = new SqlType[p.scanKeys().size()];
    for (int i = 0; i < keyTypes.length; i++) {
      keyTypes[i] = p.scanKeys().get(i).type();
    }
    return new HashJoinOperator(
        Plan.JoinKind.INNER,
        new SingleRowOperator(),
        builder.tableScan(table),
        RowBuffer.layouts(table.outputs()),
        builder.scope(one).compileAll(p.outerKeys()),
        builder.scope(table).compileAll(p.scanKeys()),
        keyTypes,
        new boolean[keyTypes.length],
        builder.compile(p.residual(), table.outputs()),
        joinColumns(one, table, p.outputs(), p.residual() != null),
        false,
        true,
        null,
        null,
        null,
        context);
  }

  private static Layout[] keyLayouts(List<BoundExpr> keys) {
    return keys.stream().map(key -> key.type().layout()).toArray(Layout[]::new);
  }

  Operator nestedLoop(Plan.NestedLoop p) {
    Operator left = builder.build(p.left());
    long outerBefore = environment.outerUses();
    Operator right = builder.build(p.right());
    boolean isRightFixed = environment.outerUses() == outerBefore;
    Invariant.check(p.kind() != Plan.JoinKind.NULL_AWARE_ANTI, "NOT IN is no nested loop");
    Scope both = Scope.ofPair(environment, p.left().outputs(), p.right().outputs());
    BitSet rightSet = Expressions.relationsOf(p.right().outputs());
    List<BoundExpr> ofLeft = new ArrayList<>();
    List<BoundExpr> ofPair = new ArrayList<>();
    for (BoundExpr conjunct : Expressions.conjuncts(p.condition())) {
      boolean isOfPair =
          Expressions.relations(conjunct).intersects(rightSet) || Expressions.isVolatile(conjunct);
      (isOfPair ? ofPair : ofLeft).add(conjunct);
    }
    return new NestedLoopOperator(
        p.kind(),
        left,
        right,
        RowBuffer.layouts(p.right().outputs()),
        builder.compile(Expressions.and(ofLeft), p.left().outputs()),
        OperatorBuilder.compile(Expressions.and(ofPair), both),
        joinColumns(p.left(), p.right(), p.outputs(), !ofPair.isEmpty()),
        readsLeftFirst(p.kind(), p.left(), p.right()),
        isRightFixed,
        context);
  }

  Operator apply(Plan.Apply p) {
    Operator left = builder.build(p.left());
    Scope leftScope = builder.scope(p.left());
    List<OutputColumn> parameters = new ArrayList<>(p.parameters());
    // the condition is computed over the right's columns, the left's being outer ones
    for (OutputColumn column : p.left().outputs()) {
      boolean isThere =
          parameters.stream()
              .anyMatch(c -> c.relation() == column.relation() && c.column() == column.column());
      if (!isThere && p.condition() != null) {
        parameters.add(column);
      }
    }
    int[] columns = new int[parameters.size()];
    int[] slots = new int[columns.length];
    for (int i = 0; i < columns.length; i++) {
      OutputColumn parameter = parameters.get(i);
      columns[i] = leftScope.position(parameter.relation(), parameter.column());
      Invariant.check(columns[i] >= 0, "a parameter of an apply is a column of its left side");
      slots[i] = environment.outerSlot(parameter.relation(), parameter.column());
    }
    Operator right = builder.build(p.right());
    return new ApplyOperator(
        p.kind(),
        left,
        right,
        RowBuffer.layouts(p.right().outputs()),
        columns,
        slots,
        builder.compile(p.condition(), p.right().outputs()),
        positions(p.left(), p.right(), p.outputs()),
        p.left().outputs().size(),
        context);
  }
}
