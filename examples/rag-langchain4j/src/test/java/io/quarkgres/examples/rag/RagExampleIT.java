package io.quarkgres.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.RelevanceScore;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.filter.MetadataFilterBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The example against the packaged server: its answers are those that a look at every embedding
 * finds. {@code -Dquarkgres.it.url=host:port} takes a server that already runs.
 */
class RagExampleIT {
  private static final int LIMIT = 5;

  private static ServerProcess server;
  private static RagExample example;

  @BeforeAll
  static void ingest() throws Exception {
    String url = System.getProperty("quarkgres.it.url");
    String host = "127.0.0.1";
    int port;
    if (url == null) {
      server = ServerProcess.start();
      port = server.port();
    } else {
      host = url.substring(0, url.lastIndexOf(':'));
      port = Integer.parseInt(url.substring(host.length() + 1));
    }
    example = new RagExample(host, port, root());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static List<String> questions() {
    return RagExample.QUESTIONS;
  }

  @Test
  void hasEnoughPassagesForAnIndex() {
    // With fewer rows than hnsw.ef_search every search would be exact anyway.
    assertThat(example.segments()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void findsThePassagesThatAreNearest(String question) {
    check(question, null, segment -> true);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void findsThoseOfOneFile(String question) {
    Filter filter = MetadataFilterBuilder.metadataKey("file").isEqualTo("README.md");
    check(question, filter, segment -> segment.metadata().getString("file").equals("README.md"));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void findsTheFirstOnesOfTheOtherFiles(String question) {
    Filter filter =
        MetadataFilterBuilder.metadataKey("file")
            .isNotEqualTo("README.md")
            .and(MetadataFilterBuilder.metadataKey("passage").isLessThanOrEqualTo(2));
    check(
        question,
        filter,
        segment ->
            !segment.metadata().getString("file").equals("README.md")
                && segment.metadata().getInteger("passage") <= 2);
  }

  private static void check(String question, Filter filter, Predicate<TextSegment> accepts) {
    Embedding embedding = example.embedding(question);
    List<Double> exact = exactScores(embedding, accepts);
    List<EmbeddingMatch<TextSegment>> matches = example.ask(question, LIMIT, filter);

    assertThat(matches).hasSize(Math.min(LIMIT, exact.size()));
    for (int i = 0; i < matches.size(); i++) {
      // Passages of nearly the same score may change places.
      assertThat(matches.get(i).score()).isCloseTo(exact.get(i), Offset.offset(1e-5));
      TextSegment segment = matches.get(i).embedded();
      assertThat(accepts.test(segment)).isTrue();
      int stored = indexOf(segment);
      assertThat(segment.text()).isEqualTo(example.segments().get(stored).text());
      assertThat(matches.get(i).score())
          .isCloseTo(score(embedding, example.embeddings().get(stored)), Offset.offset(1e-5));
    }
    assertThat(matches).extracting(match -> place(match.embedded())).doesNotHaveDuplicates();
  }

  private static int indexOf(TextSegment segment) {
    return example.segments().stream().map(RagExampleIT::place).toList().indexOf(place(segment));
  }

  private static String place(TextSegment segment) {
    return segment.metadata().getString("file") + " " + segment.metadata().getInteger("passage");
  }

  private static List<Double> exactScores(Embedding question, Predicate<TextSegment> accepts) {
    List<TextSegment> segments = example.segments();
    return IntStream.range(0, segments.size())
        .filter(i -> accepts.test(segments.get(i)))
        .mapToObj(i -> score(question, example.embeddings().get(i)))
        .sorted(Comparator.reverseOrder())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static double score(Embedding a, Embedding b) {
    return RelevanceScore.fromCosineSimilarity(CosineSimilarity.between(a, b));
  }
}
