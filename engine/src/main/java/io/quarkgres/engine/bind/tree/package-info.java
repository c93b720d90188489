/**
 * The typed tree: what binding makes and all stages behind it work on.
 *
 * <p>Read {@link io.quarkgres.engine.bind.tree.BoundStatement} first, then {@link
 * io.quarkgres.engine.bind.tree.Relation}, {@link io.quarkgres.engine.bind.tree.BoundExpr} and
 * {@link io.quarkgres.engine.bind.tree.Modification}: sealed interfaces with a record a variant.
 * {@link io.quarkgres.engine.bind.tree.Relations} and {@link
 * io.quarkgres.engine.bind.tree.Expressions} walk and rebuild trees, {@link
 * io.quarkgres.engine.bind.tree.Equivalence} compares them.
 *
 * <p>Invariants. Each relation that yields columns has a number ({@code relation}) that is unique
 * in the statement, and a column is referenced everywhere as (relation, column): a reference to a
 * relation that is not below the operator it stands in is a correlated one, whatever its depth. Any
 * thread; trees are immutable and may be cached for as long as the catalog version holds.
 */
package io.quarkgres.engine.bind.tree;
