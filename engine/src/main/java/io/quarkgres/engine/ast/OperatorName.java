package io.quarkgres.engine.ast;

import java.util.List;

/**
 * An operator symbol, with the schema it was qualified with through {@code OPERATOR(s.+)}; {@code
 * !=} arrives as {@code <>}.
 */
public record OperatorName(List<String> qualifier, String symbol) {
  /** Makes an unqualified operator name. */
  public static OperatorName of(String symbol) {
    return new OperatorName(List.of(), symbol);
  }

  /** Returns the schema, or {@code null} when the operator is to be found by the search path. */
  public String schema() {
    return qualifier.isEmpty() ? null : qualifier.getLast();
  }

  @Override
  public String toString() {
    return qualifier.isEmpty() ? symbol : String.join(".", qualifier) + "." + symbol;
  }
}
