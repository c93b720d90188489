/**
 * Full text search: documents into {@code tsvector}, questions into {@code tsquery}, whether one
 * matches the other and how well (manual, chapter 12).
 *
 * <p>Read {@link io.quarkgres.engine.function.textsearch.TextSearchFunctions} first. A text is cut
 * into tokens ({@link io.quarkgres.engine.function.textsearch.Tokens}), a configuration ({@link
 * io.quarkgres.engine.function.textsearch.Configuration}) makes lexemes of them, and these become a
 * vector ({@link io.quarkgres.engine.function.textsearch.Words}) or a query ({@link
 * io.quarkgres.engine.function.textsearch.Questions}). In: columns of texts, vectors and queries.
 * Out: columns. Thread: any.
 *
 * <p>There are the configurations {@code simple} and {@code english}. The encodings of the two
 * types are described in {@link io.quarkgres.engine.type.textsearch.TsVector} and {@link
 * io.quarkgres.engine.type.textsearch.TsQuery}.
 */
package io.quarkgres.engine.function.textsearch;
