package io.quarkgres.engine.session.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a list of names such as the value of {@code search_path}. Thread: any. */
public final class IdentifierList {
  private final String text;
  private int at;

  private IdentifierList(String text) {
    this.text = text;
  }

  /** Returns the names: quoted ones as they are, others in lower case; raises 22023. */
  public static List<String> parse(String parameter, String text) {
    List<String> result = words(text);
    if (result == null) {
      throw SettingValues.invalid(parameter, text).withDetail("List syntax is invalid.");
    }
    return result;
  }

  /** Returns the names, or {@code null} for what is no list of names. */
  static List<String> words(String text) {
    return new IdentifierList(text).read();
  }

  private List<String> read() {
    List<String> result = new ArrayList<>();
    skipBlanks();
    if (at == text.length()) {
      return result;
    }
    while (true) {
      String name = at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
      if (name == null) {
        return null;
      }
      result.add(name);
      skipBlanks();
      if (at == text.length()) {
        return result;
      }
      if (text.charAt(at++) != ',') {
        return null;
      }
      skipBlanks();
    }
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String plain() {
    int start = at;
    while (at < text.length()
        && text.charAt(at) != ','
        && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at == start ? null : text.substring(start, at).toLowerCase(Locale.ROOT);
  }

  private String quoted() {
    StringBuilder name = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        name.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        name.append(c);
        at++;
      } else {
        return name.toString();
      }
    }
    return null;
  }
}
