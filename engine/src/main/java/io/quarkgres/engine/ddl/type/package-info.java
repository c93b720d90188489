/**
 * CREATE TYPE, ALTER TYPE, and domains.
 *
 * <p>Read {@code TypeDdl} first, what all kinds of types have in common, then {@code EnumDdl} and
 * {@code DomainDdl}. {@code TypeTexts} follows a type's new name in the texts that the catalog
 * keeps, {@code DomainUsers} finds the rows that a new constraint of a domain is checked against.
 * Used by the session's thread.
 */
package io.quarkgres.engine.ddl.type;
