package io.quarkgres.engine.bind.lookup;

import io.quarkgres.engine.bind.typing.CoercionRules;
import io.quarkgres.engine.bind.typing.OverloadChoice;
import io.quarkgres.engine.bind.typing.TypeRules;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.SqlType;
import java.util.List;

/**
 * Where the names of one statement are looked up: a catalog version and the search path, which
 * another one takes the place of while a view is bound. Used by one thread.
 */
public final class Lookup {
  private BindContext context;
  private List<String> relationPath;
  private List<String> functionPath;
  private final TypeRules rules;
  private final CoercionRules coercions;
  private final TypeNames types;
  private final RelationNames relations;
  private final OperatorOverloads operators;
  private final FunctionOverloads functions;

  /** Makes the lookup of a statement. */
  public Lookup(BindContext context) {
    this.context = context;
    this.rules = new TypeRules(context.catalog().types());
    this.coercions = new CoercionRules(context.catalog().functions(), rules);
    OverloadChoice choice = new OverloadChoice(rules, coercions);
    this.types = new TypeNames(this);
    this.relations = new RelationNames(this);
    this.operators = new OperatorOverloads(this, choice);
    this.functions = new FunctionOverloads(this, choice);
  }

  /** Makes names be looked up along another search path; returns what to restore afterwards. */
  public BindContext useSearchPath(List<String> path) {
    BindContext before = context;
    restore(context.withSearchPath(path));
    return before;
  }

  /** Goes back to the search path that stood before. */
  public void restore(BindContext before) {
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

  /**
   * Returns the schemas in which a function or operator is looked up.
   *
   * @param schema the schema that its name is qualified with, or {@code null}
   */
  List<String> functionSchemas(String schema, int position) {
    if (schema != null) {
      return context.functionSchemas(schema, position);
    }
    if (functionPath == null) {
      functionPath = context.functionPath();
    }
    return functionPath;
  }

  /** Returns what the statement is bound against. */
  public BindContext context() {
    return context;
  }

  /** Returns the catalog version. */
  public Catalog catalog() {
    return context.catalog();
  }

  /** Returns the functions, operators and aggregates there are. */
  public FunctionRegistry registry() {
    return context.catalog().functions();
  }

  /** Returns what is asked about types. */
  public TypeRules rules() {
    return rules;
  }

  /** Returns which type becomes which. */
  public CoercionRules coercions() {
    return coercions;
  }

  /** Returns a type by its oid. */
  public SqlType type(int oid) {
    return rules.type(oid);
  }

  /** Returns the types by name. */
  public TypeNames types() {
    return types;
  }

  /** Returns the relations by name. */
  public RelationNames relations() {
    return relations;
  }

  /** Returns the operators by name and operands. */
  public OperatorOverloads operators() {
    return operators;
  }

  /** Returns the functions by name and arguments. */
  public FunctionOverloads functions() {
    return functions;
  }
}
