/**
 * Types of the system catalogs: oid and its like, the reg types, name, "char", tid, and those
 * without values.
 *
 * <p>Read {@code UnsignedIntType} first. A reg type is an oid whose text is a name, which {@link
 * io.quarkgres.engine.type.TypeContext} looks up. {@code ValuelessType} stands for types that are
 * known by name only, so that they can be shown and refused.
 *
 * <p>Stateless; any thread.
 */
package io.quarkgres.engine.type.catalog;
