/**
 * DROP, and what depends on what.
 *
 * <p>Read {@code DropDdl} first, then {@code Dependencies}: what a DROP takes along with CASCADE,
 * or is refused for. {@code ColumnUses} and {@code SequenceDefaults} tell what is about a column or
 * reads a sequence. Used by the session's thread.
 *
 * <p>Invariant: everything that goes is found and locked before the first of it goes.
 */
package io.quarkgres.engine.ddl.drop;
