package io.quarkgres.spi.index;

import io.quarkgres.spi.data.Layout;
import java.util.List;
import java.util.Map;

/**
 * What an index is: how its keys are computed, ordered and constrained.
 *
 * @param name the index's name, for messages and memory accounts
 * @param method the access method's name
 * @param keyLayouts the layouts of the key columns
 * @param operatorClasses PostgreSQL's names of the operator classes, one a key column
 * @param keys computes the key columns from table rows
 * @param encoder encodes keys for ordered methods; {@code null} for the others
 * @param unique whether two live rows may not have equal keys
 * @param nullsNotDistinct whether NULL equals NULL for {@code unique}
 * @param options the index's storage parameters, by lower-case name
 */
public record IndexSpec(
    String name,
    String method,
    List<Layout> keyLayouts,
    List<String> operatorClasses,
    IndexKeys keys,
    KeyEncoder encoder,
    boolean unique,
    boolean nullsNotDistinct,
    Map<String, String> options) {
  /** Copies the collections. */
  public IndexSpec {
    keyLayouts = List.copyOf(keyLayouts);
    operatorClasses = List.copyOf(operatorClasses);
    options = Map.copyOf(options);
  }
}
