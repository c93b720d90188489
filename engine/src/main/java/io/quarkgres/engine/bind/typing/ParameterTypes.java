package io.quarkgres.engine.bind.typing;

import io.quarkgres.engine.bind.tree.BoundExpr.Parameter;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a statement: declared types, and those that the context of their first use
 * gives. Used by one thread.
 */
public final class ParameterTypes {
  private static final int NUMBER_MAX = 65535;

  private final TypeRules rules;
  private final boolean allowsParameters;
  private final List<Integer> types = new ArrayList<>();
  private final Map<Parameter, Integer> undecided = new IdentityHashMap<>();

  public ParameterTypes(TypeRules rules, List<Integer> declared, boolean allowsParameters) {
    this.rules = rules;
    this.allowsParameters = allowsParameters;
    for (int oid : declared) {
      types.add(oid == 0 ? Oids.UNKNOWN : oid);
    }
  }

  /** Returns a reference to {@code $number}. */
  public Parameter reference(int number, int position) {
    if (!allowsParameters || number <= 0 || number > NUMBER_MAX) {
      throw BindErrors.undefinedParameter(number, position);
    }
    while (types.size() < number) {
      types.add(Oids.UNKNOWN);
    }
    Parameter result = new Parameter(number - 1, rules.type(types.get(number - 1)));
    if (result.type().oid() == Oids.UNKNOWN) {
      undecided.put(result, position);
    }
    return result;
  }

  /** Decides that a parameter of unknown type is of a type. */
  public Parameter decide(Parameter parameter, SqlType type, int position) {
    int known = types.get(parameter.index());
    if (known == Oids.UNKNOWN) {
      types.set(parameter.index(), type.oid());
    } else if (known != type.oid()) {
      throw new SqlException(
          SqlState.AMBIGUOUS_PARAMETER,
          "inconsistent types deduced for parameter $" + (parameter.index() + 1),
          rules.format(known) + " versus " + rules.format(type.oid()),
          null,
          position);
    }
    undecided.remove(parameter);
    return new Parameter(parameter.index(), type);
  }

  /** Checks that every use of every parameter has got its type. */
  public void check() {
    undecided.forEach((parameter, position) -> {
      if (types.get(parameter.index()) != Oids.UNKNOWN) {
        throw new SqlException(
            SqlState.AMBIGUOUS_PARAMETER,
            "could not determine data type of parameter $" + (parameter.index() + 1),
            position);
      }
    });
  }

  /** Returns the types; raises 42P18 for a number that is left out. */
  public List<SqlType> result() {
    List<SqlType> result = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i) == Oids.UNKNOWN) {
        throw new SqlException(
            SqlState.INDETERMINATE_DATATYPE,
            "could not determine data type of parameter $" + (i + 1));
      }
      result.add(rules.type(types.get(i)));
    }
    return List.copyOf(result);
  }
}
