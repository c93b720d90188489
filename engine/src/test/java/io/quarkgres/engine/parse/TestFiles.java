package io.quarkgres.engine.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the test files beside the tests. */
final class TestFiles {
  private TestFiles() {}

  /** Returns the lines of a file that are not empty. */
  static List<String> lines(String name) {
    try (InputStream in = TestFiles.class.getResourceAsStream(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
