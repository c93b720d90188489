package io.quarkgres.engine.ddl.index;

import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.system.AccessMethods;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.object.ExtensionDdl;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;
import java.util.Set;

/**
 * Which operator class an index key has. Built-in B-tree and hash classes follow PostgreSQL's
 * naming by type; gin and its like are known by name only, as such indexes have no structure.
 * Thread: any.
 */
public final class OperatorClasses {
  /** Methods that are accepted for clients' sake and never chosen by the planner. */
  public static final Set<String> WITHOUT_STRUCTURE = Set.of("gin", "gist", "brin", "spgist");

  private static final int INET = 869;
  private static final int CIDR = 650;
  private static final int ANYARRAY = 2277;
  private static final int ANYENUM = 3500;
  private static final int ANYRANGE = 3831;
  private static final int ANYMULTIRANGE = 4537;

  private static final Set<Integer> ORDERED_ONLY = Set.of(Oids.BIT, Oids.VARBIT);

  private OperatorClasses() {}

  /**
   * A chosen class.
   *
   * @param orderingFunction oid of the function of its ordering operator, 0 if none
   */
  record Chosen(String name, boolean isDefault, int orderingFunction) {}

  /** The types that PostgreSQL has a btree class for and that have no order here. */
  private static final Set<String> ORDERED_ELSEWHERE =
      Set.of("inet", "cidr", "macaddr", "macaddr8", "money", "pg_lsn", "tsvector", "tsquery");

  private static boolean isRange(SqlType type) {
    return type.info().kind() == 'r' || type.info().kind() == 'm';
  }

  /**
   * Chooses the class of a key.
   *
   * @param written the class as written, or {@code null} for the default
   */
  static Chosen choose(CatalogVersion catalog, String method, SqlType declared, String written) {
    SqlType type = declared.base();
    List<Extension.OperatorClass> extensions = ExtensionDdl.operatorClasses();
    for (Extension.OperatorClass c : extensions) {
      boolean isMeant =
          c.method().equals(method)
              && c.inputType() == type.oid()
              && (written == null ? c.isDefault() : c.name().equals(written));
      if (isMeant) {
        OperatorDef ordering =
            c.orderingOperator() == 0 ? null : catalog.functions().operator(c.orderingOperator());
        return new Chosen(c.name(), c.isDefault(), ordering == null ? 0 : ordering.function());
      }
    }
    boolean hasClasses =
        !isBuiltin(method) && extensions.stream().anyMatch(c -> c.method().equals(method));
    if (hasClasses) {
      checkType(catalog, method, type, written);
      throw missing(method, type, written);
    }
    if (WITHOUT_STRUCTURE.contains(method)) {
      return withoutStructure(method, type, written);
    }
    boolean hasNoHash =
        method.equals("hash")
            && (ORDERED_ONLY.contains(type.oid())
                || extensions.stream().anyMatch(c -> c.inputType() == type.oid()));
    if (!isBuiltin(method) || !type.isOrdered() || hasNoHash) {
      throw missing(method, type, written);
    }
    String standard = standardName(type);
    if (written == null || written.equals(standard)) {
      return new Chosen(standard, true, 0);
    }
    String base = written.replace("_pattern_ops", "_ops");
    boolean isPattern = written.endsWith("_pattern_ops") && isText(type);
    boolean isVarchar = written.equals("varchar_ops") && isText(type);
    // Under the C collation a pattern class orders as the default one does.
    if ((isPattern && (base.equals(standard) || base.equals("varchar_ops"))) || isVarchar) {
      return new Chosen(written, true, 0);
    }
    throw missing(method, type, written);
  }

  private static Chosen withoutStructure(String method, SqlType type, String written) {
    boolean isNamed = false;
    for (AccessMethods.BuiltinClass c : AccessMethods.builtinClasses(method)) {
      boolean isMeant = written == null ? c.isDefault() : c.name().equals(written);
      isNamed |= isMeant;
      if (isMeant && accepts(c.inputType(), type)) {
        return new Chosen(c.name(), c.isDefault(), 0);
      }
    }
    if (written != null && isNamed) {
      throw notAccepted(written, type);
    }
    throw missing(method, type, written);
  }

  private static boolean accepts(int input, SqlType type) {
    return switch (input) {
      case ANYARRAY -> type.info().element() != 0 && type.info().category() == 'A';
      case ANYENUM -> type.info().kind() == 'e';
      case ANYRANGE -> type.info().kind() == 'r';
      case ANYMULTIRANGE -> type.info().kind() == 'm';
      case Oids.TEXT -> type.oid() == Oids.TEXT || type.oid() == Oids.VARCHAR;
      case INET -> type.oid() == INET || type.oid() == CIDR;
      default -> type.oid() == input;
    };
  }

  /** Raises 22023 for parameters of a class that has none; indexes without structure keep none. */
  static void checkOptions(String method, Chosen chosen, List<Option> options) {
    if (!options.isEmpty()) {
      throw WITHOUT_STRUCTURE.contains(method)
          ? DdlErrors.notBuilt("parameters of the operator class " + chosen.name())
          : new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "operator class " + chosen.name() + " has no options");
    }
  }

  /** Tells whether an extension makes the method's indexes, and checks their parameters. */
  public static boolean isOfExtension(String method) {
    return !isBuiltin(method) && !WITHOUT_STRUCTURE.contains(method);
  }

  private static boolean isBuiltin(String method) {
    return method.equals("btree") || method.equals("hash");
  }

  /** Raises an error when the class is there for another type. */
  private static void checkType(
      CatalogVersion catalog, String method, SqlType type, String written) {
    for (Extension.OperatorClass c : ExtensionDdl.operatorClasses()) {
      if (c.method().equals(method) && c.name().equals(written)) {
        CastDef cast = catalog.functions().cast(type.oid(), c.inputType());
        // A type that looks the same is one that the class takes, and then the method does not.
        throw cast != null && cast.method() == CastDef.Method.BINARY
            ? new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED, "type not supported for " + method + " index")
            : notAccepted(written, type);
      }
    }
  }

  private static SqlException notAccepted(String written, SqlType type) {
    return new SqlException(
        SqlState.DATATYPE_MISMATCH,
        "operator class \"" + written + "\" does not accept data type " + type.info().sqlName());
  }

  private static boolean isText(SqlType type) {
    return type.oid() == Oids.TEXT || type.oid() == Oids.VARCHAR || type.oid() == Oids.BPCHAR;
  }

  private static String standardName(SqlType type) {
    if (type.info().element() != 0 && type.info().typlen() == -1 && type.info().category() == 'A') {
      return "array_ops";
    }
    return switch (type.name()) {
      case "varchar" -> "text_ops";
      default -> type.name() + "_ops";
    };
  }

  private static SqlException missing(String method, SqlType type, String written) {
    String shown = type.info().sqlName();
    if (written != null) {
      return new SqlException(
          SqlState.UNDEFINED_OBJECT,
          "operator class \"" + written + "\" does not exist for access method \"" + method + "\"");
    }
    if (isBuiltin(method) && (ORDERED_ELSEWHERE.contains(type.name()) || isRange(type))) {
      return DdlErrors.notBuilt("a " + method + " index on type " + shown);
    }
    return new SqlException(
        SqlState.UNDEFINED_OBJECT,
        "data type "
            + shown
            + " has no default operator class for access method \""
            + method
            + "\"",
        null,
        "You must specify an operator class for the index or define a default operator class for"
            + " the data type.");
  }
}
