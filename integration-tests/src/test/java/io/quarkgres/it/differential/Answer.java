package io.quarkgres.it.differential;

import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// What a server answered to one statement. Thread: any.
///
/// @param error the SQLSTATE and message, or `null`
record Answer(List<String> columns, List<String> rows, String tag, String error, String message) {
  private static final int NUMERIC_OID = 1700;
  private static final int FLOAT_OID = 701;
  private static final int USER_OID_MIN = 16_384;

  /// Zero among the elements of an array or a vector, with a sign.
  private static final Pattern NEGATIVE_ZERO = Pattern.compile("(?<=[\\[{,:])-0(?=[,\\]}])");

  /// Executes a statement through one of the protocol's two ways.
  static Answer of(WireClient client, String sql, boolean extended) {
    if (extended) {
      Parameters parameters = Parameters.of(sql);
      client.parse("", parameters.sql());
      client.bind("", "", parameters.values().toArray(String[]::new));
      client.describe('P', "");
      client.execute("", 0);
      client.sync();
    } else {
      client.sendQuery(Parameters.literal(sql));
    }
    return read(client.readUntil('Z'));
  }

  private static Answer read(List<Message> messages) {
    List<String> columns = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    List<Boolean> numeric = new ArrayList<>();
    String tag = "";
    String error = null;
    String text = "";
    for (Message message : messages) {
      switch (message.type()) {
        case 'T' -> {
          for (Message.Column column : message.columns()) {
            columns.add(column.name() + ":" + typeName(column.typeOid()));
            numeric.add(column.typeOid() == NUMERIC_OID || column.typeOid() == FLOAT_OID);
          }
        }
        case 'D' -> rows.add(row(message.texts(), numeric));
        case 'C' -> tag = message.text();
        case 'E' -> {
          error = message.sqlState();
          text = message.fields().get('M');
        }
        default -> {
          // The other messages do not depend on the statement's meaning.
        }
      }
    }
    return error == null
        ? new Answer(columns, rows, tag, null, "")
        : new Answer(List.of(), List.of(), "", error, text);
  }

  /// Types that are not built in have other oids on another server.
  private static String typeName(int oid) {
    return oid < USER_OID_MIN ? Integer.toString(oid) : "user-defined";
  }

  /// Numbers lose their trailing zeros, and zero its sign: of equal values that look different,
  /// which one DISTINCT, GROUP BY or UNION keeps is open.
  private static String row(List<String> values, List<Boolean> numeric) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      boolean isNumber =
          value != null && numeric.get(i) && !value.endsWith("N") && !value.endsWith("y");
      row.append(i == 0 ? "" : "|");
      row.append(
          value == null
              ? "<null>"
              : isNumber
                  ? new BigDecimal(value).stripTrailingZeros().toPlainString()
                  : NEGATIVE_ZERO.matcher(value).replaceAll("0"));
    }
    return row.toString();
  }

  /// Whether two servers said the same; the order of rows counts only when it is determined.
  boolean isSame(Answer other, boolean ordered) {
    if (error != null || other.error != null) {
      return Objects.equals(error, other.error);
    }
    return columns.equals(other.columns)
        && tag.equals(other.tag)
        && (ordered ? rows.equals(other.rows) : sorted().equals(other.sorted()));
  }

  /// Whether the server says that it has no such feature yet, which is no wrong answer.
  boolean isUnsupported() {
    return "0A000".equals(error);
  }

  /// Whether the statement was cancelled because it took long.
  boolean isTimeout() {
    return "57014".equals(error);
  }

  /// Whether the server found no answer: it took too long, or its own planner failed.
  boolean isGivenUp() {
    return isTimeout() || "XX000".equals(error);
  }

  private List<String> sorted() {
    return rows.stream().sorted().toList();
  }

  /// The answer for a reader, the first rows only.
  String describe() {
    if (error != null) {
      return "  ERROR " + error + ": " + message + "\n";
    }
    StringBuilder text = new StringBuilder("  " + columns + "\n");
    rows.stream().limit(6).forEach(row -> text.append("  ").append(row).append('\n'));
    return text.append("  ").append(tag).append('\n').toString();
  }
}
