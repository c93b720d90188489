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
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.session.cache.RowFeed;
import io.quarkgres.engine.session.copy.CopyFile;
import io.quarkgres.engine.session.copy.CopyOptions;
import io.quarkgres.engine.session.copy.CopyOutput;
import io.quarkgres.engine.session.copy.CopyReader;
import io.quarkgres.engine.session.copy.CopyWriter;
import io.quarkgres.engine.type.ResultColumn;
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
 * COPY between a table or query and the client or a file of the server. Rows that come in are
 * parsed straight into columns, and each block of them is inserted by the same plan as an INSERT of
 * VALUES. Used by the session's thread.
 */
final class CopyStatement {
  /** The number of the relation of whole rows that WHERE sees. */
  private static final int ROWS = RowFeed.INPUT - 1;

  /** The number of the relation of what WHERE lets through. */
  private static final int KEPT = RowFeed.INPUT - 2;

  /** Oid of {@code pg_read_server_files}. */
  private static final int READ_SERVER_FILES = 4569;

  /** Oid of {@code pg_write_server_files}. */
  private static final int WRITE_SERVER_FILES = 4570;

  private final ClientSession session;

  CopyStatement(ClientSession session) {
    this.session = session;
  }

  Portal.RowSource run(UtilityStatement.Copy copy, ParsedStatement parsed, Reply reply) {
    if (copy.endpoint() == UtilityStatement.CopyEndpoint.PROGRAM) {
      throw UtilityRunner.notBuilt("COPY with a program");
    }
    if (copy.endpoint() == UtilityStatement.CopyEndpoint.FILE) {
      requireFiles(copy.isFrom());
    }
    CopyOptions options = CopyOptions.of(copy.options(), copy.isFrom());
    long rows = copy.isFrom() ? copyIn(copy, options, reply) : copyOut(copy, options, reply);
    return Rows.none("COPY " + rows);
  }

  /** Raises 42501 unless the current role may use the server's files. */
  private void requireFiles(boolean isReading) {
    RoleCatalog roles = session.environment().catalog().roles();
    int needed = isReading ? READ_SERVER_FILES : WRITE_SERVER_FILES;
    if (!roles.hasRightsOf(session.role().current(), needed, session.database().oid())) {
      throw new SqlException(
              SqlState.INSUFFICIENT_PRIVILEGE,
              "must be superuser or have privileges of the "
                  + roles.name(needed)
                  + " role to COPY "
                  + (isReading ? "from" : "to")
                  + " a file")
          .withHint(
              "Anyone can COPY to stdout or from stdin. "
                  + "psql's \\copy command also works for anyone.");
    }
  }

  // COPY TO.

