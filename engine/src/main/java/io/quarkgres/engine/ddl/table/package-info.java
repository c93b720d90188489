/**
 * Tables, their columns, constraints and sequences, and views.
 *
 * <p>Read {@code CreateTableDdl} and {@code AlterTableDdl} first. They share the classes of one
 * idea each: {@code ColumnDraft} (a column as it is written), {@code ColumnDefaults}, {@code
 * NotNulls}, {@code ConstraintDdl} with {@code CheckConstraints}, {@code KeyConstraints} and {@code
 * ForeignKeys}, and {@code OwnedSequences}. {@code NewRelation} is what all that create a relation
 * have in common, {@code TableRewrite} makes a new store behind the same oid.
 *
 * <p>Used by the session's thread. Invariant: the rows that are there are checked by the statement
 * that adds a constraint, unless it is NOT VALID.
 */
package io.quarkgres.engine.ddl.table;
