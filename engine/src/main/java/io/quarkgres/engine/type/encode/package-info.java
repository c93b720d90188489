/**
 * Columns to bytes for a client, many values at a time.
 *
 * <p>Read {@link io.quarkgres.engine.type.encode.ColumnEncoder} first: one for a column of a
 * result, chosen by type and format. Those of common types write straight into the buffer; the
 * others go through the type's own text or binary form. {@code WholeNumberText} writes integers.
 *
 * <p>Used by one thread. Invariant: the bytes are those of the type's own forms.
 */
package io.quarkgres.engine.type.encode;
