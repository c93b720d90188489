/**
 * From syntax to meaning: names become columns, literals get types, overloads are chosen.
 *
 * <p>Read {@code Binder} first, then {@code bind.tree}, what comes out, and {@code
 * ExpressionBinder} and {@code SelectBinder}, where most of it happens. In: an AST statement, a
 * catalog version, a search path, the declared parameter types. Out: a typed tree of relational
 * operators in the order SQL gives them, nothing optimized. Every user error of meaning (42xxx, and
 * 0A000 for what is not built) is raised here, before a row is touched.
 *
 * <p>One class a clause or a family of expressions. They call each other as the grammar does,
 * expressions queries and queries expressions, and share one {@code BindState} a statement and a
 * {@code QueryLevel} a query, which is why they live in one room: {@code FromBinder} and its like
 * for FROM, {@code GroupingBinder} and {@code WindowBinder} behind it, {@code NameBinder}, {@code
 * FunctionBinder}, {@code OperatorBinder} and others for expressions, {@code DmlBinder} and its
 * like for changes. What needs nothing of that state lives below: {@code tree}, {@code typing}, the
 * rules of types, and {@code lookup}, what names stand for.
 *
 * <p>Expressions are fully typed: all implicit casts are explicit nodes. Any thread; one binder a
 * statement.
 */
package io.quarkgres.engine.bind;
