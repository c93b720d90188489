package io.quarkgres.engine.catalog.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows about built-in objects as PostgreSQL 15 has them: one file a catalog, in the text format of
 * COPY, all columns in order. Thread: any.
 */
final class Facts {
  private Facts() {}

  /** Tells whether there are recorded rows for a catalog. */
  static boolean has(String table) {
    return Facts.class.getResource(file(table)) != null;
  }

  /** Adds the recorded rows of a catalog. */
  static void fill(String table, RowSink out) {
    for (String line : lines(table)) {
      String[] fields = line.split("\t", -1);
      for (int i = 0; i < fields.length; i++) {
        out.set(i, fields[i].equals("\\N") ? null : unescaped(fields[i]));
      }
      out.end();
    }
  }

  /** Returns the lines of a file. */
  static List<String> lines(String table) {
    try (InputStream in = Facts.class.getResourceAsStream(file(table))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(table, e);
    }
  }

  private static String file(String table) {
    return "/io/quarkgres/engine/catalog/system/" + table + ".tsv";
  }

  private static String unescaped(String field) {
    return field.indexOf('\\') < 0 ? field : field.replace("\\\\", "\\");
  }
}
