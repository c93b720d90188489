package io.quarkgres.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A query to measure.
 *
 * @param name for the tables
 * @param sql with {@code :n} where the number stands that varies
 */
record Workload(String name, String sql) {
  /** Returns the text with a number in its place. */
  String with(int n) {
    return sql.replace(":n", Integer.toString(n));
  }

  /** Returns the text with a parameter. */
  String prepared() {
    return sql.replace(":n", "$1");
  }

  /** Reads the queries of a resource: each has a line {@code -- name} before it. */
  static List<Workload> read(String resource) {
    List<Workload> result = new ArrayList<>();
    for (String part : text(resource).split("(?m)^-- ")) {
      if (!part.isBlank()) {
        int end = part.indexOf('\n');
        result.add(new Workload(part.substring(0, end).strip(), part.substring(end).strip()));
      }
    }
    return result;
  }

  /** Returns a resource of this package as text. */
  static String text(String resource) {
    try (InputStream in = Workload.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
