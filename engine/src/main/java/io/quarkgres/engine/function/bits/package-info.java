/**
 * Functions, operators, casts and aggregates of bit strings.
 *
 * <p>Read {@link io.quarkgres.engine.function.bits.BitFunctions} first. In: columns of encoded bit
 * strings (see {@link io.quarkgres.engine.type.text.BitType}). Out: columns. Thread: any.
 *
 * <p>Values are taken apart bit by bit: right for what is rare, not for speed.
 */
package io.quarkgres.engine.function.bits;
