package io.quarkgres.wire;

import io.quarkgres.engine.session.Reply.Notice;
import io.quarkgres.engine.session.Session.Notification;
import io.quarkgres.engine.session.Session.StatementDescription;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.ErrorObject;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** Encodes the messages of the server but for data rows. Used by the connection's thread. */
final class BackendMessages {
  private final SocketWriter writer;

  BackendMessages(SocketWriter writer) {
    this.writer = writer;
  }

  private static void string(ByteSink out, String text) {
    out.putUtf8(text);
    out.put(0);
  }

  /** A message without a body. */
  void empty(char type) {
    writer.end(writer.begin(type));
  }

  void authenticationOk() {
    int at = writer.begin('R');
    writer.sink().putInt(0);
    writer.end(at);
  }

  void parameterStatus(String name, String value) {
    int at = writer.begin('S');
    string(writer.sink(), name);
    string(writer.sink(), value);
    writer.end(at);
  }

  void backendKeyData(int processId, int secretKey) {
    int at = writer.begin('K');
    writer.sink().putInt(processId);
    writer.sink().putInt(secretKey);
    writer.end(at);
  }

  /** Says which minor version is spoken and which protocol options are not known. */
  void negotiateProtocolVersion(List<String> unknownOptions) {
    int at = writer.begin('v');
    writer.sink().putInt(0);
    writer.sink().putInt(unknownOptions.size());
    unknownOptions.forEach(option -> string(writer.sink(), option));
    writer.end(at);
  }

  void readyForQuery(char status) {
    int at = writer.begin('Z');
    writer.sink().put(status);
    writer.end(at);
  }

  void commandComplete(String tag) {
    int at = writer.begin('C');
    string(writer.sink(), tag);
    writer.end(at);
  }

  void parameterDescription(StatementDescription description) {
    int at = writer.begin('t');
    writer.sink().putShort(description.parameters().size());
    for (SqlType type : description.parameters()) {
      writer.sink().putInt(type.oid());
    }
    writer.end(at);
  }

  /** RowDescription; all formats are 0 where {@code formats} is {@code null} (a statement's). */
  void rowDescription(List<ResultColumn> columns, short[] formats) {
    int at = writer.begin('T');
    ByteSink out = writer.sink();
    out.putShort(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      ResultColumn column = columns.get(i);
      string(out, column.name());
      out.putInt(column.tableOid());
      out.putShort(column.tableColumn());
      // clients know no domains
      SqlType type = column.type().base();
      out.putInt(type.oid());
      out.putShort(type.info().typlen());
      out.putInt(column.type().baseTypmod(column.typmod()));
      out.putShort(formats == null ? 0 : formats[i]);
    }
    writer.end(at);
  }

  /** CopyInResponse (G) or CopyOutResponse (H). */
  void copyResponse(char type, boolean isBinary, int columns) {
    int at = writer.begin(type);
    int format = isBinary ? 1 : 0;
    writer.sink().put(format);
    writer.sink().putShort(columns);
    for (int i = 0; i < columns; i++) {
      writer.sink().putShort(format);
    }
    writer.end(at);
  }

  void copyData(byte[] bytes, int start, int length) {
    int at = writer.begin('d');
    writer.sink().put(bytes, start, length);
    writer.end(at);
  }

  /** NotificationResponse. */
  void notification(Notification notification) {
    int at = writer.begin('A');
    writer.sink().putInt(notification.processId());
    string(writer.sink(), notification.channel());
    string(writer.sink(), notification.payload());
    writer.end(at);
  }

  void notice(Notice notice) {
    int at = writer.begin('N');
    ByteSink out = writer.sink();
    field(out, 'S', notice.severity());
    field(out, 'V', notice.severity());
    field(out, 'C', notice.code());
    field(out, 'M', notice.message());
    field(out, 'D', notice.detail());
    field(out, 'H', notice.hint());
    field(out, 'P', notice.character() == 0 ? null : Integer.toString(notice.character()));
    out.put(0);
    writer.end(at);
  }

  /**
   * An error.
   *
   * @param severity ERROR, FATAL or PANIC
   * @param query the query that positions point into, for counting characters, or {@code null}
   */
  void error(SqlException error, String severity, String query) {
    int at = writer.begin('E');
    ByteSink out = writer.sink();
    field(out, 'S', severity);
    field(out, 'V', severity);
    field(out, 'C', error.state().code());
    field(out, 'M', String.valueOf(error.getMessage()));
    field(out, 'D', error.detail());
    field(out, 'H', error.hint());
    if (error.position() >= 0) {
      field(out, 'P', Integer.toString(characters(query, error.position()) + 1));
    }
    field(out, 'W', error.context());
    ErrorObject object = error.object();
    field(out, 's', object.schema());
    field(out, 't', object.table());
    field(out, 'c', object.column());
    field(out, 'd', object.dataType());
    field(out, 'n', object.constraint());
    field(out, 'R', routine(error));
    out.put(0);
    writer.end(at);
  }

  /** Drivers know by the routine, not by the words, that they have to prepare a statement anew. */
  private static String routine(SqlException error) {
    boolean isStalePlan =
        error.state() == SqlState.FEATURE_NOT_SUPPORTED
            && "cached plan must not change result type".equals(error.getMessage());
    return isStalePlan ? "RevalidateCachedQuery" : "quarkgres";
  }

  /** PostgreSQL counts characters, Java counts UTF-16 units. */
  private static int characters(String query, int position) {
    return query == null || position > query.length()
        ? position
        : query.codePointCount(0, position);
  }

  private static void field(ByteSink out, char code, String value) {
    if (value != null) {
      out.put(code);
      string(out, value);
    }
  }
}
