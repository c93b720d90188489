/**
 * Functions of text, bytea, name and {@code "char"}: lengths, parts, search, LIKE, encodings,
 * casts.
 *
 * <p>Read {@link io.quarkgres.engine.function.text.TextFunctions} first. In: columns of UTF-8
 * bytes. Out: columns; parts of a text share its heap. Thread: any.
 *
 * <p>Invariants: positions and lengths count characters (code points), never bytes or UTF-16 units,
 * unless the value is bytea. Case maps one character to one, whatever the language.
 */
package io.quarkgres.engine.function.text;
