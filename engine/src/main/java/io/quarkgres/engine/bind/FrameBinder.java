package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.WindowSpecification;
import io.quarkgres.engine.bind.lookup.Calls;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation.Frame;
import io.quarkgres.engine.bind.tree.Relation.FrameBound;
import io.quarkgres.engine.bind.tree.Relation.FrameExclusion;
import io.quarkgres.engine.bind.tree.Relation.FrameMode;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Binds window frames. Used by one thread. */
final class FrameBinder {
  private static final Frame DEFAULT =
      new Frame(
          FrameMode.RANGE,
          FrameBound.UNBOUNDED_PRECEDING,
          null,
          FrameBound.CURRENT_ROW,
          null,
          FrameExclusion.NO_OTHERS,
          null,
          null);

  private final ExpressionBinder expressions;
  private final BindState state;

  FrameBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
  }

  /** An offset and, for RANGE, the function that compares with it. */
  private record Offset(BoundExpr expr, Call comparison) {
    static final Offset NONE = new Offset(null, null);
  }

  Frame bind(WindowSpecification specification, List<SortKey> orderBy) {
    WindowSpecification.Frame frame = specification.frame();
    if (frame == null) {
      return DEFAULT;
    }
    FrameMode mode =
        switch (frame.units()) {
          case ROWS -> FrameMode.ROWS;
          case RANGE -> FrameMode.RANGE;
          case GROUPS -> FrameMode.GROUPS;
        };
    boolean hasOffset = frame.start().offset() != null || frame.end().offset() != null;
    if (mode == FrameMode.RANGE && hasOffset && orderBy.size() != 1) {
      throw BindErrors.windowing(
          "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
          specification.position());
    }
    if (mode == FrameMode.GROUPS && orderBy.isEmpty()) {
      throw BindErrors.windowing(
          "GROUPS mode requires an ORDER BY clause", specification.position());
    }
    Offset start = offset(frame.start(), mode, orderBy);
    Offset end = offset(frame.end(), mode, orderBy);
    FrameExclusion exclusion =
        switch (frame.exclusion()) {
          case NO_OTHERS -> FrameExclusion.NO_OTHERS;
          case CURRENT_ROW -> FrameExclusion.CURRENT_ROW;
          case GROUP -> FrameExclusion.GROUP;
          case TIES -> FrameExclusion.TIES;
        };
    return new Frame(
        mode,
        bound(frame.start()),
        start.expr(),
        bound(frame.end()),
        end.expr(),
        exclusion,
        start.comparison(),
        end.comparison());
  }

  private static FrameBound bound(WindowSpecification.Bound bound) {
    return switch (bound.kind()) {
      case UNBOUNDED_PRECEDING -> FrameBound.UNBOUNDED_PRECEDING;
      case OFFSET_PRECEDING -> FrameBound.PRECEDING;
      case CURRENT_ROW -> FrameBound.CURRENT_ROW;
      case OFFSET_FOLLOWING -> FrameBound.FOLLOWING;
      case UNBOUNDED_FOLLOWING -> FrameBound.UNBOUNDED_FOLLOWING;
    };
  }

  private Offset offset(WindowSpecification.Bound bound, FrameMode mode, List<SortKey> orderBy) {
    if (bound.offset() == null) {
      return Offset.NONE;
    }
    return switch (mode) {
      case ROWS -> counted(bound, Clause.WINDOW_FRAME_ROWS, "ROWS");
      case GROUPS -> counted(bound, Clause.WINDOW_FRAME_GROUPS, "GROUPS");
      case RANGE -> ranged(bound, orderBy.get(0).expression());
    };
  }

  private Offset counted(WindowSpecification.Bound bound, Clause clause, String construct) {
    BoundExpr expr = expressions.bind(bound.offset(), clause);
    return new Offset(new LimitBinder(expressions).toCount(expr, construct), null);
  }

  private Offset ranged(WindowSpecification.Bound bound, BoundExpr key) {
    BoundExpr expr = expressions.bind(bound.offset(), Clause.WINDOW_FRAME_RANGE);
    new LimitBinder(expressions).checkConstant(expr, "RANGE");
    int keyType = key.type().oid() == Oids.VARCHAR ? Oids.TEXT : key.type().oid();
    List<FunctionDef> candidates = new ArrayList<>();
    for (FunctionDef function : state.functions().functions("in_range")) {
      if (function.argumentTypes().get(0) == keyType) {
        candidates.add(function);
      }
    }
    String keyName = state.rules().format(key.type().oid());
    if (candidates.isEmpty()) {
      throw BindErrors.notSupported(
          "RANGE with offset PRECEDING/FOLLOWING is not supported for column type " + keyName,
          state.position(expr));
    }
    FunctionDef function = choose(candidates, expr, keyType, keyName);
    SqlType offsetType = state.type(function.argumentTypes().get(2));
    BoundExpr offset =
        state.coercer().toTarget(expr, offsetType, SqlType.NO_TYPMOD, Context.IMPLICIT);
    SqlType comparedType = state.type(keyType);
    Call comparison =
        Calls.of(
            state.lookup(),
            function,
            List.of(comparedType, comparedType, offsetType, state.bool(), state.bool()),
            state.bool(),
            bound.position());
    return new Offset(offset, comparison);
  }

  private FunctionDef choose(
      List<FunctionDef> candidates, BoundExpr offset, int keyType, String keyName) {
    int type = offset.type().oid();
    List<FunctionDef> fitting = new ArrayList<>();
    for (FunctionDef candidate : candidates) {
      int offsetType = candidate.argumentTypes().get(2);
      if (offsetType == type || (type == Oids.UNKNOWN && offsetType == keyType)) {
        return candidate;
      }
      if (state.coercions().canCoerce(type, offsetType, Context.IMPLICIT)) {
        fitting.add(candidate);
      }
    }
    String message =
        "for column type " + keyName + " and offset type " + state.rules().format(type);
    if (fitting.isEmpty()) {
      throw BindErrors.notSupported(
              "RANGE with offset PRECEDING/FOLLOWING is not supported " + message,
              state.position(offset))
          .withHint("Cast the offset value to an appropriate type.");
    }
    if (fitting.size() > 1) {
      throw BindErrors.notSupported(
              "RANGE with offset PRECEDING/FOLLOWING has multiple interpretations " + message,
              state.position(offset))
          .withHint("Cast the offset value to the exact intended type.");
    }
    return fitting.get(0);
  }
}
