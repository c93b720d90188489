package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import java.util.List;

/** Chooses one type for several expressions (manual, section 10.5). Thread: any. */
final class CommonType {
  private CommonType() {}

  /**
   * Chooses the type; raises 42804 when the expressions are of different categories.
   *
   * @param construct how messages call the construct, such as {@code CASE}; {@code null} to get
   *     {@code null} instead of an error
   */
  static SqlType of(BindState state, List<BoundExpr> expressions, String construct) {
    SqlType chosen = expressions.get(0).type();
    if (expressions.stream().allMatch(e -> e.type().oid() == expressions.get(0).type().oid())) {
      return chosen.oid() == Oids.UNKNOWN ? state.type(Oids.TEXT) : chosen;
    }
    chosen = chosen.base();
    for (BoundExpr expr : expressions.subList(1, expressions.size())) {
      SqlType next = expr.type().base();
      if (next.oid() == chosen.oid() || next.oid() == Oids.UNKNOWN) {
        continue;
      }
      if (chosen.oid() == Oids.UNKNOWN) {
        chosen = next;
      } else if (next.info().category() != chosen.info().category()) {
        if (construct == null) {
          return null;
        }
        throw BindErrors.mismatch(
            "%s types %s and %s cannot be matched"
                .formatted(
                    construct,
                    state.rules().format(chosen.oid()),
                    state.rules().format(next.oid())),
            state.position(expr));
      } else if (!chosen.info().preferred()
          && state.coercions().canCoerce(chosen.oid(), next.oid(), Context.IMPLICIT)
          && !state.coercions().canCoerce(next.oid(), chosen.oid(), Context.IMPLICIT)) {
        chosen = next;
      }
    }
    return chosen.oid() == Oids.UNKNOWN ? state.type(Oids.TEXT) : chosen;
  }

  /** Returns the modifier that all expressions of the chosen type share, -1 if they do not. */
  static int typmod(List<BoundExpr> expressions, SqlType chosen) {
    int result = SqlType.NO_TYPMOD;
    for (int i = 0; i < expressions.size(); i++) {
      BoundExpr expr = expressions.get(i);
      if (expr.type().oid() != chosen.oid()) {
        return SqlType.NO_TYPMOD;
      }
      if (i == 0) {
        result = expr.typmod();
      } else if (expr.typmod() != result) {
        return SqlType.NO_TYPMOD;
      }
    }
    return result;
  }
}
