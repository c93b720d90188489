/**
 * Functions and operators of arrays of any type.
 *
 * <p>Read {@link io.quarkgres.engine.function.array.ArrayFunctions} first. In: columns of encoded
 * arrays (see {@link io.quarkgres.engine.type.nested.ArrayValue}). Out: columns. Thread: any.
 *
 * <p>Invariants: elements are compared by their type's equality; lower bounds are kept where
 * PostgreSQL keeps them. Unnesting is with the sets, joining texts with text.
 */
package io.quarkgres.engine.function.array;
