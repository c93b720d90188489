package io.quarkgres.it.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A connection on which a test sends and reads single protocol messages. Thread: one at a time.
public final class WireClient implements AutoCloseable {
  public static final int PROTOCOL_3_0 = 196_608;
  private static final int READ_TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private int backendPid;
  private int secretKey;

  /// Opens a socket and sends nothing.
  public WireClient(String host, int port) {
    try {
      socket = new Socket();
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(host, port), READ_TIMEOUT_MILLIS);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException("no connection to " + host + ":" + port, e);
    }
  }

  /// Opens a session of the role `postgres` and returns when the server is ready.
  public static WireClient connect(String host, int port, String database) {
    WireClient client = new WireClient(host, port);
    client.startup(Map.of("user", "postgres", "database", database, "client_encoding", "UTF8"));
    for (Message message : client.readUntil('Z')) {
      switch (message.type()) {
        case 'E' -> throw new IllegalStateException("no session: " + message);
        case 'K' -> {
          ByteBuffer key = ByteBuffer.wrap(message.body());
          client.backendPid = key.getInt();
          client.secretKey = key.getInt();
        }
        default -> {
          // Authentication and parameters are of no interest here.
        }
      }
    }
    return client;
  }

  /// Sends a StartupMessage.
  public void startup(Map<String, String> parameters) {
    Payload payload = new Payload().int32(PROTOCOL_3_0);
    new LinkedHashMap<>(parameters).forEach((name, value) -> payload.string(name).string(value));
    sendUntyped(payload.int8(0));
  }

  /// Sends a message without a type byte, as only the first one of a connection is.
  public void sendUntyped(Payload payload) {
    byte[] body = payload.toBytes();
    sendRaw(new Payload().int32(body.length + 4).bytes(body).toBytes());
  }

  /// Sends one typed message.
  public void send(char type, Payload payload) {
    sendRaw(frame(type, payload));
  }

  /// The bytes of one typed message.
  public static byte[] frame(char type, Payload payload) {
    byte[] body = payload.toBytes();
    return new Payload().int8(type).int32(body.length + 4).bytes(body).toBytes();
  }

  /// Sends bytes as they are.
  public void sendRaw(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends a simple query.
  public void sendQuery(String sql) {
    send('Q', new Payload().string(sql));
  }

  /// Sends a simple query and returns all messages up to and with ReadyForQuery.
  public List<Message> query(String sql) {
    sendQuery(sql);
    return readUntil('Z');
  }

  public void parse(String name, String sql, int... oids) {
    Payload payload = new Payload().string(name).string(sql).int16(oids.length);
    for (int oid : oids) {
      payload.int32(oid);
    }
    send('P', payload);
  }

  /// Binds text parameters and asks for text results.
  public void bind(String portal, String statement, String... parameters) {
    Payload payload = new Payload().string(portal).string(statement).int16(0);
    payload.int16(parameters.length);
    for (String parameter : parameters) {
      if (parameter == null) {
        payload.int32(-1);
      } else {
        byte[] bytes = parameter.getBytes(StandardCharsets.UTF_8);
        payload.int32(bytes.length).bytes(bytes);
      }
    }
    send('B', payload.int16(0));
  }

  /// Describes a statement (`S`) or a portal (`P`).
  public void describe(char kind, String name) {
    send('D', new Payload().int8(kind).string(name));
  }

  /// Executes a portal for at most `rows` rows; 0 is all.
  public void execute(String portal, int rows) {
    send('E', new Payload().string(portal).int32(rows));
  }

  /// Closes a statement (`S`) or a portal (`P`).
  public void closeNamed(char kind, String name) {
    send('C', new Payload().int8(kind).string(name));
  }

  public void flush() {
    send('H', new Payload());
  }

  public void sync() {
    send('S', new Payload());
  }

  /// Reads one message; `null` when the server has closed the connection.
  public Message read() {
    try {
      int type = in.read();
      if (type < 0) {
        return null;
      }
      byte[] body = new byte[in.readInt() - 4];
      in.readFully(body);
      return new Message((char) type, body);
    } catch (EOFException e) {
      return null;
    } catch (SocketException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads one message of a server that must still be there.
  public Message readOrFail() {
    Message message = read();
    if (message == null) {
      throw new ConnectionLost("the server closed the connection");
    }
    return message;
  }

  /// Reads one byte that is not a message, as the answer to an SSLRequest is.
  public int readByte() {
    try {
      return in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads messages up to and with the first one of this type.
  public List<Message> readUntil(char type) {
    List<Message> messages = new ArrayList<>();
    while (true) {
      Message message = read();
      if (message == null) {
        throw new ConnectionLost("the server closed the connection after " + messages);
      }
      messages.add(message);
      if (message.type() == type) {
        return messages;
      }
    }
  }

  /// Reads messages until the server closes the connection.
  public List<Message> readUntilClosed() {
    List<Message> messages = new ArrayList<>();
    for (Message message = read(); message != null; message = read()) {
      messages.add(message);
    }
    return messages;
  }

  public int backendPid() {
    return backendPid;
  }

  public int secretKey() {
    return secretKey;
  }

  public Socket socket() {
    return socket;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The server closed the connection where it should have gone on.
  public static final class ConnectionLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectionLost(String message) {
      super(message);
    }
  }
}
