/**
 * Functions that belong to no family of types: versions, random identifiers, counts of NULLs.
 *
 * <p>Read {@link io.quarkgres.engine.function.misc.MiscFunctions} first. In: columns. Out: columns.
 * Thread: any.
 *
 * <p>What needs the catalog or a session's state (sequences, settings, object names) is not here
 * but with those.
 */
package io.quarkgres.engine.function.misc;
