package io.quarkgres.bench.compare;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A client of PostgreSQL's protocol 3.0 that reads results without decoding them, so that it costs
 * little and the same for every server. Used by one thread.
 */
public final class Wire implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int INT4_OID = 23;

  private final Socket socket;
  private final InputStream in;
  private final DataOutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private byte[] rows;
  private int rowsSize;

  /** Connects to a server on this machine as the user postgres, without a password. */
  public Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES));
    byte[] startup =
        "\0\3\0\0user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.ISO_8859_1);
    out.writeInt(startup.length + Integer.BYTES);
    out.write(startup);
    awaitReady();
  }

  /** Runs a text by the simple protocol; returns the number of rows. */
  public long query(String sql) throws IOException {
    message('Q', sql + "\0");
    return awaitReady();
  }

  /** Prepares a statement; the server finds the types of its parameters. */
  public void prepare(String name, String sql) throws IOException {
    prepare(name, sql, 0);
  }

  /** Prepares a statement with as many parameters of type integer as given. */
  void prepare(String name, String sql, int parameters) throws IOException {
    byte[] body = (name + "\0" + sql + "\0").getBytes(StandardCharsets.UTF_8);
    out.writeByte('P');
    out.writeInt(Integer.BYTES + body.length + Short.BYTES + parameters * Integer.BYTES);
    out.write(body);
    out.writeShort(parameters);
    for (int i = 0; i < parameters; i++) {
      out.writeInt(INT4_OID);
    }
    message('S', "");
    awaitReady();
  }

  /** Runs a prepared statement; returns the number of rows. */
  long execute(String name, int... parameters) throws IOException {
    byte[][] values = new byte[parameters.length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = Integer.toString(parameters[i]).getBytes(StandardCharsets.UTF_8);
    }
    return executeTexts(name, values);
  }

  /** Runs a prepared statement with parameters in text form; returns the number of rows. */
  public long executeTexts(String name, byte[]... values) throws IOException {
    byte[] names = ("\0" + name + "\0").getBytes(StandardCharsets.UTF_8);
    int size = Integer.BYTES + names.length + 3 * Short.BYTES;
    for (byte[] value : values) {
      size += Integer.BYTES + value.length;
    }
    out.writeByte('B');
    out.writeInt(size);
    out.write(names);
    out.writeShort(0);
    out.writeShort(values.length);
    for (byte[] value : values) {
      out.writeInt(value.length);
      out.write(value);
    }
    out.writeShort(0);
    message('D', "P\0");
    message('E', "\0\0\0\0\0");
    message('S', "");
    return awaitReady();
  }

  /** Runs a text and returns the bytes of its DataRow messages, without type and length. */
  public byte[] rowsOf(String sql) throws IOException {
    rows = new byte[BUFFER_BYTES];
    rowsSize = 0;
    try {
      query(sql);
      return Arrays.copyOf(rows, rowsSize);
    } finally {
      rows = null;
    }
  }

  /** Runs a prepared statement and returns the bytes of its DataRow messages. */
  public byte[] rowsOfPrepared(String name, byte[]... values) throws IOException {
    rows = new byte[BUFFER_BYTES];
    rowsSize = 0;
    try {
      executeTexts(name, values);
      return Arrays.copyOf(rows, rowsSize);
    } finally {
      rows = null;
    }
  }

  /** Runs COPY ... FROM STDIN with the data given. */
  public void copyIn(String sql, byte[] data) throws IOException {
    message('Q', sql + "\0");
    out.flush();
    await('G');
    for (int at = 0; at < data.length; at += BUFFER_BYTES) {
      int length = Math.min(BUFFER_BYTES, data.length - at);
      out.writeByte('d');
      out.writeInt(Integer.BYTES + length);
      out.write(data, at, length);
    }
    message('c', "");
    awaitReady();
  }

  private void message(char type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    out.writeByte(type);
    out.writeInt(Integer.BYTES + bytes.length);
    out.write(bytes);
  }

  private long awaitReady() throws IOException {
    out.flush();
    return await('Z');
  }

  /** Reads up to a message of a type; returns how many rows came before it. */
  private long await(char last) throws IOException {
    long count = 0;
    String error = null;
    while (true) {
      int type = read();
      int length = (read() << 24 | read() << 16 | read() << 8 | read()) - Integer.BYTES;
      switch (type) {
        case 'D' -> {
          count++;
          body(length);
        }
        case 'd' -> {
          count++;
          skip(length);
        }
        case 'E' -> error = new String(bytes(length), StandardCharsets.UTF_8).replace('\0', ' ');
        default -> skip(length);
      }
      if (type == last || type == 'Z') {
        if (error != null) {
          throw new IOException(error);
        }
        return count;
      }
    }
  }

  private void body(int length) throws IOException {
    if (rows == null) {
      skip(length);
      return;
    }
    byte[] body = bytes(length);
    if (rowsSize + length > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(2 * rows.length, rowsSize + length));
    }
    System.arraycopy(body, 0, rows, rowsSize, length);
    rowsSize += length;
  }

  private int read() throws IOException {
    if (position == limit) {
      fill();
    }
    return buffer[position++] & 0xff;
  }

  private void fill() throws IOException {
    limit = in.read(buffer);
    position = 0;
    if (limit <= 0) {
      limit = 0;
      throw new IOException("the server has closed the connection");
    }
  }

  private void skip(int length) throws IOException {
    for (int left = length; left > 0; ) {
      if (position == limit) {
        fill();
      }
      int step = Math.min(left, limit - position);
      position += step;
      left -= step;
    }
  }

  private byte[] bytes(int length) throws IOException {
    byte[] result = new byte[length];
    for (int i = 0; i < length; i++) {
      result[i] = (byte) read();
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
