package io.quarkgres.engine.bind.typing;

import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.Oids;

/**
 * Which type can become which, and how (manual, sections 10.1 to 10.4 and CREATE CAST). Thread:
 * any.
 */
public final class CoercionRules {
  private final FunctionRegistry functions;
  private final TypeRules rules;

  public CoercionRules(FunctionRegistry functions, TypeRules rules) {
    this.functions = functions;
    this.rules = rules;
  }

  /** How a value of one type becomes one of another. */
  public sealed interface Path {
    /** Not at all. */
    record None() implements Path {}

    /** The value stays as it is. */
    record Same() implements Path {}

    /** By a cast function. */
    record Function(int function) implements Path {}

    /** Field by field, from a row whose fields are known to one of a row type. */
    record Fields() implements Path {}

    /** By printing and parsing. */
    record Text() implements Path {}

    /** Element by element. */
    record Elements(int source, int target) implements Path {}
  }

  private static final Path NONE = new Path.None();
  private static final Path SAME = new Path.Same();
  private static final Path FIELDS = new Path.Fields();
  private static final Path TEXT = new Path.Text();

  /** Returns the way; domains are looked at as the types they are over. */
  public Path path(int from, int to, CastDef.Context context) {
    int source = rules.base(from);
    int target = rules.base(to);
    if (source == target) {
      return SAME;
    }
    CastDef cast = functions.cast(source, target);
    if (cast != null) {
      if (cast.context().compareTo(context) > 0) {
        return NONE;
      }
      return switch (cast.method()) {
        case FUNCTION -> new Path.Function(cast.function());
        case BINARY -> SAME;
        case INOUT -> TEXT;
      };
    }
    if (rules.isComposite(source) && target == Oids.RECORD
        || target == Oids.RECORD_ARRAY && rules.isComposite(rules.element(source))) {
      return SAME;
    }
    if (source == Oids.RECORD && rules.isComposite(target)) {
      return FIELDS;
    }
    Path elements = elementPath(source, target, context);
    if (!(elements instanceof Path.None)) {
      return elements;
    }
    if (context != CastDef.Context.IMPLICIT && rules.category(target) == TypeRules.STRING) {
      return TEXT;
    }
    return context == CastDef.Context.EXPLICIT && rules.category(source) == TypeRules.STRING
        ? TEXT
        : NONE;
  }

  private Path elementPath(int source, int target, CastDef.Context context) {
    if (target == Oids.OIDVECTOR || target == Oids.INT2VECTOR) {
      return NONE;
    }
    int sourceElement = rules.element(source);
    int targetElement = rules.element(target);
    if (sourceElement == 0 || targetElement == 0) {
      return NONE;
    }
    return switch (path(sourceElement, targetElement, context)) {
      case Path.None p -> NONE;
      case Path.Text p -> TEXT;
      case Path.Fields p -> NONE;
      case Path.Same p -> new Path.Elements(sourceElement, targetElement);
      case Path.Function p -> new Path.Elements(sourceElement, targetElement);
      case Path.Elements p -> new Path.Elements(sourceElement, targetElement);
    };
  }

  /** Tells whether a type can become another, leaving the consistency of polymorphic ones aside. */
  public boolean canCoerce(int source, int target, CastDef.Context context) {
    if (source == target
        || target == Oids.ANY
        || TypeRules.isPolymorphic(target)
        || source == Oids.UNKNOWN) {
      return true;
    }
    return !(path(source, target, context) instanceof Path.None);
  }

  /** Tells whether arguments can be passed to a function by implicit casts. */
  boolean canCoerceAll(int[] sources, int[] targets) {
    boolean isPolymorphic = false;
    for (int i = 0; i < sources.length; i++) {
      if (!canCoerce(sources[i], targets[i], CastDef.Context.IMPLICIT)) {
        return false;
      }
      isPolymorphic |= TypeRules.isPolymorphic(targets[i]);
    }
    return !isPolymorphic || new PolymorphicTypes(rules, this).isConsistent(sources, targets);
  }
}
