package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.tree.Access;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.CoercionRules;
import io.quarkgres.engine.bind.typing.ExplicitCollations;
import io.quarkgres.engine.bind.typing.OverloadChoice;
import io.quarkgres.engine.bind.typing.ParameterTypes;
import io.quarkgres.engine.bind.typing.RecordShape;
import io.quarkgres.engine.bind.typing.TypeRules;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the binders of one statement share: numbers of relations, positions of expressions,
 * parameters, used tables. Used by one thread.
 */
final class BindState {
  private static final int DEPTH_MAX = 1200;

  private BindContext context;
  private List<String> relationPath;
  private List<String> functionPath;
  private final BindTrace trace;
  private final TypeRules rules;
  private final CoercionRules coercions;
  private final OperatorOverloads operatorOverloads;
  private final FunctionOverloads functionOverloads;
  private final ExplicitCollations collations;
  private final ParameterTypes parameters;
  private final TypeNames typeNames;
  private final Coercer coercer;
  private final RecursionGuard recursion = new RecursionGuard();
  private final List<QueryLevel> owners = new ArrayList<>();
  private final Map<BoundExpr, Integer> positions = new IdentityHashMap<>();
  private final Map<Long, Origin> origins = new HashMap<>();
  private final Map<Long, RecordShape> shapes = new HashMap<>();
  private final Map<Long, Integer> outputPositions = new HashMap<>();
  private final Map<Integer, LockMode> tables = new LinkedHashMap<>();
  private final Map<CteScope.CteDefinition, CteBinder> pendingCtes = new IdentityHashMap<>();
  private final List<CteScope.CteDefinition> bindingCtes = new ArrayList<>();
  private final Map<Long, Access> accesses = new LinkedHashMap<>();
  private int accessRole = Access.CURRENT_USER;
  private boolean isStored;
  private int cteCount;
  private int depth;
  private int viewDepth;
  private boolean isWriting;
  private boolean hasSets;

  BindState(BindContext context, boolean allowsParameters) {
    this(context, allowsParameters, BindTrace.OFF);
  }

  BindState(BindContext context, boolean allowsParameters, BindTrace trace) {
    this.context = context;
    this.trace = trace;
    this.rules = new TypeRules(context.catalog().types());
    this.coercions = new CoercionRules(context.catalog().functions(), rules);
    OverloadChoice choice = new OverloadChoice(rules, coercions);
    this.operatorOverloads = new OperatorOverloads(this, choice);
    this.functionOverloads = new FunctionOverloads(this, choice);
    this.collations = new ExplicitCollations(rules);
    this.parameters = new ParameterTypes(rules, context.parameterTypes(), allowsParameters);
    this.typeNames = new TypeNames(this);
    this.coercer = new Coercer(this);
  }

  /** Makes names be looked up along another search path; returns what to restore afterwards. */
  BindContext useSearchPath(List<String> path) {
    BindContext before = context;
    restore(context.withSearchPath(path));
    return before;
  }

  void restore(BindContext before) {
    context = before;
    functionPath = null;
    relationPath = null;
  }

  /** Returns the schemas in which unqualified relations and types are looked up, in order. */
  List<String> relationPath() {
    if (relationPath == null) {
      relationPath = context.relationPath();
    }
    return relationPath;
  }

  /** Returns the schemas in which a function or operator is looked up, see the context. */
  List<String> functionSchemas(String schema, int position) {
    if (schema != null) {
      return context.functionSchemas(schema, position);
    }
    if (functionPath == null) {
      functionPath = context.functionPath();
    }
    return functionPath;
  }

  /** Runs something whose errors must not point into the statement's text. */
  <T> T unpositioned(Supplier<T> action) {
    try {
      return action.get();
    } catch (SqlException e) {
      throw e.withPosition(SqlException.NO_POSITION);
    }
  }

  /** Which column of which table an output is, unchanged. */
  record Origin(int tableOid, int column) {}

  /** Returns where the binders leave what is needed to print the statement again. */
  BindTrace trace() {
    return trace;
  }

