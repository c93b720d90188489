package io.quarkgres.it.protocol;

import io.quarkgres.it.wire.Message;
import java.util.List;

/// Reads what matters out of a list of messages. Thread: any.
final class Answers {
  private Answers() {}

  /// The types of the messages, such as `12TDCZ`; notices and parameter changes are left out.
  static String types(List<Message> messages) {
    StringBuilder types = new StringBuilder();
    for (Message message : messages) {
      if (message.type() != 'N' && message.type() != 'S') {
        types.append(message.type());
      }
    }
    return types.toString();
  }

  /// The SQLSTATEs of the errors.
  static List<String> errors(List<Message> messages) {
    return messages.stream().filter(m -> m.type() == 'E').map(Message::sqlState).toList();
  }

  /// The rows as text, values separated by `|`.
  static List<String> rows(List<Message> messages) {
    return messages.stream()
        .filter(m -> m.type() == 'D')
        .map(m -> String.join("|", m.texts().stream().map(String::valueOf).toList()))
        .toList();
  }

  /// The command tags.
  static List<String> tags(List<Message> messages) {
    return messages.stream().filter(m -> m.type() == 'C').map(Message::text).toList();
  }

  /// The transaction status of the last ReadyForQuery.
  static char status(List<Message> messages) {
    return (char) messages.getLast().body()[0];
  }
}
