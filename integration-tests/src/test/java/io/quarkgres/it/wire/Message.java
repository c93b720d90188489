package io.quarkgres.it.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One message from the server: its type byte and its body. Thread: any.
public record Message(char type, byte[] body) {

  /// One column of a RowDescription.
  public record Column(String name, int typeOid, int typmod, int format) {}

  /// The fields of an ErrorResponse or NoticeResponse by their one-letter code.
  public Map<Character, String> fields() {
    Map<Character, String> fields = new LinkedHashMap<>();
    ByteBuffer buffer = ByteBuffer.wrap(body);
    for (byte code = buffer.get(); code != 0; code = buffer.get()) {
      fields.put((char) code, string(buffer));
    }
    return fields;
  }

  /// The SQLSTATE of an ErrorResponse or NoticeResponse.
  public String sqlState() {
    return fields().get('C');
  }

  /// The columns of a RowDescription.
  public List<Column> columns() {
    ByteBuffer buffer = ByteBuffer.wrap(body);
    int count = buffer.getShort();
    List<Column> columns = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String name = string(buffer);
      buffer.getInt();
      buffer.getShort();
      int typeOid = buffer.getInt();
      buffer.getShort();
      int typmod = buffer.getInt();
      columns.add(new Column(name, typeOid, typmod, buffer.getShort()));
    }
    return columns;
  }

  /// The values of a DataRow; NULL is `null`.
  public List<byte[]> values() {
    ByteBuffer buffer = ByteBuffer.wrap(body);
    int count = buffer.getShort();
    List<byte[]> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = buffer.getInt();
      byte[] value = length < 0 ? null : new byte[length];
      if (value != null) {
        buffer.get(value);
      }
      values.add(value);
    }
    return values;
  }

  /// The values of a DataRow as text; NULL is `null`.
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (byte[] value : values()) {
      texts.add(value == null ? null : new String(value, StandardCharsets.UTF_8));
    }
    return texts;
  }

  /// A body that is one string, such as a command tag.
  public String text() {
    return string(ByteBuffer.wrap(body));
  }

  /// A body that is two strings, such as a ParameterStatus.
  public Map.Entry<String, String> pair() {
    ByteBuffer buffer = ByteBuffer.wrap(body);
    return Map.entry(string(buffer), string(buffer));
  }

  private static String string(ByteBuffer buffer) {
    int start = buffer.position();
    while (buffer.get() != 0) {
      // Looking for the end.
    }
    return new String(buffer.array(), start, buffer.position() - 1 - start, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return switch (type) {
      case 'E', 'N' -> type + fields().toString();
      case 'C' -> type + "(" + text() + ")";
      case 'D' -> type + texts().toString();
      case 'Z' -> type + "(" + (char) body[0] + ")";
      default -> type + "[" + body.length + "]";
    };
  }
}
