package io.quarkgres.engine.function;

/**
 * One operator of {@code pg_operator}. Thread: any.
 *
 * @param oid {@code pg_operator.oid}
 * @param schema the schema's name
 * @param name the symbol
 * @param left oid of the left operand's type, 0 for a prefix operator
 * @param right oid of the right operand's type
 * @param result oid of the result's type
 * @param function oid of the function that computes it
 * @param commutator oid of the commutator, 0 if none
 * @param negator oid of the negator, 0 if none
 */
public record OperatorDef(
    int oid,
    String schema,
    String name,
    int left,
    int right,
    int result,
    int function,
    int commutator,
    int negator) {}
