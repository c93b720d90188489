package io.quarkgres.engine.session;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a transaction says to channels: LISTEN and UNLISTEN in order, and its notifications, equal
 * ones once. All of it takes effect at commit. Used by the session's thread.
 */
final class ChannelChanges {
  /** A name has to fit PostgreSQL's type {@code name}. */
  private static final int CHANNEL_BYTES_MAX = 63;

  private static final int PAYLOAD_BYTES_MAX = 7_999;

  private final List<Listening> listening = new ArrayList<>(0);
  private final List<Message> messages = new ArrayList<>(0);
  private final Set<Message> known = new HashSet<>(0);

  /**
   * LISTEN or UNLISTEN.
   *
   * @param channel the channel, or {@code null} for all
   */
  record Listening(String channel, boolean isOn) {}

  /** NOTIFY. */
  record Message(String channel, String payload) {}

  /** How far both lists had come at a savepoint. */
  record Mark(int listening, int messages) {}

  boolean isEmpty() {
    return listening.isEmpty() && messages.isEmpty();
  }

  List<Listening> listening() {
    return listening;
  }

  List<Message> messages() {
    return messages;
  }

  void listen(String channel) {
    listening.add(new Listening(channel, true));
  }

  /** Leaves a channel, {@code null} for all. */
  void unlisten(String channel) {
    listening.add(new Listening(channel, false));
  }

  /** Adds a notification; raises 22023 for a bad channel or a long payload. */
  void notify(String channel, String payload) {
    if (channel.isEmpty()) {
      throw invalid("channel name cannot be empty");
    }
    if (channel.getBytes(StandardCharsets.UTF_8).length > CHANNEL_BYTES_MAX) {
      throw invalid("channel name too long");
    }
    if (payload.getBytes(StandardCharsets.UTF_8).length > PAYLOAD_BYTES_MAX) {
      throw invalid("payload string too long");
    }
    Message message = new Message(channel, payload);
    if (known.add(message)) {
      messages.add(message);
    }
  }

  private static SqlException invalid(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  Mark mark() {
    return new Mark(listening.size(), messages.size());
  }

  /** Forgets what came after a mark. */
  void rollbackTo(Mark mark) {
    listening.subList(mark.listening(), listening.size()).clear();
    List<Message> undone = messages.subList(mark.messages(), messages.size());
    undone.forEach(known::remove);
    undone.clear();
  }
}
