/**
 * Changing rows: INSERT, UPDATE, DELETE, MERGE, row locks, and the checks that follow.
 *
 * <p>Read {@code ModifyOperator} first, what the four have in common. In: rows of a source that say
 * what to change. Out: RETURNING's rows; the changes go to the {@link
 * io.quarkgres.spi.store.TableStore}. {@code RowConstraints} are NOT NULL, CHECK and generated
 * columns; {@code RowLocker} re-reads rows that others have changed; {@code ReferenceChecks} and
 * {@code ReferentialAction} are foreign keys at the end of a statement, {@link
 * io.quarkgres.engine.exec.modify.DeferredChecks} what waits for the end of the transaction.
 *
 * <p>Used by the statement's thread. Invariants: a row is changed once by a command; an error
 * leaves nothing of the statement behind, because the transaction goes back to where it began.
 */
package io.quarkgres.engine.exec.modify;
