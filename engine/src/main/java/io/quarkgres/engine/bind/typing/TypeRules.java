package io.quarkgres.engine.bind.typing;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.engine.type.TypeRegistry;

/** What the rules of overloading ask about types (manual, chapter 10). Thread: any. */
public final class TypeRules {
  public static final char STRING = 'S';
  static final int ANY_MULTIRANGE = 4537;
  static final int ANY_COMPATIBLE_MULTIRANGE = 4538;

  private final TypeRegistry types;

  public TypeRules(TypeRegistry types) {
    this.types = types;
  }

  public SqlType type(int oid) {
    SqlType type = types.byOid(oid);
    if (type == null) {
      throw new IllegalStateException("no type has oid " + oid);
    }
    return type;
  }

  /** Returns the type beneath all domains: itself for what is no domain. */
  public int base(int oid) {
    SqlType type = types.byOid(oid);
    return type == null ? oid : type.base().oid();
  }

  private TypeInfo info(int oid) {
    return type(oid).info();
  }

  public char category(int oid) {
    return info(oid).category();
  }

  boolean isPreferred(int oid) {
    return info(oid).preferred();
  }

  /** Returns the type as {@code format_type} prints it. */
  public String format(int oid) {
    SqlType type = types.byOid(oid);
    return type == null ? "???" : type.info().sqlName();
  }

  /** Returns the type with its modifier as {@code format_type} prints it. */
  public String format(SqlType type, int typmod) {
    if (typmod < 0) {
      return type.info().sqlName();
    }
    String name = type.info().sqlName();
    String modifier = type.typmodOut(typmod);
    int zone = name.indexOf(" with");
    return zone > 0 && modifier.startsWith("(")
        ? name.substring(0, zone) + modifier + name.substring(zone)
        : name + modifier;
  }

  /** Returns the element type of an array type, 0 for any other type. */
  public int element(int oid) {
    TypeInfo info = info(oid);
    boolean isArray = info.category() == 'A' || oid == Oids.RECORD_ARRAY;
    return info.element() != 0 && info.typlen() == -1 && isArray ? info.element() : 0;
  }

  public boolean isArray(int oid) {
    return element(oid) != 0;
  }

  /**
   * Tells whether a value of a type adds a dimension to the array that it is put in. The vectors of
   * the catalog are arrays, but go into one as elements.
   */
  public boolean addsDimension(int oid) {
    return isArray(oid) && oid != Oids.INT2VECTOR && oid != Oids.OIDVECTOR;
  }

  /** Returns the array type over a type, 0 if there is none. */
  public int arrayOf(int oid) {
    return info(oid).array();
  }

  boolean isEnum(int oid) {
    return info(oid).kind() == 'e';
  }

  boolean isRange(int oid) {
    return info(oid).kind() == 'r';
  }

  /** Returns the type of a range's bounds; 0 for what is no built-in range. */
  static int rangeSubtype(int oid) {
    return switch (oid) {
      case 3904 -> Oids.INT4;
      case 3926 -> Oids.INT8;
      case 3906 -> Oids.NUMERIC;
      case 3908 -> Oids.TIMESTAMP;
      case 3910 -> Oids.TIMESTAMPTZ;
      case 3912 -> Oids.DATE;
      default -> 0;
    };
  }

  /** Returns the range type of a multirange type, 0 for any other type. */
  static int rangeOf(int oid) {
    return switch (oid) {
      case 4451 -> 3904;
      case 4536 -> 3926;
      case 4532 -> 3906;
      case 4533 -> 3908;
      case 4534 -> 3910;
      case 4535 -> 3912;
      default -> 0;
    };
  }

  /** Returns the multirange type over a range type, 0 for any other type. */
  static int multirangeOf(int oid) {
    return switch (oid) {
      case 3904 -> 4451;
      case 3926 -> 4536;
      case 3906 -> 4532;
      case 3908 -> 4533;
      case 3910 -> 4534;
      case 3912 -> 4535;
      default -> 0;
    };
  }

  boolean isMultirange(int oid) {
    return info(oid).kind() == 'm';
  }

  boolean isComposite(int oid) {
    return oid != 0 && info(oid).kind() == 'c';
  }

  /** Tells whether a type is of the family of {@code anyelement}. */
  static boolean isAnyElementFamily(int oid) {
    return oid == Oids.ANYELEMENT
        || oid == Oids.ANYARRAY
        || oid == Oids.ANYNONARRAY
        || oid == Oids.ANYENUM
        || oid == Oids.ANYRANGE
        || oid == ANY_MULTIRANGE;
  }

  /** Tells whether a type is of the family of {@code anycompatible}. */
  static boolean isAnyCompatibleFamily(int oid) {
    return oid == Oids.ANYCOMPATIBLE
        || oid == Oids.ANYCOMPATIBLEARRAY
        || oid == Oids.ANYCOMPATIBLENONARRAY
        || oid == Oids.ANYCOMPATIBLERANGE
        || oid == ANY_COMPATIBLE_MULTIRANGE;
  }

  public static boolean isPolymorphic(int oid) {
    return isAnyElementFamily(oid) || isAnyCompatibleFamily(oid);
  }
}
