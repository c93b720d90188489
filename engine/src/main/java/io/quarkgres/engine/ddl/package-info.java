/**
 * The statements that change the catalog: CREATE, ALTER, DROP, TRUNCATE, COMMENT, GRANT. Here is
 * what they all need; each family of objects has a package of its own, and {@code ddl.execute}
 * knows them all.
 *
 * <p>Read {@link io.quarkgres.engine.ddl.DdlContext} first, what statements need of a session, then
 * {@code ddl.execute}. In: an AST statement and a context. Out: changes of the transaction's
 * private catalog version, and a command tag. Runs on the session's thread inside its transaction.
 * {@code CanonicalSql} makes the texts that the catalog keeps, {@code NameChooser} the names that
 * nobody has written, {@code DropItem} is an object that others may depend on.
 *
 * <p>Invariants: an object is locked before it is changed; every change goes through {@link
 * io.quarkgres.engine.ddl.DdlContext#change}, so that rolling back drops it and commit replays it
 * on the newest public version; what is not built is refused (0A000) before anything is changed.
 *
 * <p>The packages stand in this order, and none uses one behind it: this one, {@code role}, {@code
 * object}, {@code type}, {@code drop}, {@code right}, {@code index}, {@code table}, {@code
 * execute}.
 */
package io.quarkgres.engine.ddl;
