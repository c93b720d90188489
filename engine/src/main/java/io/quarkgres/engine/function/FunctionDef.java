package io.quarkgres.engine.function;

import java.util.List;

/**
 * One function of {@code pg_proc}. Types are oids, polymorphic pseudo-types included; the binder
 * resolves them for a call. Thread: any.
 *
 * @param oid {@code pg_proc.oid}
 * @param schema the schema's name
 * @param name {@code proname}
 * @param kind scalar, aggregate or window
 * @param argumentTypes oids of the input arguments
 * @param argumentNames names of all arguments in declared order (OUT ones behind), or empty
 * @param defaults how many trailing arguments have defaults
 * @param variadicElement the element type of a trailing VARIADIC array, 0 if there is none
 * @param returnType oid of the result
 * @param returnsSet whether it returns a set
 * @param strict whether a NULL argument makes the result NULL without a call; of an aggregate,
 *     whether the caller leaves out rows with a NULL argument before the accumulator sees them
 * @param volatility how far the result can be relied on
 * @param outNames names of OUT columns of a record result, empty otherwise
 * @param outTypes oids of OUT columns of a record result, empty otherwise
 * @param kernel what computes it, or {@code null} when it is known but not built
 */
public record FunctionDef(
    int oid,
    String schema,
    String name,
    FunctionKind kind,
    List<Integer> argumentTypes,
    List<String> argumentNames,
    int defaults,
    int variadicElement,
    int returnType,
    boolean returnsSet,
    boolean strict,
    Volatility volatility,
    List<String> outNames,
    List<Integer> outTypes,
    Kernel kernel) {

  /** Returns the function computed by another kernel. */
  public FunctionDef withKernel(Kernel other) {
    return new FunctionDef(
        oid,
        schema,
        name,
        kind,
        argumentTypes,
        argumentNames,
        defaults,
        variadicElement,
        returnType,
        returnsSet,
        strict,
        volatility,
        outNames,
        outTypes,
        other);
  }
}
