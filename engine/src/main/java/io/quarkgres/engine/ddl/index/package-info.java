/**
 * CREATE INDEX, REINDEX, and the building of indexes.
 *
 * <p>Read {@code IndexDdl} first, then {@code IndexBuild}, which fills an index with the rows that
 * are there, for constraints too. {@code OperatorClasses} and {@code IndexAbilities} know what an
 * access method can do, {@code IndexOptions} what stands in WITH. Used by the session's thread, or
 * by the starting one when a server brings its indexes back.
 */
package io.quarkgres.engine.ddl.index;
