/**
 * From syntax to meaning: names become columns, literals get types, overloads are chosen.
 *
 * <p>Read {@code Binder} first, then {@link io.quarkgres.engine.bind.BoundStatement}, {@link
 * io.quarkgres.engine.bind.Relation} and {@link io.quarkgres.engine.bind.BoundExpr}. In: an AST
 * statement, a catalog version, a search path, the declared parameter types. Out: a typed tree of
 * relational operators in the order SQL gives them, nothing optimized. Every user error of meaning
 * (42xxx, and 0A000 for what is not built) is raised here, before a row is touched.
 *
 * <p>Invariants. Each relation that yields columns has a number ({@code relation}) that is unique
 * in the statement, and a column is referenced everywhere as (relation, column): a reference to a
 * relation that is not below the operator it stands in is a correlated one, whatever its depth.
 * Expressions are fully typed: all implicit casts are explicit nodes. Any thread; results are
 * immutable and may be cached for as long as the catalog version holds.
 */
package io.quarkgres.engine.bind;
