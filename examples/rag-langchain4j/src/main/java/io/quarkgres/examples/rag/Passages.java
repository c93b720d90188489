package io.quarkgres.examples.rag;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Splits Markdown documents into passages at blank lines, so that each is about one thing. Each
 * passage knows its file, its heading and its place in the file.
 */
final class Passages {
  /** The model reads about 250 words; a longer passage would be cut there. */
  private static final int CHARS_MAX = 900;

  /** Shorter paragraphs are joined with the next one. */
  private static final int CHARS_MIN = 200;

  private final String file;
  private final List<TextSegment> segments = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String heading = "";

  private Passages(String file) {
    this.file = file;
  }

  /** Reads README.md and docs/*.md of a folder. */
  static List<TextSegment> of(Path folder) throws IOException {
    List<TextSegment> result = new ArrayList<>();
    for (Path path : documents(folder)) {
      Passages passages = new Passages(folder.relativize(path).toString());
      passages.split(Files.readString(path));
      result.addAll(passages.segments);
    }
    return result;
  }

  private static List<Path> documents(Path folder) throws IOException {
    List<Path> result = new ArrayList<>();
    result.add(folder.resolve("README.md"));
    Path docs = folder.resolve("docs");
    if (Files.isDirectory(docs)) {
      try (Stream<Path> files = Files.walk(docs)) {
        files.filter(path -> path.toString().endsWith(".md")).sorted().forEach(result::add);
      }
    }
    return result;
  }

  private void split(String document) {
    for (String paragraph : document.split("\n\\s*\n")) {
      String stripped = paragraph.strip();
      if (stripped.startsWith("#")) {
        finish();
        int end = stripped.indexOf('\n');
        heading = (end < 0 ? stripped : stripped.substring(0, end)).replaceFirst("^#+\\s*", "");
        stripped = end < 0 ? "" : stripped.substring(end + 1).strip();
      }
      if (!stripped.isEmpty()) {
        add(stripped);
      }
    }
    finish();
  }

  private void add(String paragraph) {
    if (text.length() + paragraph.length() > CHARS_MAX) {
      finish();
    }
    text.append(text.isEmpty() ? "" : "\n\n").append(paragraph);
    if (text.length() >= CHARS_MIN) {
      finish();
    }
  }

  private void finish() {
    if (!text.isEmpty()) {
      Metadata metadata =
          Metadata.from(Map.of("file", file, "heading", heading, "passage", segments.size() + 1));
      segments.add(TextSegment.from(heading + "\n\n" + text, metadata));
      text.setLength(0);
    }
  }
}
