/**
 * Tables of keys: equal values get equal numbers, counted from 0. Groups, join keys, DISTINCT, IN
 * lists and the checks of foreign keys are built on them.
 *
 * <p>Read {@link io.quarkgres.engine.expr.key.KeyTable} first; its {@code of} chooses among the
 * tables, one for each kind of key: {@code LongKeyTable}, {@code TextKeyTable}, {@code
 * PairedKeyTable} (several of these), {@code BytesKeyTable} (any type). In: key columns and the
 * selected rows. Out: a number for each of them.
 *
 * <p>What equal means is the type's own equality ({@code SqlType.compare} gives 0); {@link
 * io.quarkgres.engine.expr.key.DefaultEquality} tells which operators are that. Numbers are dense
 * and in order of first appearance, so that callers keep what belongs to a key in plain arrays.
 * Nothing is boxed, and no key is an object.
 *
 * <p>A table is used by one thread. It has no limit of its own: it tells its {@code memoryBytes},
 * and whoever fills it asks the statement's account. It evaluates nothing and knows no operators.
 */
package io.quarkgres.engine.expr.key;
