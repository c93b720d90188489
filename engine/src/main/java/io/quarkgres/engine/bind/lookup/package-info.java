/**
 * What the names of types, relations, functions and operators stand for.
 *
 * <p>Read {@link io.quarkgres.engine.bind.lookup.Lookup} first: it is made once a statement from a
 * {@link io.quarkgres.engine.bind.lookup.BindContext}, a catalog version and a search path. In:
 * names as written and, for functions and operators, the types they are called with. Out: catalog
 * entries and definitions, or errors 42xxx; which overload fits best is {@link
 * io.quarkgres.engine.bind.typing.OverloadChoice}'s to say.
 *
 * <p>Names are looked up along the search path that is in force at the moment, which is a view's
 * own while the view is bound. One thread a statement. Columns, scopes and privileges are not known
 * here: those are the binders' part.
 */
package io.quarkgres.engine.bind.lookup;
