package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.session.cache.RowFeed;
import io.quarkgres.engine.session.copy.CopyFile;
import io.quarkgres.engine.session.copy.CopyOptions;
import io.quarkgres.engine.session.copy.CopyReader;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * COPY from the client or a file of the server into a table. Rows that come in are parsed straight
 * into columns, and each block of them is inserted by the same plan as an INSERT of VALUES. Used by
 * the session's thread.
 */
final class CopyFrom {
  /** The number of the relation of whole rows that WHERE sees. */
  private static final int ROWS = RowFeed.INPUT - 1;

  /** The number of the relation of what WHERE lets through. */
  private static final int KEPT = RowFeed.INPUT - 2;

  private final ClientSession session;

  CopyFrom(ClientSession session) {
    this.session = session;
  }

  /** Runs the statement; returns how many rows were copied. */
  long run(UtilityStatement.Copy copy, CopyOptions options, Reply reply) {
    RelationEntry relation = RelationLookup.require(session, copy.table());
    if (!(relation instanceof TableEntry table)) {
      throw notCopied(relation);
    }
    if (table.persistence() != 't') {
      ReadOnlyRule.refuse(session, "COPY FROM");
    }
    List<ColumnEntry> columns = CopyColumns.of(table, copy.columns());
    CopyColumns.requireForced(table, options, columns.stream().map(ColumnEntry::name).toList());
    PlannedStatement insert =
        session.queries().locked(() -> insertPlan(table, columns, copy.where()));
    CopyReader reader = CopyReader.of(options, table, columns, session.environment().types());
    if (!CopyStatement.isFile(copy)) {
      reader.open(reply.copyIn(options.isBinary(), columns.size()));
      return insertAll(insert, columns, reader, () -> requireFreezable(table, options));
    }
    try (CopyFile.Input file = CopyFile.read(copy.path())) {
      reader.open(file);
      return insertAll(insert, columns, reader, () -> requireFreezable(table, options));
    }
  }

  private static SqlException notCopied(RelationEntry relation) {
    String name = "\"" + relation.name() + "\"";
    return switch (relation) {
      case ViewEntry view ->
          new SqlException(SqlState.WRONG_OBJECT_TYPE, "cannot copy to view " + name)
              .withHint("To enable copying to a view, provide an INSTEAD OF INSERT trigger.");
      case SequenceEntry sequence ->
          new SqlException(SqlState.WRONG_OBJECT_TYPE, "cannot copy to sequence " + name);
      case IndexEntry index -> new SqlException(SqlState.WRONG_OBJECT_TYPE, name + " is an index");
      case VirtualTable table ->
          new SqlException(
              SqlState.INSUFFICIENT_PRIVILEGE,
              "permission denied: " + name + " is a system catalog");
      case TableEntry table -> throw new IllegalStateException("a table can be copied to");
    };
  }

  /**
   * Raises an error unless nobody can see the table without the rows to come. Nothing is frozen
   * here, since a row that all see at once is what every row is.
   */
  private void requireFreezable(TableEntry table, CopyOptions options) {
    if (!options.isFrozen()) {
      return;
    }
    if (session.portals().all().stream().anyMatch(portal -> !portal.name().isEmpty())) {
      throw new SqlException(
          SqlState.INVALID_TRANSACTION_STATE,
          "cannot perform COPY FREEZE because of prior transaction activity");
    }
    if (!session.transaction().isNewHere(table)) {
      throw new SqlException(
          SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "cannot perform COPY FREEZE because the table was not created or truncated in the"
              + " current subtransaction");
    }
  }

  /**
   * Inserts what is read.
   *
   * @param check is run when the first rows were read, so that a client is sending by then
   */
  private long insertAll(
      PlannedStatement insert, List<ColumnEntry> columns, CopyReader reader, Runnable check) {
    long rows = 0;
    long[] lines = new long[Block.ROWS_MAX];
    while (true) {
      ColumnBuilder[] builders = builders(columns);
      int read = 0;
      while (read < Block.ROWS_MAX && reader.next(builders)) {
        lines[read++] = reader.line();
      }
      if (rows == 0) {
        check.run();
      }
      if (read > 0) {
        rows += insert(insert, block(builders, read), lines, reader);
      }
      if (read < Block.ROWS_MAX) {
        return rows;
      }
      session.interruption().check();
    }
  }

