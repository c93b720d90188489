package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The collations that columns and domains may be given. Thread: any. */
public final class ColumnCollations {
  /** The oid of collation {@code default}. */
  private static final int DEFAULT_COLLATION = 100;

  /** The oid of collation {@code C}. */
  private static final int C_COLLATION = 950;

  private ColumnCollations() {}

  /** Returns the oid of a collation as written, or of the type's own. */
  public static int of(QualifiedName written, SqlType type) {
    boolean isCollatable = type.info().category() == 'S' || isTextArray(type);
    if (written == null && type instanceof DomainType domain) {
      return domain.collation();
    }
    if (written == null) {
      if (!isCollatable) {
        return 0;
      }
      return type.oid() == Oids.NAME ? C_COLLATION : DEFAULT_COLLATION;
    }
    if (!isCollatable) {
      throw new SqlException(
          SqlState.DATATYPE_MISMATCH,
          "collations are not supported by type " + type.info().sqlName(),
          written.position());
    }
    return switch (written.name()) {
      case "default" -> DEFAULT_COLLATION;
      case "C" -> C_COLLATION;
      case "POSIX" -> 951;
      case "ucs_basic" -> 12_669;
      default ->
          throw new SqlException(
              SqlState.UNDEFINED_OBJECT,
              "collation \"" + written + "\" for encoding \"UTF8\" does not exist",
              written.position());
    };
  }

  private static boolean isTextArray(SqlType type) {
    return type instanceof ArrayType array && array.element().info().category() == 'S';
  }
}
