/**
 * What an extension registers through: types, operators, functions, casts, index methods, settings.
 *
 * <p>Read {@link io.quarkgres.engine.extension.Extension} first. Extensions are found through
 * {@link java.util.ServiceLoader}; CREATE EXTENSION makes the types and functions of one visible in
 * a database. OIDs are fixed by the extension, so that they are the same on every server and after
 * every restart. Thread: any; an extension is stateless.
 */
package io.quarkgres.engine.extension;
