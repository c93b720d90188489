package io.quarkgres.examples.rag;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.filter.MetadataFilterBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Reads a project's documents, stores their passages, and answers questions about them. */
public final class RagExample {
  /** Questions that the documents of this project answer. */
  static final List<String> QUESTIONS =
      List.of(
          "How do I start the server?",
          "Which Java version do I need?",
          "How do I run the tests?",
          "Where is my data kept?",
          "Which database clients can connect?",
          "How are vectors searched?");

  private static final int LIMIT = 3;
  private static final int SHOWN_CHARS = 160;

  private final EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();
  private final List<TextSegment> segments;
  private final List<Embedding> embeddings;
  private final PassageStore store;

  /** Reads the documents of a folder and stores them. */
  RagExample(String host, int port, Path folder) throws IOException, SQLException {
    segments = Passages.of(folder);
    embeddings = model.embedAll(segments).content();
    store = new PassageStore(host, port, model.dimension());
    store.add(embeddings, segments);
    store.createIndex();
  }

  /** Arguments: host, port, and the folder whose README.md and docs are read. */
  public static void main(String[] arguments) throws IOException, SQLException {
    String host = arguments.length > 0 ? arguments[0] : "127.0.0.1";
    int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5432;
    Path folder = Path.of(arguments.length > 2 ? arguments[2] : ".");
    new RagExample(host, port, folder).answerAll(System.out);
  }

  private void answerAll(PrintStream out) {
    out.println(segments.size() + " passages stored and indexed.");
    for (String question : QUESTIONS) {
      print(question, ask(question, LIMIT, null), out);
    }
    Filter onlyReadme = MetadataFilterBuilder.metadataKey("file").isEqualTo("README.md");
    String question = QUESTIONS.getFirst();
    print(question + " (README.md only)", ask(question, LIMIT, onlyReadme), out);
  }

  /** Returns the passages that answer a question best. */
  List<EmbeddingMatch<TextSegment>> ask(String question, int limit, Filter filter) {
    return store.search(embedding(question), limit, filter);
  }

  Embedding embedding(String text) {
    return model.embed(text).content();
  }

  List<TextSegment> segments() {
    return segments;
  }

  List<Embedding> embeddings() {
    return embeddings;
  }

  private static void print(
      String question, List<EmbeddingMatch<TextSegment>> matches, PrintStream out) {
    out.println();
    out.println(question);
    for (EmbeddingMatch<TextSegment> match : matches) {
      String text = match.embedded().text().replaceAll("\\s+", " ");
      out.printf(
          Locale.ROOT,
          "  %.3f  %s #%d  %s%n",
          match.score(),
          match.embedded().metadata().getString("file"),
          match.embedded().metadata().getInteger("passage"),
          text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text);
    }
  }
}
