package io.quarkgres.engine.function.textsearch;

/** A token: its kind and where it stands, in code points. */
record Token(TokenType type, int start, int end) {}
