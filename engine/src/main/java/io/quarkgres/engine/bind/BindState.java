package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.lookup.Lookup;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.CoercionRules;
import io.quarkgres.engine.bind.typing.ExplicitCollations;
import io.quarkgres.engine.bind.typing.ParameterTypes;
import io.quarkgres.engine.bind.typing.TypeRules;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the binders of one statement share: which query level a relation's number belongs to, how
 * deep they stand, and what keeps the rest, a class for each idea. Used by one thread.
 */
final class BindState {
  private static final int DEPTH_MAX = 1200;
  private static final int VIEW_DEPTH_MAX = 100;

  private final Lookup lookup;
  private final BindTrace trace;
  private final ExplicitCollations collations;
  private final ParameterTypes parameters;
  private final Coercer coercer;
  private final RecursionGuard recursion = new RecursionGuard();
  private final List<QueryLevel> owners = new ArrayList<>();
  private final Provenance provenance;
  private final TableUses uses;
  private final StatementCtes ctes = new StatementCtes();
  private int depth;
  private int viewDepth;
  private boolean isWriting;
  private boolean hasSets;

  BindState(BindContext context, boolean allowsParameters) {
    this(context, allowsParameters, BindTrace.OFF);
  }

  BindState(BindContext context, boolean allowsParameters, BindTrace trace) {
    this.lookup = new Lookup(context);
    this.trace = trace;
    this.collations = new ExplicitCollations(rules());
    this.parameters = new ParameterTypes(rules(), context.parameterTypes(), allowsParameters);
    this.provenance = new Provenance(rules());
    this.uses = new TableUses(provenance);
    this.coercer = new Coercer(this);
  }

  /** Runs something whose errors must not point into the statement's text. */
  <T> T unpositioned(Supplier<T> action) {
    try {
      return action.get();
    } catch (SqlException e) {
      throw e.withPosition(SqlException.NO_POSITION);
    }
  }

  /** Returns where the binders leave what is needed to print the statement again. */
  BindTrace trace() {
    return trace;
  }

  /** Returns what names are looked up in. */
  Lookup lookup() {
    return lookup;
  }

  Catalog catalog() {
    return lookup.catalog();
  }

  FunctionRegistry functions() {
    return lookup.registry();
  }

  TypeRules rules() {
    return lookup.rules();
  }

  CoercionRules coercions() {
    return lookup.coercions();
  }

  /** Returns what is known of where expressions come from. */
  Provenance provenance() {
    return provenance;
  }

  /** Returns what the statement does with which relations. */
  TableUses uses() {
    return uses;
  }

  /** Returns the common table expressions of the statement. */
  StatementCtes ctes() {
    return ctes;
  }

  ExplicitCollations collations() {
    return collations;
  }

  ParameterTypes parameters() {
    return parameters;
  }

  Coercer coercer() {
    return coercer;
  }

  RecursionGuard recursion() {
    return recursion;
  }

  SqlType type(int oid) {
    return lookup.type(oid);
  }

  SqlType bool() {
    return lookup.type(Oids.BOOL);
  }

  /** Takes a number for a relation that belongs to a query level. */
  int newRelation(QueryLevel level) {
    owners.add(level);
    return owners.size() - 1;
  }

  /** Makes a number that the caller has chosen belong to a query level. */
  void reserve(int relation, QueryLevel level) {
    while (owners.size() <= relation) {
      owners.add(level);
    }
    owners.set(relation, level);
  }

  /** Returns the query level that a relation belongs to. */
  QueryLevel owner(int relation) {
    return owners.get(relation);
  }

  /** Makes the columns of a bound subquery belong to the level that it stands in the FROM of. */
  void adopt(List<OutputColumn> outputs, QueryLevel level) {
    for (OutputColumn output : outputs) {
      owners.set(output.relation(), level);
    }
  }

  /** Notes where an expression stands, and returns it. */
  <E extends BoundExpr> E at(E expr, int position) {
    return provenance.at(expr, position);
  }

  /** Returns where an expression stands, -1 when that is unknown. */
  int position(BoundExpr expr) {
    return provenance.position(expr);
  }

  void markWriting() {
    isWriting = true;
  }

  boolean isWriting() {
    return isWriting;
  }

  void markSet() {
    hasSets = true;
  }

  /** Tells whether an expression calls a set-returning function. */
  boolean returnsSet(BoundExpr expr) {
    boolean[] found = new boolean[1];
    if (hasSets) {
      Expressions.walk(
          expr,
          e ->
              found[0] |=
                  e instanceof ColumnRef ref
                      && owner(ref.relation()).isSetRelation(ref.relation()));
    }
    return found[0];
  }

  /** Goes one nesting deeper; raises 54001 when that is too deep. */
  void enter() {
    if (++depth > DEPTH_MAX) {
      throw BindErrors.tooComplex();
    }
  }

  void leave() {
    depth--;
  }

  /** Goes into a view; a view that contains itself is too deep sooner or later. */
  void enterView() {
    if (++viewDepth > VIEW_DEPTH_MAX) {
      throw BindErrors.tooComplex();
    }
  }

  void leaveView() {
    viewDepth--;
  }
}
