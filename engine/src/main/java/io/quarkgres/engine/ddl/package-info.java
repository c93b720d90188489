/**
 * The statements that change the catalog: CREATE, ALTER, DROP, TRUNCATE, COMMENT.
 *
 * <p>Read {@code DdlExecutor} first: one switch from statements to a class each family. In: an AST
 * statement and a {@link io.quarkgres.engine.ddl.DdlContext}. Out: changes of the transaction's
 * private catalog version, and a command tag. Runs on the session's thread inside its transaction.
 *
 * <p>{@code CreateTableDdl} and {@code AlterTableDdl} share the classes of one idea each: {@code
 * ColumnDraft} (a column as it is written), {@code ColumnDefaults}, {@code NotNulls}, {@code
 * ConstraintDdl} with {@code CheckConstraints}, {@code KeyConstraints} and {@code ForeignKeys}, and
 * {@code OwnedSequences}. {@code Dependencies} finds what a DROP takes along.
 *
 * <p>Invariants: an object is locked before it is changed; every change goes through {@link
 * io.quarkgres.engine.ddl.DdlContext#change}, so that rolling back drops it and commit replays it
 * on the newest public version; what is not built is refused (0A000) before anything is changed.
 */
package io.quarkgres.engine.ddl;
