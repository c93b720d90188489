package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.session.copy.CopyFile;
import io.quarkgres.engine.session.copy.CopyOptions;
import io.quarkgres.engine.session.copy.CopyOutput;
import io.quarkgres.engine.session.copy.CopyWriter;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** COPY of a table or query to the client or a file of the server. Used by the session's thread. */
final class CopyTo {
  private final ClientSession session;

  CopyTo(ClientSession session) {
    this.session = session;
  }

  /** Runs the statement; returns how many rows were copied. */
  long run(UtilityStatement.Copy copy, CopyOptions options, Reply reply) {
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
    CopyColumns.requireForced(relation, options, columns.stream().map(ResultColumn::name).toList());
    CopyWriter writer = CopyWriter.of(options, columns, session.environment().types());
    try (CopyFile.Output file = CopyStatement.isFile(copy) ? CopyFile.write(copy.path()) : null;
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

  private String selectOf(UtilityStatement.Copy copy) {
    RelationEntry relation = RelationLookup.require(session, copy.table());
    if (relation instanceof ViewEntry) {
      throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE, "cannot copy from view \"" + relation.name() + "\"")
          .withHint("Try the COPY (SELECT ...) TO variant.");
    }
    List<String> names = new ArrayList<>();
    for (ColumnEntry column : CopyColumns.of(relation, copy.columns())) {
      names.add(CopyColumns.quoted(column.name()));
    }
    String from = CopyColumns.quoted(relation.schema()) + "." + CopyColumns.quoted(relation.name());
    return "SELECT " + String.join(", ", names) + " FROM " + from;
  }
}
