package io.quarkgres.engine.ast;

/** An expression that the catalog keeps, with the text it was made of. */
public record SourceExpression(Expression expression, String text) {}