  private long copyOut(UtilityStatement.Copy copy, CopyOptions options, Reply reply) {
    QueryRunner queries = session.queries();
    String sql = copy.query() == null ? selectOf(copy) : null;
    PlannedStatement planned =
        queries.locked(() ->
            queries.planOnce(
                sql == null ? copy.query() : Parser.parse(sql).get(0).statement(), List.of()));
    List<ResultColumn> columns = planned.bound().columns();
    if (columns.isEmpty() && planned.bound().kind() != BoundStatement.Kind.SELECT) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "COPY query must have a RETURNING clause");
    }
    RelationEntry relation =
        copy.query() == null ? RelationLookup.require(session, copy.table()) : null;
    requireForced(relation, options, columns.stream().map(ResultColumn::name).toList());
    CopyWriter writer = CopyWriter.of(options, columns, session.environment().types());
    try (CopyFile.Output file = isFile(copy) ? CopyFile.write(copy.path()) : null;
        Portal.RowSource rows = queries.run(planned, new Column[0])) {
      CopyOutput out = file != null ? file : reply.copyOut(options.isBinary(), columns.size());
      writer.header(out);
      long count = 0;
      for (Block block = rows.next(); block != null; block = rows.next()) {
        for (int i = 0; i < block.rowCount(); i++) {
          writer.row(block, block.selection().position(i), out);
        }
        count += block.rowCount();
      }
      writer.trailer(out);
      out.done();
      return count;
    }
  }

  private static boolean isFile(UtilityStatement.Copy copy) {
    return copy.endpoint() == UtilityStatement.CopyEndpoint.FILE;
  }

  private String selectOf(UtilityStatement.Copy copy) {
    RelationEntry relation = RelationLookup.require(session, copy.table());
    if (relation instanceof ViewEntry) {
      throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE, "cannot copy from view \"" + relation.name() + "\"")
          .withHint("Try the COPY (SELECT ...) TO variant.");
    }
    List<String> names = new ArrayList<>();
    for (ColumnEntry column : columns(relation, copy.columns())) {
      names.add(quoted(column.name()));
    }
    String from = quoted(relation.schema()) + "." + quoted(relation.name());
    return "SELECT " + String.join(", ", names) + " FROM " + from;
  }

  /** Raises 42703 or 42P10 for columns of FORCE options that are not copied. */
  private static void requireForced(
      RelationEntry relation, CopyOptions options, List<String> copied) {
    requireForced(relation, "FORCE_QUOTE", options.forceQuote(), copied);
    requireForced(relation, "FORCE_NOT_NULL", options.forceNotNull(), copied);
    requireForced(relation, "FORCE_NULL", options.forceNull(), copied);
  }

  private static void requireForced(
      RelationEntry relation, String option, List<String> names, List<String> copied) {
    if (names.contains("*")) {
      return;
    }
    for (String name : names) {
      if (relation == null && !copied.contains(name)) {
        throw new SqlException(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist");
      }
      if (relation != null) {
        RelationLookup.requireColumn(relation, name);
      }
      if (!copied.contains(name)) {
        throw new SqlException(
            SqlState.INVALID_COLUMN_REFERENCE,
            option + " column \"" + name + "\" not referenced by COPY");
      }
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static List<ColumnEntry> columns(RelationEntry relation, List<String> names) {
    List<ColumnEntry> result = new ArrayList<>();
    for (String name : names) {
      ColumnEntry column = RelationLookup.requireColumn(relation, name);
      if (column.generated() != 0) {
        throw new SqlException(
                SqlState.INVALID_COLUMN_REFERENCE, "column \"" + name + "\" is a generated column")
            .withDetail("Generated columns cannot be used in COPY.");
      }
      if (result.contains(column)) {
        throw new SqlException(
            SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" specified more than once");
      }
      result.add(column);
    }
    if (names.isEmpty()) {
      for (ColumnEntry column : relation.columns()) {
        if (!column.isDropped() && column.generated() == 0) {
          result.add(column);
        }
      }
    }
    return result;
  }

  // COPY FROM.

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

  private long copyIn(UtilityStatement.Copy copy, CopyOptions options, Reply reply) {
    RelationEntry relation = RelationLookup.require(session, copy.table());
    if (!(relation instanceof TableEntry table)) {
      throw notCopied(relation);
    }
    if (table.persistence() != 't') {
      ReadOnlyRule.refuse(session, "COPY FROM");
    }
    List<ColumnEntry> columns = columns(table, copy.columns());
    requireForced(table, options, columns.stream().map(ColumnEntry::name).toList());
    PlannedStatement insert =
        session.queries().locked(() -> insertPlan(table, columns, copy.where()));
    CopyReader reader = CopyReader.of(options, table, columns, session.environment().types());
    if (!isFile(copy)) {
      reader.open(reply.copyIn(options.isBinary(), columns.size()));
      return insertAll(insert, columns, reader, () -> requireFreezable(table, options));
    }
    try (CopyFile.Input file = CopyFile.read(copy.path())) {
      reader.open(file);
      return insertAll(insert, columns, reader, () -> requireFreezable(table, options));
    }
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
      names.add(quoted(column.name()));
      values.add("$" + (i + 1));
      types.add(column.type().oid());
    }
    String sql =
        "INSERT INTO "
            + quoted(table.schema())
            + "."
            + quoted(table.name())
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
