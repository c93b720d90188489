package io.quarkgres.engine.bind;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.engine.type.TypeRegistry;

/** What the rules of overloading ask about types (manual, chapter 10). Thread: any. */
final class TypeRules {
  static final char STRING = 'S';
  static final int ANY_MULTIRANGE = 4537;
  static final int ANY_COMPATIBLE_MULTIRANGE = 4538;

  private final TypeRegistry types;

  TypeRules(TypeRegistry types) {
    this.types = types;
  }

  SqlType type(int oid) {
    SqlType type = types.byOid(oid);
    if (type == null) {
      throw new IllegalStateException("no type has oid " + oid);
    }
    return type;
  }

  private TypeInfo info(int oid) {
    return type(oid).info();
  }

  char category(int oid) {
    return info(oid).category();
  }

  boolean isPreferred(int oid) {
    return info(oid).preferred();
  }

  /** Returns the type as {@code format_type} prints it. */
  String format(int oid) {
    SqlType type = types.byOid(oid);
    return type == null ? "???" : type.info().sqlName();
  }

  /** Returns the type with its modifier as {@code format_type} prints it. */
  String format(SqlType type, int typmod) {
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
  int element(int oid) {
    TypeInfo info = info(oid);
    return info.element() != 0 && info.typlen() == -1 && info.category() == 'A'
        ? info.element()
        : 0;
  }

  boolean isArray(int oid) {
    return element(oid) != 0;
  }

  /** Returns the array type over a type, 0 if there is none. */
  int arrayOf(int oid) {
    return info(oid).array();
  }

  boolean isEnum(int oid) {
    return info(oid).kind() == 'e';
  }

  boolean isRange(int oid) {
    return info(oid).kind() == 'r';
  }

  boolean isMultirange(int oid) {
    return info(oid).kind() == 'm';
  }

  boolean isComposite(int oid) {
    return info(oid).kind() == 'c';
  }

  static boolean isUnknown(int oid) {
    return oid == Oids.UNKNOWN;
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

  static boolean isPolymorphic(int oid) {
    return isAnyElementFamily(oid) || isAnyCompatibleFamily(oid);
  }
}
