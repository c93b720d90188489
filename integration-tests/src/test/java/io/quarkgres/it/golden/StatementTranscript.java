package io.quarkgres.it.golden;

import io.quarkgres.it.wire.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Collects the messages that answer one statement and writes them down.
///
/// Thread: one at a time.
final class StatementTranscript {
  private static final Map<Character, String> OBJECT_FIELDS =
      Map.of('s', "schema", 't', "table", 'c', "column", 'd', "type", 'n', "constraint");

  private final StringBuilder notices = new StringBuilder();
  private final StringBuilder parameters = new StringBuilder();
  private final StringBuilder rows = new StringBuilder();
  private List<Message.Column> columns;
  private Message error;
  private String tag;
  private char status;

  void add(Message message) {
    switch (message.type()) {
      case 'T' -> columns = message.columns();
      case 'D' ->
          rows.append(
                  message.texts().stream()
                      .map(StatementTranscript::escape)
                      .collect(Collectors.joining("\t")))
              .append('\n');
      case 'd' -> rows.append(new String(message.body(), StandardCharsets.UTF_8));
      case 'C' -> tag = message.text();
      case 'I' -> tag = "(empty)";
      case 'N' -> report(notices, message);
      case 'E' -> error = message;
      case 'S' ->
          parameters
              .append("PARAMETER ")
              .append(message.pair().getKey())
              .append('=')
              .append(message.pair().getValue())
              .append('\n');
      case 'Z' -> status = (char) message.body()[0];
      case '1', '2', 'n', 'G', 'H', 'c' -> {
        // The protocol's own steps are not the script's business.
      }
      default -> notices.append("UNEXPECTED ").append(message).append('\n');
    }
  }

  /// What the server answered, line by line.
  String text(TypeNames types) {
    StringBuilder text = new StringBuilder(notices);
    if (error != null) {
      report(text, error);
      text.append("= ERROR");
    } else {
      if (columns != null) {
        text.append(": ").append(describe(types)).append('\n');
      }
      text.append(rows).append("= ").append(tag);
    }
    text.append(status == 'I' ? "" : " [" + status + "]").append('\n');
    return text.append(parameters).append('\n').toString();
  }

  private String describe(TypeNames types) {
    List<String> descriptions = new ArrayList<>();
    for (Message.Column column : columns) {
      descriptions.add(escape(types.describe(column)));
    }
    return String.join("\t", descriptions);
  }

  private static void report(StringBuilder text, Message message) {
    Map<Character, String> fields = message.fields();
    text.append(fields.get('S')).append(' ').append(fields.get('C')).append(": ");
    text.append(fields.get('M')).append('\n');
    appendField(text, "DETAIL", fields.get('D'));
    appendField(text, "HINT", fields.get('H'));
    appendField(text, "POSITION", fields.get('P'));
    String objects =
        fields.entrySet().stream()
            .filter(field -> OBJECT_FIELDS.containsKey(field.getKey()))
            .map(field -> OBJECT_FIELDS.get(field.getKey()) + "=" + field.getValue())
            .sorted()
            .collect(Collectors.joining(" "));
    appendField(text, "FIELDS", objects.isEmpty() ? null : objects);
  }

  private static void appendField(StringBuilder text, String name, String value) {
    if (value != null) {
      text.append(name).append(": ").append(value).append('\n');
    }
  }

  private static String escape(String value) {
    return value == null
        ? "\\N"
        : value
            .replace("\\", "\\\\")
            .replace("\t", "\\t")
            .replace("\n", "\\n")
            .replace("\r", "\\r");
  }
}
