package io.quarkgres.engine.function.textsearch;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Locale;

/**
 * Which lexemes tokens become. {@code simple} takes words in lower case; {@code english} leaves out
 * stop words and takes the stems of others. Thread: any.
 */
public enum Configuration {
  /** Words as they stand. */
  SIMPLE("simple", 3748),
  /** English. */
  ENGLISH("english", 13164);

  private final String configurationName;
  private final int oid;

  Configuration(String configurationName, int oid) {
    this.configurationName = configurationName;
    this.oid = oid;
  }

  /** Returns its oid. */
  public int oid() {
    return oid;
  }

  /** Returns the configuration of a {@code regconfig}; raises an error when there is none. */
  static Configuration byOid(int oid) {
    for (Configuration configuration : values()) {
      if (configuration.oid == oid) {
        return configuration;
      }
    }
    throw new SqlException(
        SqlState.INTERNAL_ERROR, "cache lookup failed for text search configuration " + oid);
  }

  /**
   * Returns the oid of the configuration with a name, which may be qualified; {@code null} when
   * there is none. What PostgreSQL has beyond raises 0A000.
   */
  public static Integer oidOf(String schema, String name) {
    if (schema != null && !schema.equals("pg_catalog")) {
      return null;
    }
    for (Configuration configuration : values()) {
      if (configuration.configurationName.equals(name)) {
        return configuration.oid;
      }
    }
    if (OTHERS.contains(" " + name + " ")) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "text search configuration \"" + name + "\" is not supported yet");
    }
    return null;
  }

  /** Returns the name of a configuration, {@code null} when there is none. */
  public static String nameOf(int oid) {
    for (Configuration configuration : values()) {
      if (configuration.oid == oid) {
        return configuration.configurationName;
      }
    }
    return null;
  }

  private static final String OTHERS =
      " arabic armenian basque catalan danish dutch finnish french german greek hindi hungarian"
          + " indonesian irish italian lithuanian nepali norwegian portuguese romanian russian"
          + " serbian spanish swedish tamil turkish yiddish ";

  /** Returns the lexeme of a token, {@code null} for a stop word. */
  String lexeme(Token token, int[] text) {
    String word = lowerCase(text, token);
    return switch (this) {
      case SIMPLE -> word;
      case ENGLISH -> token.type().isWord() ? EnglishWords.stem(word) : word;
    };
  }

  private static String lowerCase(int[] text, Token token) {
    StringBuilder word = new StringBuilder(token.end() - token.start());
    for (int i = token.start(); i < token.end(); i++) {
      word.appendCodePoint(Character.toLowerCase(text[i]));
    }
    return word.toString();
  }

  /** Returns the configuration that a setting names. */
  static Configuration current(String setting) {
    String name = setting.substring(setting.indexOf('.') + 1).toLowerCase(Locale.ROOT);
    Integer oid = oidOf(null, name);
    if (oid == null) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT,
          "text search configuration \"" + setting + "\" does not exist");
    }
    return byOid(oid);
  }
}
