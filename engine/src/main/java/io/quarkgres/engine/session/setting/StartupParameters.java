package io.quarkgres.engine.session.setting;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Applies the startup packet to a session's settings: each parameter but those of the protocol, and
 * the {@code -c name=value} words of {@code options}. Thread: any.
 */
public final class StartupParameters {
  private static final List<String> NO_SETTINGS =
      List.of("user", "database", "options", "replication");

  private StartupParameters() {}

  public static void apply(Map<String, String> parameters, Settings settings) {
    applyOptions(parameters.get("options"), settings);
    for (Map.Entry<String, String> entry : parameters.entrySet()) {
      String name = entry.getKey();
      if (!NO_SETTINGS.contains(name) && !name.startsWith("_pq_.")) {
        set(settings, name, entry.getValue());
      }
    }
  }

  /** Who a session is, is not a matter of its options. */
  private static final Set<String> IDENTITY =
      Set.of("role", "session_authorization", "is_superuser");

  private static void set(Settings settings, String name, String value) {
    if (settings.raw(name) == null && name.indexOf('.') < 0) {
      throw Settings.unknown(name);
    }
    if (IDENTITY.contains(name.toLowerCase(Locale.ROOT))) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "setting \"" + name + "\" when a connection starts is not supported yet");
    }
    settings.setAtStart(name, value, "client");
  }

  private static void applyOptions(String options, Settings settings) {
    if (options == null) {
      return;
    }
    List<String> words = split(options);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String assignment = null;
      if (word.equals("-c") && i + 1 < words.size()) {
        assignment = words.get(++i);
      } else if (word.startsWith("-c")) {
        assignment = word.substring(2);
      } else if (word.startsWith("--")) {
        assignment = word.substring(2).replace('-', '_');
      }
      int equals = assignment == null ? -1 : assignment.indexOf('=');
      if (equals < 0) {
        throw new SqlException(
            SqlState.SYNTAX_ERROR, "invalid command-line argument for server process: " + word);
      }
      set(settings, assignment.substring(0, equals), assignment.substring(equals + 1));
    }
  }

  /** Splits at white space; a backslash keeps the next character. */
  private static List<String> split(String options) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      if (c == '\\' && i + 1 < options.length()) {
        word.append(options.charAt(++i));
      } else if (Character.isWhitespace(c)) {
        addWord(words, word);
      } else {
        word.append(c);
      }
    }
    addWord(words, word);
    return words;
  }

  private static void addWord(List<String> words, StringBuilder word) {
    if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
