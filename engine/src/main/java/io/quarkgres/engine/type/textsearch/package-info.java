/**
 * tsvector and tsquery.
 *
 * <p>Read {@link io.quarkgres.engine.type.textsearch.TsVector} and {@link
 * io.quarkgres.engine.type.textsearch.TsQuery} first: how the values lie in bytes. {@link
 * io.quarkgres.engine.type.textsearch.TsLexemeReader} reads what both texts are made of, {@link
 * io.quarkgres.engine.type.textsearch.TsVectorBuilder} puts lexemes in order.
 *
 * <p>Stateless; any thread. What makes a tsvector of a document are functions, not types.
 */
package io.quarkgres.engine.type.textsearch;
