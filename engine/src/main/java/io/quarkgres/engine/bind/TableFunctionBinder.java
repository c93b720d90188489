package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Alias;
import io.quarkgres.engine.ast.ColumnDefinition;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.bind.FromBinder.Bound;
import io.quarkgres.engine.bind.lookup.TypeNames;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.TableFunction;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.RecordShape;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.DefinedRows;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.engine.type.nested.RecordType;
import java.util.ArrayList;
import java.util.List;

/** Binds functions in FROM, with the names of their columns. Used by one thread. */
final class TableFunctionBinder {
  private final FromBinder from;
  private final BindState state;
  private final QueryLevel level;
  private final LockBinder locks;

  TableFunctionBinder(FromBinder from, LockBinder locks) {
    this.from = from;
    this.state = from.state();
    this.level = from.level();
    this.locks = locks;
  }

  /** A function and the columns it gives. */
  private record Columns(
      TableFunction function, List<RecordShape.Field> fields, boolean isScalar) {}

  Bound bind(FromItem.Functions item) {
    Alias alias = item.alias();
    List<Columns> functions = new ArrayList<>();
    boolean before = level.isLateralActive();
    level.setLateralActive(true);
    Clause clause = level.enter(Clause.FROM_FUNCTION);
    for (FromItem.TableFunction function : item.functions()) {
      if (item.isWithOrdinality() && !item.isRowsFrom() && !function.columns().isEmpty()) {
        throw BindErrors.syntax(
                "WITH ORDINALITY cannot be used with a column definition list",
                function.columns().get(0).position())
            .withHint("Put the column definition list inside ROWS FROM().");
      }
      functions.addAll(bind(function, item));
    }
    level.enter(clause);
    level.setLateralActive(before);
    String name = alias != null ? alias.name() : ColumnNames.of(item.functions().get(0).call());
    locks.requests(name, LockBinder.Kind.FUNCTION);
    return scan(item, functions, name, alias);
  }

  private Bound scan(FromItem.Functions item, List<Columns> functions, String name, Alias alias) {
    int relation = level.newRelation();
    List<OutputColumn> outputs = new ArrayList<>();
    List<TableFunction> calls = new ArrayList<>();
    for (Columns columns : functions) {
      calls.add(columns.function());
      for (RecordShape.Field field : columns.fields()) {
        outputs.add(
            new OutputColumn(relation, outputs.size(), field.name(), field.type(), field.typmod()));
      }
    }
    if (item.isWithOrdinality()) {
      outputs.add(
          new OutputColumn(relation, outputs.size(), "ordinality", state.type(Oids.INT8), -1));
    }
    Relation scan =
        new Relation.FunctionScan(
            relation, List.copyOf(calls), item.isWithOrdinality(), List.copyOf(outputs));
    boolean isScalar =
        functions.size() == 1 && functions.get(0).isScalar() && !item.isWithOrdinality();
    if (isScalarRecord(functions)) {
      return expandRecord(scan, functions.get(0), item, name, alias);
    }
    RangeEntry entry = entry(relation, outputs, name, alias, isScalar);
    return from.single(scan, entry);
  }

  private static RangeEntry entry(
      int relation, List<OutputColumn> outputs, String name, Alias alias, boolean isScalar) {
    List<RangeEntry.Column> columns = new ArrayList<>();
    for (OutputColumn output : outputs) {
      columns.add(new RangeEntry.Column(output.name(), output.ref()));
    }
    RangeEntry entry = new RangeEntry(null, null, columns, relation, null, false, isScalar);
    return entry.renamed(name, alias == null ? List.of() : alias.columns(), -1);
  }

  /** Tells whether the only function is no set function but returns a record with known fields. */
  private boolean isScalarRecord(List<Columns> functions) {
    return functions.size() == 1 && rowShape(functions.get(0).function()) != null;
  }

  /** Returns the fields when a function's rows come as one column, else {@code null}. */
  private RecordShape rowShape(TableFunction function) {
    if (function.scalar() != null) {
      return state.provenance().shape(function.scalar());
    }
    return function.call().function().outTypes().isEmpty()
            && function.call().returnType() instanceof CompositeType type
        ? RecordShape.of(type)
        : null;
  }

