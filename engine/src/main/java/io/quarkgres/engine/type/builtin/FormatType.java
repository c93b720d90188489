package io.quarkgres.engine.type.builtin;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;

/**
 * Writes types as {@code format_type} does: {@code numeric(10,2)}, {@code integer[]}. Thread: any.
 */
public final class FormatType {
  private FormatType() {}

  /** Returns a type's name without regard to a modifier, as {@code format_type(oid, NULL)} does. */
  public static String format(SqlType type) {
    return type.info().sqlName();
  }

  /** Returns a type with a modifier, where -1 says that there is none. */
  public static String format(SqlType type, int typmod) {
    if (type instanceof ArrayType array && array.info().name().startsWith("_")) {
      return format(array.element(), typmod) + "[]";
    }
    if (typmod < 0) {
      return switch (type.oid()) {
        // the SQL names would stand for a length of 1
        case Oids.BIT -> "\"bit\"";
        case Oids.BPCHAR -> "bpchar";
        default -> type.info().sqlName();
      };
    }
    return base(type) + type.typmodOut(typmod);
  }

  /** The name before the modifier: what follows "time" and "timestamp" belongs behind it. */
  private static String base(SqlType type) {
    return switch (type.oid()) {
      case Oids.TIME, Oids.TIMETZ -> "time";
      case Oids.TIMESTAMP, Oids.TIMESTAMPTZ -> "timestamp";
      default -> type.info().sqlName();
    };
  }
}
