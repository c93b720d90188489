package io.quarkgres.engine.ast;

/** A query that the catalog keeps, with the text it was made of. */
public record SourceQuery(Query query, String text) {}
