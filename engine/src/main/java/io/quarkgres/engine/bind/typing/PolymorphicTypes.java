package io.quarkgres.engine.bind.typing;

import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * The polymorphic pseudo-types of a signature against the actual types of a call (manual, section
 * 38.2.5). Used by one thread.
 */
public final class PolymorphicTypes {
  private final TypeRules rules;
  private final CoercionRules coercions;

  public PolymorphicTypes(TypeRules rules, CoercionRules coercions) {
    this.rules = rules;
    this.coercions = coercions;
  }

  /**
   * Tells whether actual types fit the declared ones; types that simply differ are not looked at.
   */
  boolean isConsistent(int[] actual, int[] declared) {
    for (int i = 0; i < declared.length; i++) {
      if (actual[i] != Oids.UNKNOWN && !isOfForm(actual[i], declared[i])) {
        return false;
      }
    }
    try {
      solve(actual, declared, 0, true);
      return true;
    } catch (SqlException e) {
      return false;
    }
  }

  /** Tells whether a type is an array or range where a pseudo-type of such is declared. */
  private boolean isOfForm(int actual, int declared) {
    return switch (declared) {
      case Oids.ANYARRAY, Oids.ANYCOMPATIBLEARRAY ->
          actual == Oids.ANYARRAY || rules.isArray(rules.base(actual));
      case Oids.ANYRANGE, Oids.ANYCOMPATIBLERANGE -> rules.isRange(actual);
      case TypeRules.ANY_MULTIRANGE, TypeRules.ANY_COMPATIBLE_MULTIRANGE ->
          rules.isMultirange(actual);
      default -> true;
    };
  }

  /**
   * The solution: what each pseudo-type stands for.
   *
   * @param arguments the types the arguments have to be coerced to
   */
  public record Solution(int[] arguments, int result) {}

  /**
   * Replaces the pseudo-types of a signature; raises PostgreSQL's error where that is impossible.
   *
   * @param result the declared result type, perhaps polymorphic
   */
  public Solution resolve(int[] actual, int[] declared, int result) {
    return isPlain(declared, result)
        ? new Solution(declared, result)
        : solve(actual, declared, result, false);
  }

  private static boolean isPlain(int[] declared, int result) {
    for (int type : declared) {
      if (TypeRules.isPolymorphic(type)) {
        return false;
      }
    }
    return !TypeRules.isPolymorphic(result);
  }

  private Solution solve(int[] actual, int[] declared, int result, boolean isCheckOnly) {
    Family element = new Family(false);
    Family compatible = new Family(true);
    for (int i = 0; i < declared.length; i++) {
      if (TypeRules.isAnyElementFamily(declared[i])) {
        element.add(declared[i], actual[i]);
      } else if (TypeRules.isAnyCompatibleFamily(declared[i])) {
        compatible.add(declared[i], actual[i]);
      }
    }
    element.settle(isCheckOnly);
    compatible.settle(isCheckOnly);
    if (isCheckOnly) {
      return null;
    }
    int[] arguments = declared.clone();
    for (int i = 0; i < declared.length; i++) {
      if (TypeRules.isAnyElementFamily(declared[i])) {
        arguments[i] = element.replace(declared[i], actual[i]);
      } else if (TypeRules.isAnyCompatibleFamily(declared[i])) {
        arguments[i] = compatible.replace(declared[i], actual[i]);
      }
    }
    int resolved = result;
    if (TypeRules.isAnyElementFamily(result)) {
      resolved = element.replace(result, 0);
    } else if (TypeRules.isAnyCompatibleFamily(result)) {
      resolved = compatible.replace(result, 0);
    }
    return new Solution(arguments, resolved);
  }

  private static SqlException mismatch(String message) {
    return new SqlException(SqlState.DATATYPE_MISMATCH, message);
  }

