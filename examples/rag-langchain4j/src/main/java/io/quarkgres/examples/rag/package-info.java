/**
 * An example: questions about a folder of documents, answered from a vector database.
 *
 * <p>Read {@link io.quarkgres.examples.rag.RagExample} first. Documents are split into passages
 * ({@link io.quarkgres.examples.rag.Passages}), each gets an embedding from a model that runs in
 * this process, and LangChain4j's own PgVectorEmbeddingStore keeps and searches them over JDBC
 * ({@link io.quarkgres.examples.rag.PassageStore}). Nothing here knows which server answers. One
 * thread.
 */
package io.quarkgres.examples.rag;
