package io.quarkgres.wire;

import io.quarkgres.engine.session.Session;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/**
 * Reads the bodies of a client's messages, calls its session and acknowledges what was done. Used
 * by the connection's thread.
 */
final class SessionCalls {
  private final Session session;
  private final ReplyEncoder reply;
  private final BackendMessages messages;
  private final SocketWriter writer;

  /** The text that an error's position is of, {@code null} for none. */
  private String query;

  SessionCalls(Session session, ReplyEncoder reply, BackendMessages messages, SocketWriter writer) {
    this.session = session;
    this.reply = reply;
    this.messages = messages;
    this.writer = writer;
  }

  /** Returns the text of the statement that runs, or ran last, if its message had it. */
  String query() {
    return query;
  }

  /** Does what a message asks for; returns whether ReadyForQuery is due. */
  boolean run(FrontendMessage message) {
    return switch (message) {
      case FrontendMessage.Query m -> simpleQuery(m);
      case FrontendMessage.Parse m -> parse(m);
      case FrontendMessage.Bind m -> bind(m);
      case FrontendMessage.Describe m -> describe(m);
      case FrontendMessage.Execute m -> execute(m);
      case FrontendMessage.Close m -> close(m);
      case FrontendMessage.Sync m -> sync();
      case FrontendMessage.FunctionCall m -> functionCall(m);
      case FrontendMessage.Flush m -> {
        writer.flush();
        yield false;
      }
      case FrontendMessage.Notified m -> {
        notifications();
        writer.flush();
        yield false;
      }
      // COPY data that is still under way after COPY has failed.
      case FrontendMessage.CopyData m -> false;
      case FrontendMessage.CopyDone m -> false;
      case FrontendMessage.CopyFail m -> false;
      case FrontendMessage.Password m ->
          throw new SqlException(SqlState.PROTOCOL_VIOLATION, "no password was asked for");
      // These two end the connection before it comes to a call.
      case FrontendMessage.Terminate m -> false;
      case FrontendMessage.Malformed m -> false;
    };
  }

  /** Sends what has come through LISTEN; a session in a transaction keeps it until later. */
  void notifications() {
    session.takeNotifications().forEach(messages::notification);
  }

  private boolean simpleQuery(FrontendMessage.Query message) {
    query = null;
    MessageReader reader = new MessageReader(message.body());
    String sql = reader.readString();
    reader.requireEnd();
    query = sql;
    session.simpleQuery(sql, reply);
    return true;
  }

  private boolean parse(FrontendMessage.Parse message) {
    query = null;
    MessageReader reader = new MessageReader(message.body());
    String name = reader.readString();
    String sql = reader.readString();
    int[] types = new int[reader.readCount()];
    for (int i = 0; i < types.length; i++) {
      types[i] = reader.readInt();
    }
    reader.requireEnd();
    query = sql;
    session.parse(name, sql, types, reply);
    messages.empty('1');
    return false;
  }

  private boolean bind(FrontendMessage.Bind message) {
    query = null;
    MessageReader reader = new MessageReader(message.body());
    String portal = reader.readString();
    String statement = reader.readString();
    short[] parameterFormats = formats(reader);
    byte[][] parameters = new byte[reader.readCount()][];
    for (int i = 0; i < parameters.length; i++) {
      int length = reader.readInt();
      parameters[i] = length == -1 ? null : reader.readBytes(length);
    }
    short[] resultFormats = formats(reader);
    reader.requireEnd();
    session.bind(portal, statement, parameterFormats, parameters, resultFormats, reply);
    messages.empty('2');
    return false;
  }

  private static short[] formats(MessageReader reader) {
    short[] result = new short[reader.readCount()];
    for (int i = 0; i < result.length; i++) {
      result[i] = (short) reader.readShort();
    }
    return result;
  }

  private boolean describe(FrontendMessage.Describe message) {
    query = null;
    MessageReader reader = new MessageReader(message.body());
    int kind = reader.readByte();
    String name = reader.readString();
    reader.requireEnd();
    switch (kind) {
      case 'S' -> {
        Session.StatementDescription description = session.describeStatement(name);
        messages.parameterDescription(description);
        columns(description.columns(), null);
      }
      case 'P' -> {
        Session.PortalDescription description = session.describePortal(name);
        columns(description.columns(), description.formats());
      }
      default -> throw invalidSubtype("DESCRIBE", kind);
    }
    return false;
  }

  private void columns(List<ResultColumn> columns, short[] formats) {
    if (columns == null) {
      messages.empty('n');
    } else {
      messages.rowDescription(columns, formats);
    }
  }

  private static SqlException invalidSubtype(String message, int kind) {
    return new SqlException(
        SqlState.PROTOCOL_VIOLATION, "invalid " + message + " message subtype " + (kind & 0xff));
  }

  private boolean execute(FrontendMessage.Execute message) {
    query = null;
    MessageReader reader = new MessageReader(message.body());
    String portal = reader.readString();
    int maxRows = reader.readInt();
    reader.requireEnd();
    session.execute(portal, Math.max(0, maxRows), reply);
    return false;
  }

  private boolean close(FrontendMessage.Close message) {
    MessageReader reader = new MessageReader(message.body());
    int kind = reader.readByte();
    String name = reader.readString();
    reader.requireEnd();
    switch (kind) {
      case 'S' -> session.closeStatement(name);
      case 'P' -> session.closePortal(name);
      default -> throw invalidSubtype("CLOSE", kind);
    }
    messages.empty('3');
    return false;
  }

  /** Reads the message, so that a malformed one is said to be that, and refuses the call. */
  private static boolean functionCall(FrontendMessage.FunctionCall message) {
    MessageReader reader = new MessageReader(message.body());
    reader.readInt();
    formats(reader);
    int arguments = reader.readCount();
    for (int i = 0; i < arguments; i++) {
      int length = reader.readInt();
      if (length != -1) {
        reader.readBytes(length);
      }
    }
    reader.readShort();
    reader.requireEnd();
    throw new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "function calls by the fast path are not supported");
  }

  private boolean sync() {
    session.sync(reply);
    return true;
  }
}
