package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.Constant;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Parses literals of unknown type as values of the type that the context asks for. A literal whose
 * meaning depends on settings or on the time ({@code 'now'}, {@code '1/2/2000'}) is only checked,
 * and parsed anew at each execution, because a bound statement serves many sessions. Used by one
 * thread.
 */
final class LiteralParser {
  private static final Pattern FIXED_DATE = Pattern.compile("\\s*\\d{4,}-\\d\\d?-\\d\\d?\\s*");
  private static final Pattern FIXED_TIMESTAMP =
      Pattern.compile("\\s*\\d{4,}-\\d\\d?-\\d\\d?([ T]\\d\\d?:\\d\\d(:\\d\\d(\\.\\d+)?)?)?\\s*");
  private static final Pattern FIXED_INSTANT =
      Pattern.compile(
          "\\s*\\d{4,}-\\d\\d?-\\d\\d?[ T]\\d\\d?:\\d\\d(:\\d\\d(\\.\\d+)?)?"
              + "\\s*([zZ]|[+-]\\d\\d(:?\\d\\d)?)\\s*");
  private static final Pattern FIXED_TIME =
      Pattern.compile("\\s*\\d\\d?:\\d\\d(:\\d\\d(\\.\\d+)?)?\\s*");

  private final BindState state;

  LiteralParser(BindState state) {
    this.state = state;
  }

  /** Returns the literal as a value of a type, or what computes it. */
  BoundExpr parse(Constant literal, SqlType target, int typmod) {
    if (literal.isNull() && (target.info().kind() != 'p' || target.oid() == Oids.RECORD)) {
      return Constants.ofNull(target, SqlType.NO_TYPMOD);
    }
    String text = literal.isNull() ? "" : Constants.text(literal);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ColumnBuilder builder = ColumnBuilder.of(target.layout(), 1);
    try {
      target.parse(bytes, 0, bytes.length, typmod, builder, state.lookup().context().types());
    } catch (SqlException e) {
      throw e.position() == SqlException.NO_POSITION ? e.withPosition(state.position(literal)) : e;
    }
    if (literal.isNull()) {
      return Constants.ofNull(target, SqlType.NO_TYPMOD);
    }
    if (!isFixed(text, target)) {
      Constant source = Constants.of(text, state.type(Oids.TEXT));
      return new BoundExpr.CastByText(source, target, typmod);
    }
    return new Constant(target, typmod, builder.build());
  }

  private boolean isFixed(String text, SqlType target) {
    return switch (target.oid()) {
      case Oids.DATE -> FIXED_DATE.matcher(text).matches();
      case Oids.TIMESTAMP -> FIXED_TIMESTAMP.matcher(text).matches();
      case Oids.TIMESTAMPTZ -> FIXED_INSTANT.matcher(text).matches();
      case Oids.TIME -> FIXED_TIME.matcher(text).matches();
      case Oids.INTERVAL -> text.indexOf('-') < 0;
      case Oids.TIMETZ, Oids.MONEY -> false;
      default -> {
        int element = state.rules().element(target.oid());
        SqlType whole = element == 0 ? target : state.type(element);
        yield !(whole instanceof CompositeType) && (element == 0 || !dependsOnSettings(element));
      }
    };
  }

  private static boolean dependsOnSettings(int oid) {
    return switch (oid) {
      case Oids.DATE,
          Oids.TIMESTAMP,
          Oids.TIMESTAMPTZ,
          Oids.TIME,
          Oids.TIMETZ,
          Oids.INTERVAL,
          Oids.MONEY ->
          true;
      default -> false;
    };
  }
}
