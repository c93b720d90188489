/**
 * One switch from statements to the classes of their families.
 *
 * <p>Read {@link io.quarkgres.engine.ddl.execute.DdlExecutor} first. {@code RenameDdl} and {@code
 * CommentDdl} are about objects of every kind, which is why they stand here. {@link
 * io.quarkgres.engine.ddl.execute.CatalogRestorer} brings indexes and extensions back when a server
 * starts. Used by the session's thread.
 */
package io.quarkgres.engine.ddl.execute;
