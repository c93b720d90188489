package io.quarkgres.engine.replication;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads commands of replication: words in capital letters, options in parentheses or, as before
 * PostgreSQL 15, behind each other. Used by one thread.
 */
public final class ReplicationParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([A-Za-z_]\\w*)|(\\d+)|'((?:[^']|'')*)'|\"((?:[^\"]|\"\")*)\"|(\\S))");

  /** A piece of a command. */
  private record Token(Kind kind, String text) {}

  private enum Kind {
    WORD,
    NUMBER,
    STRING,
    SIGN
  }

  private final List<Token> tokens;
  private int at;

  private ReplicationParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Reads a command; raises 42601. */
  public static ReplicationCommand parse(String text) {
    Matcher matcher = TOKEN.matcher(text);
    boolean hasWord = matcher.lookingAt() && matcher.group(1) != null;
    return switch (hasWord ? matcher.group(1) : "") {
      case "IDENTIFY_SYSTEM" -> new ReplicationParser(tokens(text)).identifySystem();
      case "SHOW" -> new ReplicationParser(tokens(text)).show();
      case "BASE_BACKUP" -> new ReplicationParser(tokens(text)).baseBackup();
      case "CREATE_REPLICATION_SLOT",
          "DROP_REPLICATION_SLOT",
          "READ_REPLICATION_SLOT",
          "START_REPLICATION",
          "TIMELINE_HISTORY" ->
          new ReplicationCommand.NotBuilt(matcher.group(1));
      default -> new ReplicationCommand.Sql();
    };
  }

  private static List<Token> tokens(String text) {
    List<Token> result = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int from = 0;
    while (matcher.find(from) && matcher.start() == from) {
      from = matcher.end();
      if (matcher.group(1) != null) {
        result.add(new Token(Kind.WORD, matcher.group(1)));
      } else if (matcher.group(2) != null) {
        result.add(new Token(Kind.NUMBER, matcher.group(2)));
      } else if (matcher.group(3) != null) {
        result.add(new Token(Kind.STRING, matcher.group(3).replace("''", "'")));
      } else if (matcher.group(4) != null) {
        result.add(new Token(Kind.STRING, matcher.group(4).replace("\"\"", "\"")));
      } else {
        result.add(new Token(Kind.SIGN, matcher.group(5)));
      }
    }
    return result;
  }

  private static SqlException syntaxError() {
    return new SqlException(SqlState.SYNTAX_ERROR, "syntax error");
  }

  private boolean isAt(Kind kind) {
    return at < tokens.size() && tokens.get(at).kind() == kind;
  }

  private boolean accept(String sign) {
    boolean isThere = isAt(Kind.SIGN) && tokens.get(at).text().equals(sign);
    at += isThere ? 1 : 0;
    return isThere;
  }

  private String expect(Kind kind) {
    if (!isAt(kind)) {
      throw syntaxError();
    }
    return tokens.get(at++).text();
  }

  private void end() {
    accept(";");
    if (at < tokens.size()) {
      throw syntaxError();
    }
  }

  private ReplicationCommand identifySystem() {
    at++;
    end();
    return new ReplicationCommand.IdentifySystem();
  }

  private ReplicationCommand show() {
    at++;
    StringBuilder name = new StringBuilder(expect(Kind.WORD));
    while (accept(".")) {
      name.append('.').append(expect(Kind.WORD));
    }
    end();
    return new ReplicationCommand.Show(name.toString().toLowerCase(Locale.ROOT));
  }

  private ReplicationCommand baseBackup() {
    at++;
    BackupOptions.Builder options = new BackupOptions.Builder();
    if (accept("(")) {
      do {
        options.put(expect(Kind.WORD).toLowerCase(Locale.ROOT), value());
      } while (accept(","));
      if (!accept(")")) {
        throw syntaxError();
      }
    } else {
      while (isAt(Kind.WORD)) {
        oldOption(expect(Kind.WORD), options);
      }
    }
    end();
    return new ReplicationCommand.BaseBackup(options.build());
  }

  /** Returns the value of an option, or {@code null}. */
  private String value() {
    boolean hasValue = isAt(Kind.WORD) || isAt(Kind.NUMBER) || isAt(Kind.STRING);
    return hasValue ? tokens.get(at++).text() : null;
  }

  private void oldOption(String word, BackupOptions.Builder options) {
    switch (word) {
      case "LABEL", "MANIFEST", "MANIFEST_CHECKSUMS" ->
          options.put(word.toLowerCase(Locale.ROOT), expect(Kind.STRING));
      case "MAX_RATE" -> options.put("max_rate", expect(Kind.NUMBER));
      case "PROGRESS", "WAL", "TABLESPACE_MAP" -> options.put(word.toLowerCase(Locale.ROOT), null);
      case "FAST" -> options.put("checkpoint", "fast");
      case "NOWAIT" -> options.put("wait", "false");
      case "NOVERIFY_CHECKSUMS" -> options.put("verify_checksums", "false");
      default -> throw syntaxError();
    }
  }
}