  /** One of the two families of pseudo-types within one call. */
  private final class Family {
    private final boolean isCompatible;
    private final List<Integer> elements = new ArrayList<>();
    private boolean isPresent;
    private boolean needsArray;
    private boolean needsNonArray;
    private boolean needsEnum;
    private boolean needsRange;
    private boolean hasElement;
    private boolean needsMultirange;
    private int elementType;
    private int arrayType;
    private int rangeType;
    private int multirangeType;

    Family(boolean isCompatible) {
      this.isCompatible = isCompatible;
    }

    private String name(String suffix) {
      return (isCompatible ? "anycompatible" : "any") + suffix;
    }

    void add(int declared, int actual) {
      isPresent = true;
      if (declared == Oids.ANYNONARRAY || declared == Oids.ANYCOMPATIBLENONARRAY) {
        needsNonArray = true;
      }
      needsEnum |= declared == Oids.ANYENUM;
      if (declared == Oids.ANYARRAY || declared == Oids.ANYCOMPATIBLEARRAY) {
        needsArray = true;
        if (actual != Oids.UNKNOWN) {
          addArray(actual);
        }
      } else if (declared == Oids.ANYRANGE || declared == Oids.ANYCOMPATIBLERANGE) {
        needsRange = true;
        if (actual != Oids.UNKNOWN) {
          if (rangeType != 0 && rangeType != actual) {
            throw mismatch("arguments declared \"" + name("range") + "\" are not all alike");
          }
          if (!rules.isRange(actual)) {
            throw mismatch(
                "argument declared %s is not a range type but type %s"
                    .formatted(name("range"), rules.format(actual)));
          }
          rangeType = actual;
        }
      } else if (declared == TypeRules.ANY_MULTIRANGE
          || declared == TypeRules.ANY_COMPATIBLE_MULTIRANGE) {
        needsRange = true;
        needsMultirange = true;
        if (actual != Oids.UNKNOWN) {
          if (!rules.isMultirange(actual)) {
            throw mismatch(
                "argument declared %s is not a multirange type but type %s"
                    .formatted(name("multirange"), rules.format(actual)));
          }
          multirangeType = actual;
        }
      } else if (actual != Oids.UNKNOWN) {
        addElement(actual);
      }
    }

    private void addElement(int actual) {
      if (!isCompatible && elementType != 0 && elementType != actual) {
        throw mismatch("arguments declared \"anyelement\" are not all alike")
            .withDetail(rules.format(elementType) + " versus " + rules.format(actual));
      }
      elementType = elementType == 0 ? actual : elementType;
      hasElement = true;
      elements.add(actual);
    }

    private void addArray(int written) {
      int actual = rules.base(written);
      if (!isCompatible && arrayType != 0 && arrayType != actual) {
        throw mismatch("arguments declared \"anyarray\" are not all alike")
            .withDetail(rules.format(arrayType) + " versus " + rules.format(actual));
      }
      if (actual != Oids.ANYARRAY && !rules.isArray(actual)) {
        throw mismatch(
            "argument declared %s is not an array but type %s"
                .formatted(name("array"), rules.format(actual)));
      }
      arrayType = actual;
      if (isCompatible) {
        elements.add(rules.element(actual));
      }
    }

    void settle(boolean isCheckOnly) {
      if (!isPresent) {
        return;
      }
      if (isCompatible) {
        settleCompatible(isCheckOnly);
      } else {
        settleElement(isCheckOnly);
      }
      settleRange();
      if (needsRange && rangeType == 0 && !isCheckOnly) {
        throw mismatch(
            "could not determine polymorphic type %s because input has type unknown"
                .formatted(name(needsMultirange ? "multirange" : "range")));
      }
      if (elementType == 0) {
        if (needsEnum && isCheckOnly) {
          throw mismatch("type matched to anyenum is not an enum type");
        }
        return;
      }
      if (needsNonArray && rules.isArray(rules.base(elementType))) {
        throw mismatch(
            "type matched to %s is an array type: %s"
                .formatted(name("nonarray"), rules.format(elementType)));
      }
      if (needsEnum && !rules.isEnum(elementType)) {
        throw mismatch("type matched to anyenum is not an enum type: " + rules.format(elementType));
      }
    }

