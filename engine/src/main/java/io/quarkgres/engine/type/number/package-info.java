/**
 * Numbers: integers, floats and numeric.
 *
 * <p>Read {@code Int4Type} for the pattern of a type of fixed width, {@link
 * io.quarkgres.engine.type.number.NumericType} for one of bytes. A numeric is kept as text-like
 * bytes: {@code NumericText} reads and prints it, {@code NumericOrder} compares and hashes it,
 * {@code NumericBinary} is the binary form. {@link io.quarkgres.engine.type.number.FloatText}
 * prints the shortest digits that read back.
 *
 * <p>Stateless; any thread. Invariant: numerics that are equal hash alike, whatever their scales.
 */
package io.quarkgres.engine.type.number;
