package io.quarkgres.engine.ddl;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Set;

/**
 * Tells whether an expression gives the same for the same values at any time and with any settings,
 * which is asked of index keys and of generated columns. Thread: any.
 */
public final class Immutability {
  /** {@code anytextcat} and {@code textanycat}, which depend on how the other side is printed. */
  private static final Set<Integer> TEXT_CONCATENATIONS = Set.of(2003, 2004);

  /** Types without an element that are printed as settings or names in the catalog say. */
  private static final Set<String> PRINTED_BY_SETTINGS =
      Set.of("date", "timestamp", "timestamptz", "interval", "money", "aclitem");

  /** Types that are read as settings say or by the time it is, though printed always alike. */
  private static final Set<String> READ_BY_SETTINGS = Set.of("time", "timetz", "xml");

  private Immutability() {}

  /** Raises 42P17 with a message for an expression that may change. */
  public static void require(BoundExpr expression, String message) {
    Expressions.walk(
        expression,
        e -> {
          if (mayChange(e)) {
            throw new SqlException(SqlState.INVALID_OBJECT_DEFINITION, message);
          }
        });
  }

  private static boolean mayChange(BoundExpr e) {
    if (e instanceof BoundExpr.CastByText cast) {
      return !isPrintedAlike(cast.operand().type()) || !isReadAlike(cast.type());
    }
    if (!(e instanceof BoundExpr.FunctionCall call)) {
      return false;
    }
    FunctionDef function = call.call().function();
    if (TEXT_CONCATENATIONS.contains(function.oid())) {
      return !call.arguments().stream().allMatch(argument -> isPrintedAlike(argument.type()));
    }
    return function.volatility() != Volatility.IMMUTABLE;
  }

  private static boolean isPrintedAlike(SqlType declared) {
    SqlType type = declared.base();
    boolean isPlain = type.info().kind() == 'b' && type.info().category() != 'A';
    return isPlain && !type.name().startsWith("reg") && !PRINTED_BY_SETTINGS.contains(type.name());
  }

  private static boolean isReadAlike(SqlType type) {
    return !(type instanceof DomainType)
        && isPrintedAlike(type)
        && !READ_BY_SETTINGS.contains(type.name());
  }
}