  /** Puts a projection of the fields on the scan of a function that returns one record. */
  private Bound expandRecord(
      Relation scan, Columns function, FromItem.Functions item, String name, Alias alias) {
    RecordShape shape = rowShape(function.function());
    BoundExpr record = scan.outputs().get(0).ref();
    List<BoundExpr> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shape.fields().size(); i++) {
      RecordShape.Field field = shape.fields().get(i);
      fields.add(new BoundExpr.FieldAccess(record, i, field.type(), field.typmod()));
      names.add(field.name());
    }
    if (item.isWithOrdinality()) {
      fields.add(scan.outputs().get(1).ref());
      names.add("ordinality");
    }
    int relation = level.newRelation();
    List<OutputColumn> outputs = Relation.outputsOf(relation, fields, names);
    Relation project = new Relation.Project(relation, scan, List.copyOf(fields), outputs);
    return from.single(project, entry(relation, outputs, name, alias, false));
  }

  private List<Columns> bind(FromItem.TableFunction item, FromItem.Functions whole) {
    List<ColumnDefinition> definitions = item.columns();
    List<Columns> unnests = severalUnnests(item, whole);
    if (unnests != null) {
      return unnests;
    }
    TableFunction function = call(item.call());
    String scalarName = scalarName(item.call(), function, whole);
    SqlType type =
        function.call() == null ? function.scalar().type() : function.call().returnType();
    RecordShape shape =
        function.call() == null
            ? state.provenance().shape(function.scalar())
            : shape(function.call());
    if (!definitions.isEmpty()) {
      checkDefinitions(item, type, shape);
      return List.of(defined(function, definitions));
    }
    if (type.oid() == Oids.RECORD && shape == null) {
      throw BindErrors.syntax(
          "a column definition list is required for functions returning \"record\"",
          item.position());
    }
    if (shape == null) {
      int typmod = function.scalar() == null ? -1 : function.scalar().typmod();
      return List.of(
          new Columns(function, List.of(new RecordShape.Field(scalarName, type, typmod)), true));
    }
    if (function.scalar() != null) {
      if (whole.functions().size() > 1) {
        throw BindErrors.notBuilt(
            "a function that returns one record in ROWS FROM", item.position());
      }
      return List.of(
          new Columns(function, List.of(new RecordShape.Field(scalarName, type, -1)), false));
    }
    if (function.call().function().outTypes().isEmpty()) {
      return List.of(
          new Columns(function, List.of(new RecordShape.Field(scalarName, type, -1)), false));
    }
    TableFunction expanded =
        new TableFunction(function.call(), function.arguments(), null, shape.fields().size());
    return List.of(new Columns(expanded, shape.fields(), false));
  }

  /** Returns the columns that a set function's rows have, {@code null} for single values. */
  private RecordShape shape(Call call) {
    return call.returnType() instanceof CompositeType type
        ? RecordShape.of(type)
        : RecordShape.of(call.function(), call.argumentTypes(), state.rules());
  }

  /** Spreads {@code unnest(a, b, ...)} into one call for each array. */
  private List<Columns> severalUnnests(FromItem.TableFunction item, FromItem.Functions whole) {
    if (!(item.call() instanceof Expression.FunctionCall call)
        || call.arguments().size() < 2
        || !call.name().name().equals("unnest")
        || call.name().schema() != null
        || !item.columns().isEmpty()
        || call.isVariadic()
        || call.arguments().stream().anyMatch(a -> a.name() != null)) {
      return null;
    }
    List<Columns> result = new ArrayList<>();
    for (Expression.Argument argument : call.arguments()) {
      Expression.FunctionCall single =
          new Expression.FunctionCall(
              call.name(),
              List.of(argument),
              false,
              false,
              false,
              List.of(),
              false,
              null,
              null,
              false,
              call.position());
      FromItem.TableFunction function =
          new FromItem.TableFunction(single, List.of(), item.position());
      FromItem.Functions several =
          new FromItem.Functions(
              List.of(function, function), false, false, false, whole.alias(), whole.position());
      result.addAll(bind(function, several));
    }
    return result;
  }

  private TableFunction call(Expression expression) {
    if (expression instanceof Expression.FunctionCall call) {
      return from.expressions().functions().fromCall(call);
    }
    return new TableFunction(null, List.of(), from.expressions().bind(expression), 1);
  }

  /** Returns the name of the only column of a function that returns no record. */
  private static String scalarName(
      Expression call, TableFunction function, FromItem.Functions whole) {
    if (function.call() != null) {
      String out = outName(function.call().function());
      if (out != null) {
        return out;
      }
    } else if (function.scalar() instanceof BoundExpr.FunctionCall scalar) {
      String out = outName(scalar.call().function());
      if (out != null) {
        return out;
      }
    }
    if (whole.functions().size() == 1 && whole.alias() != null) {
      return whole.alias().name();
    }
    return ColumnNames.of(call);
  }

  /** Returns the name of a single OUT parameter, {@code null} when there is none. */
  private static String outName(FunctionDef function) {
    int inputs = function.argumentTypes().size();
    if (!function.outNames().isEmpty() || function.argumentNames().size() != inputs + 1) {
      return null;
    }
    String name = function.argumentNames().get(inputs);
    return name.isEmpty() ? null : name;
  }

  private static void checkDefinitions(
      FromItem.TableFunction item, SqlType type, RecordShape shape) {
    int position = item.columns().get(0).position();
    if (shape != null) {
      throw BindErrors.syntax(
          "a column definition list is redundant for a function with OUT parameters", position);
    }
    if (type.oid() != Oids.RECORD) {
      throw BindErrors.syntax(
          "a column definition list is only allowed for functions returning \"record\"", position);
    }
  }

  /** Makes a record function yield the columns of a definition list. */
  private Columns defined(TableFunction function, List<ColumnDefinition> definitions) {
    boolean isOneRow = function.call() == null;
    BoundExpr.FunctionCall one =
        function.scalar() instanceof BoundExpr.FunctionCall scalar ? scalar : null;
    if (isOneRow && (one == null || !(one.call().function().kernel() instanceof DefinedRows))) {
      throw BindErrors.notBuilt(
          "a column definition list for a function that returns one record",
          definitions.get(0).position());
    }
    Call call = isOneRow ? one.call() : function.call();
    if (!(call.function().kernel() instanceof DefinedRows)) {
      throw BindErrors.notBuilt(
          "a column definition list for this function", definitions.get(0).position());
    }
    List<BoundExpr> arguments = isOneRow ? one.arguments() : function.arguments();
    List<RecordShape.Field> fields = new ArrayList<>();
    for (ColumnDefinition definition : definitions) {
      TypeNames.Typed type = state.lookup().types().resolve(definition.type());
      fields.add(new RecordShape.Field(definition.name(), type.type(), type.typmod()));
    }
    return new Columns(
        new TableFunction(shaped(call, fields, isOneRow), arguments, null, fields.size()),
        fields,
        false);
  }

  /** Returns a call whose function has the fields as OUT columns. */
  private Call shaped(Call call, List<RecordShape.Field> fields, boolean isOneRow) {
    FunctionDef f = call.function();
    FunctionDef shaped =
        new FunctionDef(
            f.oid(),
            f.schema(),
            f.name(),
            f.kind(),
            f.argumentTypes(),
            f.argumentNames(),
            f.defaults(),
            f.variadicElement(),
            f.returnType(),
            f.returnsSet(),
            // of NULL, one row of NULLs is made
            f.strict() && !isOneRow,
            f.volatility(),
            fields.stream().map(RecordShape.Field::name).toList(),
            fields.stream().map(field -> field.type().oid()).toList(),
            f.kernel());
    return new Call(
        shaped,
        call.argumentTypes(),
        CompositeType.anonymous(
            (RecordType) state.type(Oids.RECORD),
            fields.stream().map(RecordShape.Field::name).toArray(String[]::new),
            fields.stream().map(RecordShape.Field::type).toArray(SqlType[]::new),
            fields.stream().mapToInt(RecordShape.Field::typmod).toArray()),
        call.collation());
  }
}
