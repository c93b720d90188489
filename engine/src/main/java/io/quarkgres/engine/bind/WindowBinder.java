package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.WindowSpecification;
import io.quarkgres.engine.bind.QueryLevel.PendingWindow;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.Frame;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.bind.tree.Relation.WindowCall;
import io.quarkgres.engine.bind.tree.Replacement;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Binds window definitions and makes the Window operators, one for each different window. Used by
 * one thread.
 */
final class WindowBinder {
  private final ExpressionBinder expressions;
  private final BindState state;
  private final QueryLevel level;
  private final List<BoundWindow> windows = new ArrayList<>();
  private List<WindowCall> calls = new ArrayList<>();

  WindowBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
    this.level = expressions.level();
  }

  /** A bound window definition. */
  private record BoundWindow(
      String name,
      List<BoundExpr> partitionBy,
      List<SortKey> orderBy,
      Frame frame,
      boolean hasWrittenFrame) {}

  /** Binds the named windows and those given in place, in this order. */
  void bindDefinitions() {
    for (WindowDefinition definition : level.windowDefinitions()) {
      windows.add(bind(definition));
    }
    for (PendingWindow pending : level.windows()) {
      calls.add(pending.call());
    }
  }

  private BoundWindow bind(WindowDefinition definition) {
    WindowSpecification specification = definition.specification();
    BoundWindow base = specification.base() == null ? null : base(definition);
    List<BoundExpr> partitionBy = new ArrayList<>();
    for (Expression expression : specification.partitionBy()) {
      BoundExpr bound = expressions.bind(expression, Clause.WINDOW_PARTITION);
      checkNoSets(bound);
      partitionBy.add(checkEquality(state.coercer().resolveUnknown(bound)));
    }
    List<SortKey> orderBy = new ArrayList<>();
    for (OrderItem item : specification.orderBy()) {
      BoundExpr bound = expressions.bind(item.expression(), Clause.WINDOW_ORDER);
      checkNoSets(bound);
      orderBy.add(new SortBinder(expressions).key(bound, item));
    }
    if (base != null) {
      partitionBy = inheritedPartition(base, partitionBy, specification);
      orderBy = inheritedOrder(base, orderBy, specification);
    }
    Frame frame = new FrameBinder(expressions).bind(specification, orderBy);
    state
        .trace()
        .window(
            specification,
            new BindTrace.Window(List.copyOf(partitionBy), List.copyOf(orderBy), frame));
    return new BoundWindow(
        definition.name(),
        List.copyOf(partitionBy),
        List.copyOf(orderBy),
        frame,
        specification.frame() != null);
  }

  private BoundExpr checkEquality(BoundExpr expr) {
    if (!expr.type().hasEquality()) {
      throw state.lookup().operators().noEquality(expr.type().oid(), state.position(expr));
    }
    return expr;
  }

  private void checkNoSets(BoundExpr expr) {
    Expressions.walk(
        expr,
        e -> {
          if (e instanceof ColumnRef ref && level.isSetRelation(ref.relation())) {
            throw BindErrors.notBuilt(
                "a set-returning function in a window definition", state.position(e));
          }
        });
  }

  private BoundWindow base(WindowDefinition definition) {
    String name = definition.specification().base();
    for (BoundWindow window : windows) {
      if (name.equals(window.name())) {
        return window;
      }
    }
    throw BindErrors.undefinedObject(
        "window \"" + name + "\" does not exist", definition.specification().position());
  }

  private static List<BoundExpr> inheritedPartition(
      BoundWindow base, List<BoundExpr> own, WindowSpecification specification) {
    if (!own.isEmpty()) {
      throw BindErrors.windowing(
          "cannot override PARTITION BY clause of window \"" + base.name() + "\"",
          specification.position());
    }
    return base.partitionBy();
  }

  private static List<SortKey> inheritedOrder(
      BoundWindow base, List<SortKey> own, WindowSpecification specification) {
    if (!own.isEmpty() && !base.orderBy().isEmpty()) {
      throw BindErrors.windowing(
          "cannot override ORDER BY clause of window \"" + base.name() + "\"",
          specification.position());
    }
    if (base.hasWrittenFrame()) {
      boolean isBare = own.isEmpty() && specification.frame() == null;
      SqlException error =
          BindErrors.windowing(
              "cannot copy window \"" + base.name() + "\" because it has a frame clause",
              specification.position());
      throw isBare ? error.withHint("Omit the parentheses in this OVER clause.") : error;
    }
    return own.isEmpty() ? base.orderBy() : own;
  }

  /** Visits every expression of the windows that are used. */
  void forEachExpression(Consumer<BoundExpr> visitor) {
    rewrite(e -> {
      visitor.accept(e);
      return e;
    });
  }

  /** Rewrites every expression of the windows. */
  void rewrite(UnaryOperator<BoundExpr> f) {
    for (int i = 0; i < windows.size(); i++) {
      if (isUsed(i)) {
        windows.set(i, rewritten(windows.get(i), f));
      }
    }
    List<WindowCall> rewritten = new ArrayList<>();
    for (WindowCall call : calls) {
      rewritten.add(
          new WindowCall(
              call.call(),
              Expressions.map(call.arguments(), f),
              call.filter() == null ? null : f.apply(call.filter())));
    }
    calls = rewritten;
  }

  private boolean isUsed(int definition) {
    return level.windows().stream().anyMatch(w -> w.definition() == definition);
  }

  private static BoundWindow rewritten(BoundWindow window, UnaryOperator<BoundExpr> f) {
    List<SortKey> orderBy = new ArrayList<>();
    for (SortKey key : window.orderBy()) {
      orderBy.add(new SortKey(f.apply(key.expression()), key.isDescending(), key.nullsFirst()));
    }
    return new BoundWindow(
        window.name(),
        Expressions.map(window.partitionBy(), f),
        orderBy,
        window.frame(),
        window.hasWrittenFrame());
  }

  /** Puts the Window operators on a relation and lets the columns above refer to them. */
  Relation build(Relation input, List<BoundExpr> columns, SetCalls sets) {
    if (calls.isEmpty()) {
      return input;
    }
    ColumnRef[] computed = new ColumnRef[calls.size()];
    Relation result = input;
    boolean[] isDone = new boolean[calls.size()];
    for (int i = 0; i < calls.size(); i++) {
      if (!isDone[i]) {
        BoundWindow window = windows.get(level.windows().get(i).definition());
        List<Integer> together = new ArrayList<>();
        for (int j = i; j < calls.size(); j++) {
          if (!isDone[j] && same(window, windows.get(level.windows().get(j).definition()))) {
            together.add(j);
            isDone[j] = true;
          }
        }
        result = operator(result, window, together, computed);
      }
    }
    UnaryOperator<BoundExpr> replace =
        expr ->
            Replacement.deep(
                expr,
                e ->
                    e instanceof ColumnRef ref && level.isWindowRelation(ref.relation())
                        ? computed[ref.column()]
                        : null);
    columns.replaceAll(replace);
    sets.rewriteArguments(replace);
    return result;
  }

  private Relation operator(
      Relation input, BoundWindow window, List<Integer> together, ColumnRef[] computed) {
    int relation = level.newRelation();
    List<OutputColumn> outputs = new ArrayList<>(input.outputs());
    List<WindowCall> own = new ArrayList<>();
    for (int i : together) {
      WindowCall call = calls.get(i);
      OutputColumn output =
          new OutputColumn(
              relation, own.size(), call.call().function().name(), call.call().returnType(), -1);
      computed[i] = output.ref();
      outputs.add(output);
      own.add(call);
    }
    return new Relation.Window(
        relation,
        input,
        window.partitionBy(),
        window.orderBy(),
        window.frame(),
        List.copyOf(own),
        List.copyOf(outputs));
  }

  private static boolean same(BoundWindow a, BoundWindow b) {
    return a == b
        || Equivalence.same(a.partitionBy(), b.partitionBy())
            && Equivalence.sameKeys(a.orderBy(), b.orderBy())
            && sameFrame(a.frame(), b.frame());
  }

  private static boolean sameFrame(Frame a, Frame b) {
    return a.mode() == b.mode()
        && a.start() == b.start()
        && a.end() == b.end()
        && a.exclusion() == b.exclusion()
        && Equivalence.same(a.startOffset(), b.startOffset())
        && Equivalence.same(a.endOffset(), b.endOffset());
  }
}
