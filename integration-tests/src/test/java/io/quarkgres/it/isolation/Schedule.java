package io.quarkgres.it.isolation;

import io.quarkgres.it.TestDatabase;
import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Statements of several sessions in a fixed order, one a line:
///
/// - `setup: SQL` before each run,
/// - `a: SQL` of session a,
/// - `a~: SQL` of one that has to wait, `a!` where its answer is due,
/// - `#` a comment.
///
/// It is run once at each isolation level, which is each session's default.
public record Schedule(String name, List<String> setup, List<Step> steps) {
  /// The levels of a recording, in its order.
  static final List<String> LEVELS = List.of("read committed", "repeatable read", "serializable");

  private static final int PATIENCE_STATEMENTS = 30;

  /// One line; `kind` is `:`, `~` or `!`.
  record Step(String session, char kind, String sql) {}

  static Schedule read(Path file) {
    List<String> setup = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (String line : lines(file)) {
      int colon = line.indexOf(':');
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("setup: ")) {
        setup.add(line.substring(7));
      } else if (line.endsWith("!")) {
        steps.add(new Step(line.substring(0, line.length() - 1), '!', ""));
      } else {
        boolean waits = line.charAt(colon - 1) == '~';
        String session = line.substring(0, waits ? colon - 1 : colon);
        steps.add(new Step(session, waits ? '~' : ':', line.substring(colon + 2)));
      }
    }
    return new Schedule(file.getFileName().toString(), setup, steps);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs the schedule at all levels in a database, which it empties first, and tells what was
  /// answered.
  String run(TestDatabase database) {
    StringBuilder out = new StringBuilder();
    for (String level : LEVELS) {
      out.append("== ").append(level).append('\n');
      database.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
      database.run(setup.toArray(String[]::new));
      run(database, level, out);
    }
    return out.toString();
  }

  private void run(TestDatabase database, String level, StringBuilder out) {
    Map<String, WireClient> sessions = new TreeMap<>();
    try {
      for (Step step : steps) {
        WireClient session = sessions.computeIfAbsent(step.session(), key -> open(database, level));
        switch (step.kind()) {
          case '~' -> {
            session.sendQuery(step.sql());
            requireWaiting(database, session, step);
            out.append(step.session()).append(": ").append(step.sql()).append("\n  waits\n");
          }
          case '!' -> out.append(step.session()).append('\n').append(answer(session));
          default -> {
            session.sendQuery(step.sql());
            out.append(step.session()).append(": ").append(step.sql()).append('\n');
            out.append(answer(session));
          }
        }
      }
    } finally {
      sessions.values().forEach(WireClient::close);
    }
  }

  private static WireClient open(TestDatabase database, String level) {
    WireClient session = database.wire();
    session.query("SET default_transaction_isolation = '" + level + "'");
    return session;
  }

  private static void requireWaiting(TestDatabase database, WireClient session, Step step) {
    try (WireClient other = database.wire()) {
      for (int i = 0; i < PATIENCE_STATEMENTS; i++) {
        other.query("SELECT 1");
        if (session.socket().getInputStream().available() > 0) {
          throw new IllegalStateException(step.sql() + " does not wait: " + answer(session));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rows, the tag, or the error; transaction numbers are left out.
  private static String answer(WireClient session) {
    StringBuilder out = new StringBuilder();
    for (Message message : session.readUntil('Z')) {
      switch (message.type()) {
        case 'E' -> {
          Map<Character, String> fields = message.fields();
          out.append("  ERROR ").append(fields.get('C')).append(": ").append(fields.get('M'));
          out.append('\n');
          if (fields.containsKey('D')) {
            out.append("  ").append(fields.get('D').replaceAll("pivot [0-9]+", "pivot N"));
            out.append('\n');
          }
        }
        case 'D' -> {
          List<String> values = message.texts().stream().map(String::valueOf).toList();
          out.append("  ").append(String.join("|", values)).append('\n');
        }
        case 'C' -> out.append("  ").append(message.text()).append('\n');
        default -> {
          // Nothing else matters here.
        }
      }
    }
    return out.toString();
  }
}
