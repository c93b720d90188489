package io.quarkgres.engine.exec;

import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.ConstraintEntry.Action;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.build.Execution;
import io.quarkgres.engine.exec.scan.IndexSpecs;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.SessionRandom;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.plan.PlanSettings;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.plan.Planner;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.storage.memory.MemoryStorageProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tables in a memory storage and SQL over them: parser, binder, planner, executor. */
public final class TestDatabase implements AutoCloseable {
  private static final int PUBLIC = 2200;
  private static final int TARGET = 1;

  private final Storage storage = new MemoryStorageProvider().open(Map.of());
  private CatalogVersion catalog;
  private int nextOid = 20_000;

  public TestDatabase() {
    catalog =
        CatalogVersion.initial(1, "test", TestPlans.TYPES, TestPlans.FUNCTIONS)
            .change(editor -> {
              editor.put(new SchemaEntry(11, "pg_catalog", 10));
              editor.put(new SchemaEntry(PUBLIC, "public", 10));
            });
  }

  Storage storage() {
    return storage;
  }

  /** Makes a table of columns given as {@code name type [not null] [= default] [:= generated]}. */
  public TableEntry table(String name, String... columns) {
    List<ColumnEntry> entries = new ArrayList<>();
    List<Layout> layouts = new ArrayList<>();
    for (String text : columns) {
      String[] generated = text.split(" := ");
      String[] parts = generated[0].split(" = ");
      String[] words = parts[0].split(" ");
      SqlType type = binder().resolveType(Parser.parseTypeName(words[1]));
      String expression = generated.length > 1 ? generated[1] : parts.length > 1 ? parts[1] : null;
      entries.add(
          new ColumnEntry(
              words[0],
              entries.size() + 1,
              type,
              -1,
              0,
              parts[0].contains("not null"),
              expression,
              (char) 0,
              generated.length > 1 ? 's' : 0,
              false));
      layouts.add(type.layout());
    }
    TableEntry table =
        new TableEntry(
            nextOid++,
            PUBLIC,
            "public",
            name,
            10,
            'p',
            entries,
            List.of(),
            Map.of(),
            0,
            storage.createTable(layouts));
    catalog = catalog.change(editor -> editor.put(table));
    return table;
  }

  private TableEntry find(String name) {
    return (TableEntry) catalog.relation("public", name);
  }

  /** Makes an index on columns of a table. */
  public IndexEntry index(String name, String tableName, boolean isUnique, String... columns) {
    TableEntry table = find(tableName);
    List<IndexEntry.Key> keys = new ArrayList<>();
    List<ColumnEntry> keyColumns = new ArrayList<>();
    List<BoundExpr> expressions = new ArrayList<>();
    for (String column : columns) {
      ColumnEntry entry = column(table, column);
      keys.add(new IndexEntry.Key(entry.number(), null, "any_ops", true, false, false));
      keyColumns.add(entry);
      expressions.add(new OutputColumn(TARGET, entry.number() - 1, column, entry.type(), -1).ref());
    }
    IndexEntry entry = entry(name, table, isUnique, keys, keyColumns, null);
    IndexSpec spec =
        IndexSpecs.of(
            entry, table.columns(), TARGET, expressions, null, catalog, TestPlans.EVALUATION);
    Transaction transaction = begin(IsolationLevel.READ_COMMITTED);
    TableIndex index =
        table
            .store()
            .addIndex(transaction, spec, new UniqueConflict(), new long[1], new BuildProgress());
    transaction.commit();
    IndexEntry complete = entry(name, table, isUnique, keys, keyColumns, index);
    catalog = catalog.change(editor -> editor.put(complete));
    return complete;
  }

