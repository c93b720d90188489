package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.TypeRules;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import java.util.Map;
import java.util.Set;

/**
 * The collations there are: all of them order text by its bytes, so that COLLATE changes nothing
 * but has to name one of them. Thread: any.
 */
final class Collations {
  private static final Set<String> NAMES =
      Set.of("default", "C", "POSIX", "ucs_basic", "C.UTF-8", "C.utf8");

  /** {@code pg_collation_for}, which {@code COLLATION FOR (...)} calls. */
  static final int COLLATION_FOR = 3162;

  /** The names of the collations that columns may have, by oid; 0 is that of the type. */
  private static final Map<Integer, String> BY_OID =
      Map.of(0, "default", 100, "default", 950, "C", 951, "POSIX");

  private Collations() {}

  /** Raises 42704 for a collation that does not exist. */
  static void check(BindState state, QualifiedName name, int position) {
    boolean isSystem = name.schema() == null || name.schema().equals("pg_catalog");
    if (!isSystem || !NAMES.contains(name.name())) {
      throw BindErrors.undefinedObject(
          "collation \"%s\" for encoding \"UTF8\" does not exist".formatted(name), position);
    }
  }

  /**
   * Returns the quoted name of the collation of an expression. Derivation through functions and
   * operators is not built: COLLATE, a column, a literal and a cast are all that has one.
   */
  static BoundExpr of(BindState state, Expression written, BoundExpr operand, int position) {
    SqlType type = operand.type();
    int element = state.rules().element(type.oid());
    char category = state.rules().category(element == 0 ? type.oid() : element);
    if (type.oid() == Oids.UNKNOWN) {
      return Constants.ofNull(state.type(Oids.TEXT), SqlType.NO_TYPMOD);
    }
    if (category != TypeRules.STRING) {
      throw BindErrors.mismatch(
          "collations are not supported by type " + state.rules().format(type.oid()),
          SqlException.NO_POSITION);
    }
    String name = nameOf(state, written, operand);
    if (name == null) {
      throw BindErrors.notBuilt("COLLATION FOR of such an expression", position);
    }
    return Constants.of('"' + name + '"', state.type(Oids.TEXT));
  }

  private static String nameOf(BindState state, Expression written, BoundExpr operand) {
    if (written instanceof Expression.Collate collate) {
      return collate.collation().name();
    }
    if (written instanceof Expression.ColumnRef) {
      return ofColumn(state, operand);
    }
    boolean hasOwn = written instanceof Expression.Cast || operand instanceof BoundExpr.Constant;
    return !hasOwn ? null : operand.type().oid() == Oids.NAME ? "C" : "default";
  }

  private static String ofColumn(BindState state, BoundExpr operand) {
    if (operand.type().oid() == Oids.NAME) {
      return "C";
    }
    Provenance.Origin origin =
        operand instanceof BoundExpr.ColumnRef ref
            ? state.provenance().origin(ref.relation(), ref.column())
            : null;
    if (origin == null) {
      return null;
    }
    for (ColumnEntry column : state.catalog().relationByOid(origin.tableOid()).columns()) {
      if (column.number() == origin.column()) {
        return BY_OID.get(column.collation());
      }
    }
    return null;
  }
}
