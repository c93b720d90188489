/**
 * Text to tokens, as PostgreSQL's manual describes them in section 4.1.
 *
 * <p>Read {@link io.quarkgres.engine.parse.lex.Lexer} first: a query string goes in, {@link
 * io.quarkgres.engine.parse.lex.Tokens} come out, arrays with a cursor that the parsers move.
 * {@link io.quarkgres.engine.parse.lex.Keyword} knows the words of the grammar and which of them
 * may be names; {@code StringScanner} and {@code UnicodeEscapes} read what stands between quotes.
 *
 * <p>A fault of the text becomes a token too, and its error is raised when the parser gets there: a
 * syntax error before it comes first, as with PostgreSQL. {@link
 * io.quarkgres.engine.parse.lex.ParseErrors} words the errors of lexer and parsers alike, 42601
 * above all. Nesting is counted here ({@code Tokens.DEPTH_MAX}, 54001).
 *
 * <p>One thread reads a text; calls share nothing. No token is given a meaning here.
 */
package io.quarkgres.engine.parse.lex;
