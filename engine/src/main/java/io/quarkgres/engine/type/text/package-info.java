/**
 * Strings of characters, bytes and bits: text, varchar, char(n), bytea, bit, uuid.
 *
 * <p>Read {@code TextType} first; {@code varchar} and {@code char(n)} are text with a length. In
 * and out are the bytes as they are, but for bytea's, bits' and uuids' digits.
 *
 * <p>Stateless; any thread. Invariants: text is valid UTF-8 without NUL bytes; the order is that of
 * the bytes, the one collation there is.
 */
package io.quarkgres.engine.type.text;