    /** Makes range, multirange and element types agree with each other. */
    private void settleRange() {
      if (multirangeType != 0) {
        int range = TypeRules.rangeOf(multirangeType);
        if (rangeType != 0 && rangeType != range) {
          throw mismatch(
                  "argument declared %s is not consistent with argument declared %s"
                      .formatted(name("multirange"), name("range")))
              .withDetail(rules.format(multirangeType) + " versus " + rules.format(rangeType));
        }
        rangeType = range;
      }
      if (rangeType == 0) {
        return;
      }
      int subtype = TypeRules.rangeSubtype(rangeType);
      if (elementType != 0 && elementType != subtype && hasElement) {
        throw mismatch(
                "argument declared %s is not consistent with argument declared %s"
                    .formatted(name("range"), name("element")))
            .withDetail(rules.format(rangeType) + " versus " + rules.format(elementType));
      }
      elementType = subtype;
      multirangeType = TypeRules.multirangeOf(rangeType);
    }

    private void settleElement(boolean isCheckOnly) {
      if (arrayType == Oids.ANYARRAY) {
        return; // the pg_statistic columns: nothing is known of their elements
      }
      if (arrayType != 0) {
        int arrayElement = rules.element(arrayType);
        if (elementType == 0) {
          elementType = arrayElement;
        } else if (elementType != arrayElement) {
          throw mismatch(
                  "argument declared anyarray is not consistent with argument declared anyelement")
              .withDetail(rules.format(arrayType) + " versus " + rules.format(elementType));
        }
      }
      if (elementType == 0 && rangeType == 0 && multirangeType == 0 && !isCheckOnly) {
        throw mismatch("could not determine polymorphic type because input has type unknown");
      }
    }

    private void settleCompatible(boolean isCheckOnly) {
      if (elements.isEmpty()) {
        elementType = Oids.TEXT;
      } else {
        elementType = commonType();
      }
      if (!isCheckOnly && needsArray) {
        arrayType = rules.arrayOf(elementType);
        if (arrayType == 0) {
          throw BindErrors.undefinedObject(
              "could not find array type for data type " + rules.format(elementType), -1);
        }
      }
    }

    private int commonType() {
      int chosen = elements.get(0);
      for (int next : elements.subList(1, elements.size())) {
        if (next == chosen) {
          continue;
        }
        if (rules.category(next) != rules.category(chosen)) {
          throw mismatch("arguments of anycompatible family cannot be cast to a common type");
        }
        if (!rules.isPreferred(chosen)
            && coercions.canCoerce(chosen, next, CastDef.Context.IMPLICIT)
            && !coercions.canCoerce(next, chosen, CastDef.Context.IMPLICIT)) {
          chosen = next;
        }
      }
      for (int type : elements) {
        if (!coercions.canCoerce(type, chosen, CastDef.Context.IMPLICIT)) {
          throw mismatch("arguments of anycompatible family cannot be cast to a common type");
        }
      }
      return chosen;
    }

    int replace(int declared, int actual) {
      if (declared == Oids.ANYARRAY || declared == Oids.ANYCOMPATIBLEARRAY) {
        if (arrayType == 0) {
          arrayType = elementType == 0 ? 0 : rules.arrayOf(elementType);
          if (arrayType == 0) {
            throw BindErrors.undefinedObject(
                "could not find array type for data type " + rules.format(elementType), -1);
          }
        }
        return arrayType;
      }
      if (declared == Oids.ANYRANGE || declared == Oids.ANYCOMPATIBLERANGE) {
        return rangeType != 0 ? rangeType : actual;
      }
      if (declared == TypeRules.ANY_MULTIRANGE || declared == TypeRules.ANY_COMPATIBLE_MULTIRANGE) {
        return multirangeType != 0 ? multirangeType : actual;
      }
      return elementType;
    }
  }
}
