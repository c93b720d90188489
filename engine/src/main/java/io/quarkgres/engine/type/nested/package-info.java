/**
 * Arrays and records: values made of values.
 *
 * <p>Read {@link io.quarkgres.engine.type.nested.ArrayValue} and {@link
 * io.quarkgres.engine.type.nested.RecordValue} first, how they lie in bytes, then {@link
 * io.quarkgres.engine.type.nested.ArrayType} and {@link
 * io.quarkgres.engine.type.nested.CompositeType}. {@code ArrayTextParser} and {@code RecordText}
 * read and print the braces and parentheses, and leave what stands between to the element's type.
 *
 * <p>Stateless; any thread. Invariants: lower bounds and NULLs are part of the value; a record
 * knows the types of its fields.
 */
package io.quarkgres.engine.type.nested;