  BindContext context() {
    return context;
  }

  Catalog catalog() {
    return context.catalog();
  }

  FunctionRegistry functions() {
    return context.catalog().functions();
  }

  TypeRules rules() {
    return rules;
  }

  CoercionRules coercions() {
    return coercions;
  }

  OperatorOverloads operatorOverloads() {
    return operatorOverloads;
  }

  FunctionOverloads functionOverloads() {
    return functionOverloads;
  }

  ExplicitCollations collations() {
    return collations;
  }

  ParameterTypes parameters() {
    return parameters;
  }

  TypeNames typeNames() {
    return typeNames;
  }

  Coercer coercer() {
    return coercer;
  }

  RecursionGuard recursion() {
    return recursion;
  }

  SqlType type(int oid) {
    return rules.type(oid);
  }

  SqlType bool() {
    return rules.type(Oids.BOOL);
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

  int newCte() {
    return cteCount++;
  }

  /** Notes which binder will bind expressions that are referred to before their turn. */
  void putPending(CteBinder binder, List<CteScope.CteDefinition> definitions) {
    definitions.forEach(definition -> pendingCtes.put(definition, binder));
  }

  CteBinder pendingBinder(CteScope.CteDefinition definition) {
    return pendingCtes.get(definition);
  }

  void beginCte(CteScope.CteDefinition definition) {
    bindingCtes.add(definition);
  }

  void endCte() {
    bindingCtes.remove(bindingCtes.size() - 1);
  }

  /** Returns the common table expression whose binding began first. */
  CteScope.CteDefinition outermostBinding() {
    return bindingCtes.get(0);
  }

  /** Tells whether no other common table expression is being bound within one. */
  boolean isInnermostBinding(CteScope.CteDefinition definition) {
    return bindingCtes.get(bindingCtes.size() - 1) == definition;
  }

  /** Notes where an expression stands, and returns it. */
  <E extends BoundExpr> E at(E expr, int position) {
    if (position >= 0) {
      positions.put(expr, position);
    }
    return expr;
  }

  /** Returns where an expression stands, -1 when that is unknown. */
  int position(BoundExpr expr) {
    Integer position = positions.get(expr);
    return position == null ? -1 : position;
  }

  void setOrigin(int relation, int column, int tableOid, int tableColumn) {
    origins.put(key(relation, column), new Origin(tableOid, tableColumn));
  }

  /** Notes that an output is what an expression is: its place, its table column, its fields. */
  void inherit(int relation, int column, BoundExpr expr) {
    outputPositions.put(key(relation, column), position(expr));
    if (expr instanceof ColumnRef ref) {
      Origin origin = origins.get(key(ref.relation(), ref.column()));
      if (origin != null) {
        origins.put(key(relation, column), origin);
      }
    }
    inheritShape(relation, column, expr);
  }

  /** Notes that an output has the fields of an expression. */
  void inheritShape(int relation, int column, BoundExpr expr) {
    RecordShape shape = shape(expr);
    if (shape != null) {
      shapes.put(key(relation, column), shape);
    }
  }

  /** Notes where an output's expression stands. */
  void placeOutput(int relation, int column, int position) {
    outputPositions.put(key(relation, column), position);
  }

  /** Returns a reference to an output that stands where the output's expression stands. */
  ColumnRef reference(OutputColumn output) {
    Integer position = outputPositions.get(key(output.relation(), output.column()));
    return at(output.ref(), position == null ? -1 : position);
  }

  /** Returns the table column that a column is, or {@code null}. */
  Origin origin(int relation, int column) {
    return origins.get(key(relation, column));
  }

  void setShape(int relation, int column, RecordShape shape) {
    shapes.put(key(relation, column), shape);
  }

  /** Returns the fields of a record expression, or {@code null} when they are unknown. */
  RecordShape shape(BoundExpr expr) {
    if (expr instanceof BoundExpr.RowConstructor row) {
      return RecordShape.of(row);
    }
    if (expr instanceof BoundExpr.Case e && expr.type().base() instanceof CompositeType) {
      return caseShape(e);
    }
    if (expr.type().base() instanceof CompositeType type) {
      return RecordShape.of(type);
    }
    if (expr.type().oid() != Oids.RECORD) {
      return null;
    }
    return switch (expr) {
      case ColumnRef e -> shapes.get(key(e.relation(), e.column()));
      case BoundExpr.FunctionCall e ->
          RecordShape.of(e.call().function(), e.call().argumentTypes(), rules);
      case BoundExpr.Case e -> caseShape(e);
      case BoundExpr.Subquery e ->
          e.kind() == BoundExpr.SubqueryKind.SCALAR
              ? shapes.get(
                  key(e.query().outputs().get(0).relation(), e.query().outputs().get(0).column()))
              : null;
      case BoundExpr.And _,
          BoundExpr.Or _,
          BoundExpr.Not _,
          BoundExpr.IsNull _,
          BoundExpr.IsTruth _,
          BoundExpr.IsDistinct _,
          BoundExpr.CaseOperand _,
          BoundExpr.Coalesce _,
          BoundExpr.NullIf _,
          BoundExpr.Extreme _,
          BoundExpr.ArrayConstructor _,
          BoundExpr.RowConstructor _,
          BoundExpr.RowComparison _,
          BoundExpr.FieldAccess _,
          BoundExpr.Subscripts _,
          BoundExpr.SubscriptAssignment _,
          BoundExpr.QuantifiedArray _,
          BoundExpr.CastByText _,
          BoundExpr.Relabel _,
          BoundExpr.ArrayCast _,
          BoundExpr.CoerceLength _,
          BoundExpr.CoerceToDomain _,
          BoundExpr.Constant _,
          BoundExpr.Parameter _ ->
          null;
    };
  }

  private RecordShape caseShape(BoundExpr.Case e) {
    for (BoundExpr.When when : e.whens()) {
      RecordShape shape = shape(when.result());
      if (shape != null) {
        return shape;
      }
    }
    return shape(e.otherwise());
  }

  private static long key(int relation, int column) {
    return (long) relation << 32 | column;
  }

  /** Notes the use of a relation, with the strongest lock mode that is needed. */
  void use(int oid, LockMode mode) {
    tables.merge(oid, mode, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }

  /** Notes that a privilege on a relation is needed. */
  void access(int oid, Privilege privilege) {
    accessTo(oid).add(privilege);
  }

  /** Notes that a privilege on a column is needed. */
  void access(int oid, int column, Privilege privilege) {
    accessTo(oid).add(privilege, column);
  }

  private Access accessTo(int oid) {
    return accesses.computeIfAbsent(
        (long) accessRole << 32 | oid, key -> new Access(oid, accessRole));
  }

  /** Notes that an expression reads a column, unless the table's own definition says so. */
  void read(BoundExpr expr) {
    if (!isStored && expr instanceof ColumnRef ref) {
      Origin origin = origin(ref.relation(), ref.column());
      if (origin != null) {
        access(origin.tableOid(), origin.column(), Privilege.SELECT);
      }
    }
  }

  /** Binds what belongs to a relation's definition, for which no privilege is needed. */
  <T> T stored(Supplier<T> action) {
    boolean before = isStored;
    isStored = true;
    try {
      return action.get();
    } finally {
      isStored = before;
    }
  }

  /** Makes another role's privileges count; returns whose counted before. */
  int accessAs(int role) {
    int before = accessRole;
    accessRole = role;
    return before;
  }

  List<Access> accesses() {
    return List.copyOf(accesses.values());
  }

  List<BoundStatement.TableUse> tables() {
    List<BoundStatement.TableUse> result = new ArrayList<>();
    tables.forEach((oid, mode) -> result.add(new BoundStatement.TableUse(oid, mode)));
    return List.copyOf(result);
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
    if (++viewDepth > 100) {
      throw BindErrors.tooComplex();
    }
  }

  void leaveView() {
    viewDepth--;
  }
}
