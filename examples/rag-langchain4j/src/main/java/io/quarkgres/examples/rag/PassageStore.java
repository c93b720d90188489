package io.quarkgres.examples.rag;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.pgvector.DefaultMetadataStorageConfig;
import dev.langchain4j.store.embedding.pgvector.MetadataStorageMode;
import dev.langchain4j.store.embedding.pgvector.PgVectorEmbeddingStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The passages in a table of the database, by way of LangChain4j's unmodified store. */
final class PassageStore {
  private static final String DATABASE = "postgres";
  private static final String USER = "postgres";
  private static final String PASSWORD = "postgres";
  private static final String TABLE = "passages";

  private final String host;
  private final int port;
  private final EmbeddingStore<TextSegment> store;

  /** Makes the table anew. */
  PassageStore(String host, int port, int dimensions) {
    this.host = host;
    this.port = port;
    this.store =
        PgVectorEmbeddingStore.builder()
            .host(host)
            .port(port)
            .database(DATABASE)
            .user(USER)
            .password(PASSWORD)
            .table(TABLE)
            .dimension(dimensions)
            .dropTableFirst(true)
            .metadataStorageConfig(
                DefaultMetadataStorageConfig.builder()
                    .storageMode(MetadataStorageMode.COMBINED_JSONB)
                    .columnDefinitions(List.of("metadata JSONB NULL"))
                    .build())
            .build();
  }

  void add(List<Embedding> embeddings, List<TextSegment> segments) {
    store.addAll(embeddings, segments);
  }

  /** Makes the index by which the nearest passages are found without looking at all. */
  void createIndex() throws SQLException {
    String url = "jdbc:postgresql://" + host + ":" + port + "/" + DATABASE;
    try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE INDEX ON "
              + TABLE
              + " USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 64)");
    }
  }

  /**
   * Returns the passages nearest to a question.
   *
   * @param filter what the metadata must fulfil, or {@code null}
   */
  List<EmbeddingMatch<TextSegment>> search(Embedding question, int limit, Filter filter) {
    return store
        .search(
            EmbeddingSearchRequest.builder()
                .queryEmbedding(question)
                .maxResults(limit)
                .minScore(0.0)
                .filter(filter)
                .build())
        .matches();
  }
}