  /**
   * Plans an INSERT whose rows are the blocks that COPY reads: that of {@code INSERT INTO t
   * (columns) SELECT $1, ...}, with the parameters replaced by columns of the input.
   */
  private PlannedStatement insertPlan(
      TableEntry table, List<ColumnEntry> columns, Expression where) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<Integer> types = new ArrayList<>();
    for (ColumnEntry column : columns) {
      int i = names.size();
      names.add(CopyColumns.quoted(column.name()));
      values.add("$" + (i + 1));
      types.add(column.type().oid());
    }
    String sql =
        "INSERT INTO "
            + CopyColumns.quoted(table.schema())
            + "."
            + CopyColumns.quoted(table.name())
            + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")")
            + " OVERRIDING SYSTEM VALUE SELECT "
            + String.join(", ", values);
    BoundStatement bound =
        new Binder(session.environment().bindContext(types))
            .bind(Parser.parse(sql).get(0).statement());
    BoundStatement fed = RowFeed.feed(bound, columns);
    return session
        .environment()
        .plan(
            where == null
                ? fed
                : RowFeed.with(fed, filtered((Relation.Modify) fed.relation(), where)));
  }

  /**
   * Puts WHERE between the rows read and the INSERT. The condition sees whole rows, so the defaults
   * are computed below it.
   */
  private Relation filtered(Relation.Modify modify, Expression where) {
    Modification.Insert insert = (Modification.Insert) modify.modification();
    TableEntry table = insert.table();
    List<BoundExpr> row = new ArrayList<>();
    List<OutputColumn> rowOutputs = new ArrayList<>();
    List<Integer> given = new ArrayList<>();
    List<BoundExpr> defaults = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnEntry column = table.columns().get(i);
      int at = insert.columns().indexOf(i);
      BoundExpr value =
          at >= 0 ? insert.source().outputs().get(at).ref() : insert.defaults().get(i);
      row.add(value != null ? value : Expressions.nullOf(column.type(), column.typmod()));
      rowOutputs.add(new OutputColumn(ROWS, i, column.name(), column.type(), column.typmod()));
      boolean isGiven = !column.isDropped() && column.generated() == 0;
      defaults.add(isGiven ? null : insert.defaults().get(i));
      if (isGiven) {
        given.add(i);
      }
    }
    BoundExpr condition =
        new Binder(session.environment().bindContext(List.of()))
            .bindCondition(where, table.name(), table.columns(), ROWS, Binder.Purpose.COPY_WHERE);
    Relation rows = new Relation.Project(ROWS, insert.source(), row, rowOutputs);
    List<BoundExpr> kept = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i : given) {
      kept.add(rowOutputs.get(i).ref());
      names.add(rowOutputs.get(i).name());
    }
    Relation source =
        new Relation.Project(
            KEPT,
            new Relation.Filter(rows, condition),
            kept,
            Relation.outputsOf(KEPT, kept, names));
    return new Relation.Modify(
        modify.relation(),
        new Modification.Insert(
            table,
            insert.target(),
            source,
            given,
            Collections.unmodifiableList(defaults),
            insert.generated(),
            insert.checks(),
            null,
            List.of()),
        modify.outputs());
  }

  private static ColumnBuilder[] builders(List<ColumnEntry> columns) {
    ColumnBuilder[] result = new ColumnBuilder[columns.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = ColumnBuilder.of(columns.get(i).type().layout(), 64);
    }
    return result;
  }

  private static Block block(ColumnBuilder[] builders, int rows) {
    Column[] columns = new Column[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
    }
    return new Block(rows, columns);
  }

  /** Inserts a block: its columns are the parameters of the plan, as long as the block. */
  private long insert(PlannedStatement insert, Block block, long[] lines, CopyReader reader) {
    Transaction transaction = session.transaction().store();
    int mark = transaction.savepoint();
    try {
      long rows = session.queries().insertBlock(insert, block);
      transaction.release(mark);
      return rows;
    } catch (SqlException e) {
      if (isOfOneRow(e)) {
        transaction.rollbackTo(mark);
        insertOneByOne(insert, block, lines, reader);
      }
      throw e.context() == null ? e.withContext(reader.context()) : e;
    }
  }

  private static boolean isOfOneRow(SqlException e) {
    return e.state().code().startsWith("22") || e.state().code().startsWith("23");
  }

  /** Finds the first row of a block that is refused, and raises its error with its line. */
  private void insertOneByOne(
      PlannedStatement insert, Block block, long[] lines, CopyReader reader) {
    for (int i = 0; i < block.rowCount(); i++) {
      try {
        session
            .queries()
            .insertBlock(insert, block.select(new Selection(new int[] {i}, 1)).compact());
      } catch (SqlException e) {
        throw e.context() == null ? e.withContext(reader.context(lines[i])) : e;
      }
    }
  }
}