  private static ColumnEntry column(TableEntry table, String name) {
    for (ColumnEntry column : table.columns()) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private IndexEntry entry(
      String name,
      TableEntry table,
      boolean isUnique,
      List<IndexEntry.Key> keys,
      List<ColumnEntry> columns,
      TableIndex index) {
    return new IndexEntry(
        nextOid++,
        PUBLIC,
        "public",
        name,
        10,
        table.oid(),
        "btree",
        keys,
        null,
        isUnique,
        false,
        false,
        List.of(),
        Map.of(),
        columns,
        0,
        index);
  }

  /** Adds a CHECK constraint. */
  public void check(String tableName, String name, String condition) {
    TableEntry table = find(tableName);
    constrain(table, new ConstraintEntry.Check(nextOid++, name, table.oid(), condition, true));
  }

  /** Adds a foreign key to the columns of a unique index. */
  public void foreignKey(
      String name,
      String tableName,
      List<String> columns,
      IndexEntry referenced,
      Action onUpdate,
      Action onDelete) {
    TableEntry table = find(tableName);
    constrain(
        table,
        new ConstraintEntry.ForeignKey(
            nextOid++,
            name,
            table.oid(),
            columns.stream().map(c -> column(table, c).number()).toList(),
            referenced.tableOid(),
            referenced.keys().stream().map(IndexEntry.Key::column).toList(),
            referenced.oid(),
            onUpdate,
            onDelete,
            false,
            false,
            false,
            true));
  }

  private void constrain(TableEntry table, ConstraintEntry constraint) {
    List<ConstraintEntry> constraints = new ArrayList<>(table.constraints());
    constraints.add(constraint);
    TableEntry changed =
        new TableEntry(
            table.oid(),
            table.schemaOid(),
            table.schema(),
            table.name(),
            table.owner(),
            table.persistence(),
            table.columns(),
            constraints,
            table.options(),
            table.rowType(),
            table.store());
    catalog = catalog.change(editor -> editor.put(changed));
  }

  public Transaction begin(IsolationLevel isolation) {
    return storage.begin(isolation, new Interruption());
  }

  private Binder binder(SqlType... parameters) {
    List<Integer> oids = Arrays.stream(parameters).map(SqlType::oid).toList();
    return new Binder(
        new BindContext(catalog, List.of("public"), "postgres", oids, TypeContext.DEFAULT));
  }

  public PlannedStatement plan(String sql, SqlType... parameters) {
    Statement statement = Parser.parse(sql).get(0).statement();
    BoundStatement bound = binder(parameters).bind(statement);
    return Planner.plan(bound, catalog, PlanSettings.DEFAULT);
  }

  /** Rows and the number of changed rows. */
  public record Result(List<List<String>> rows, long affected) {}

  /** Runs a statement in a transaction of its own. */
  public Result run(String sql) {
    Transaction transaction = begin(IsolationLevel.READ_COMMITTED);
    try {
      Result result = run(transaction, sql);
      transaction.commit();
      return result;
    } catch (RuntimeException e) {
      transaction.rollback();
      throw e;
    }
  }

  public List<List<String>> rows(String sql) {
    return run(sql).rows();
  }

  /** Runs a statement in a transaction, as one command. */
  public Result run(Transaction transaction, String sql) {
    Result result = run(transaction, plan(sql));
    transaction.nextCommand();
    return result;
  }

  Result run(Transaction transaction, PlannedStatement planned, Column... parameters) {
    List<List<String>> rows = new ArrayList<>();
    try (Snapshot snapshot = transaction.snapshot();
        Execution execution = Execution.open(planned, context(transaction, snapshot, parameters))) {
      for (Block block = execution.next(); block != null; block = execution.next()) {
        if (!planned.bound().columns().isEmpty()) {
          TestPlans.add(block, planned.plan().outputs(), rows);
        }
      }
      return new Result(rows, execution.affectedRows());
    }
  }

  public ExecutionContext context(
      Transaction transaction, Snapshot snapshot, Column... parameters) {
    return new ExecutionContext(new Evaluation(), catalog, transaction, snapshot, parameters);
  }

  @Override
  public void close() {
    storage.close();
  }

  TypeRegistry types() {
    return catalog.types();
  }

  FunctionRegistry functions() {
    return catalog.functions();
  }

  /** The rules of a table are those that an INSERT of defaults is bound to. */
  private RowRules.Rules rules(TableEntry table) {
    Statement insert =
        Parser.parse("INSERT INTO " + table.name() + " DEFAULT VALUES").get(0).statement();
    Relation.Modify modify = (Relation.Modify) binder().bind(insert).relation();
    Modification.Insert bound = (Modification.Insert) modify.modification();
    return new RowRules.Rules(bound.target(), bound.defaults(), bound.generated(), bound.checks());
  }

  private final class Evaluation implements EvalContext {
    private final Interruption interruption = new Interruption();

    @Override
    public TypeContext types() {
      return TypeContext.DEFAULT;
    }

    @Override
    public long statementMicros() {
      return 0;
    }

    @Override
    public long transactionMicros() {
      return 0;
    }

    @Override
    public long clockMicros() {
      return 0;
    }

    @Override
    public SessionRandom random() {
      return new SessionRandom(new Random(1));
    }

    @Override
    public String setting(String name) {
      return null;
    }

    @Override
    public Interruption interruption() {
      return interruption;
    }

    @Override
    public <T> T service(Class<T> kind) {
      RowRules rules = TestDatabase.this::rules;
      return kind.cast(rules);
    }
  }
}
