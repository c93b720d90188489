/**
 * Schemas and extensions, which other objects lie in or belong to.
 *
 * <p>Read {@code SchemaDdl} and {@code ExtensionDdl}. {@code InSchema} puts an extension's objects
 * into the schema that it is created in. Used by the session's thread.
 */
package io.quarkgres.engine.ddl.object;
