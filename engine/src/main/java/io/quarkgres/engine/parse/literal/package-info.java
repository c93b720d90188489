/**
 * The literals of a statement, without a parse: what lets statements that differ in their values
 * only share one plan.
 *
 * <p>Read {@link io.quarkgres.engine.parse.literal.Literals} first: the text of a statement goes
 * in, its literals and the text without them come out. {@link
 * io.quarkgres.engine.parse.literal.ParameterPlaces} takes the syntax tree and tells which literals
 * a parameter could stand for; {@link io.quarkgres.engine.parse.literal.LiteralRows} finds the
 * cells of an INSERT of many rows.
 *
 * <p>Whatever is in doubt gives nothing, and the text is parsed the ordinary way: what is found
 * here means what the lexer and the parser would have made of it, or is not found. Texts have a
 * length beyond which they are not looked at. One thread a text; nothing is kept.
 */
package io.quarkgres.engine.parse.literal;
