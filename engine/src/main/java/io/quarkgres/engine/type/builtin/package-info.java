/**
 * PostgreSQL's own types, put together.
 *
 * <p>Read {@link io.quarkgres.engine.type.builtin.BuiltinTypes}: it makes a registry of every type
 * that PostgreSQL 15 has, from the recorded table of their identities and the families' classes.
 * {@link io.quarkgres.engine.type.builtin.FormatType} prints types with their modifiers. Any
 * thread.
 */
package io.quarkgres.engine.type.builtin;
