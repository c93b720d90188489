package io.quarkgres.spi.index;

import io.quarkgres.spi.data.Layout;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What an index is: how its keys are computed, ordered and constrained.
 *
 * @param name the index's name, for messages and memory accounts
 * @param method the access method's name
 * @param keyLayouts the layouts of the key columns
 * @param keyTypmods the type modifiers of the key columns, -1 where a type has none
 * @param operatorClasses PostgreSQL's names of the operator classes, one a key column
 * @param keys computes the key columns from table rows
 * @param encoder encodes keys for ordered methods; {@code null} for the others
 * @param unique whether two live rows may not have equal keys
 * @param nullsNotDistinct whether NULL equals NULL for {@code unique}
 * @param deferrable whether equal keys are let in and looked for later, by {@code duplicateOf}
 * @param options the index's storage parameters, by lower-case name
 */
public record IndexSpec(
    String name,
    String method,
    List<Layout> keyLayouts,
    List<Integer> keyTypmods,
    List<String> operatorClasses,
    IndexKeys keys,
    KeyEncoder encoder,
    boolean unique,
    boolean nullsNotDistinct,
    boolean deferrable,
    Map<String, String> options) {
  /** Copies the collections. */
  public IndexSpec {
    keyLayouts = List.copyOf(keyLayouts);
    keyTypmods = List.copyOf(keyTypmods);
    operatorClasses = List.copyOf(operatorClasses);
    options = Map.copyOf(options);
  }

  /** Makes the description of an index whose key types have no modifiers. */
  public IndexSpec(
      String name,
      String method,
      List<Layout> keyLayouts,
      List<String> operatorClasses,
      IndexKeys keys,
      KeyEncoder encoder,
      boolean unique,
      boolean nullsNotDistinct,
      Map<String, String> options) {
    this(
        name,
        method,
        keyLayouts,
        Collections.nCopies(keyLayouts.size(), -1),
        operatorClasses,
        keys,
        encoder,
        unique,
        nullsNotDistinct,
        false,
        options);
  }
}
