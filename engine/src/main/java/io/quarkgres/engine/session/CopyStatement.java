package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.session.copy.CopyOptions;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * COPY between a table or query and the client or a file of the server. Used by the session's
 * thread.
 */
final class CopyStatement {
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
    long rows =
        copy.isFrom()
            ? new CopyFrom(session).run(copy, options, reply)
            : new CopyTo(session).run(copy, options, reply);
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

  /** Tells whether a file of the server is read or written. */
  static boolean isFile(UtilityStatement.Copy copy) {
    return copy.endpoint() == UtilityStatement.CopyEndpoint.FILE;
  }
}
