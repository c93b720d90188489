package io.quarkgres.it.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A golden script, split into its statements. Thread: any.
///
/// @param simpleOnly whether PostgreSQL answers differently through the extended protocol
public record Script(String name, List<Statement> statements, boolean simpleOnly) {
  private static final Pattern COPY_IN =
      Pattern.compile(
          "^\\s*COPY\\s.*\\sFROM\\s+STDIN\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /// A statement and the data that follow a COPY FROM STDIN, else `null`.
  public record Statement(String sql, String copyData) {}

  /// Reads the script in `file`; its name is relative to `folder`.
  public static Script read(Path folder, Path file) {
    try {
      return parse(folder.relativize(file).toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Splits `text` into statements.
  public static Script parse(String name, String text) {
    List<Statement> statements = new ArrayList<>();
    int start = skipBlank(text, 0);
    while (start < text.length()) {
      int end = StatementEnd.find(text, start);
      String sql = text.substring(start, end);
      int next = end;
      String data = null;
      if (COPY_IN.matcher(sql).matches()) {
        int dataStart = text.indexOf('\n', end) + 1;
        int dataEnd = text.startsWith("\\.", dataStart) ? dataStart : endOfData(text, dataStart);
        data = text.substring(dataStart, dataEnd);
        next = dataEnd + 2;
      }
      statements.add(new Statement(sql, data));
      start = skipBlank(text, next);
    }
    return new Script(name, statements, text.contains("-- simple-only\n"));
  }

  private static int endOfData(String text, int from) {
    int end = text.indexOf("\n\\.", from);
    if (end < 0) {
      throw new IllegalArgumentException("COPY data without \\. at the end");
    }
    return end + 1;
  }

  private static int skipBlank(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline + 1;
      } else {
        return at;
      }
    }
    return at;
  }
}
