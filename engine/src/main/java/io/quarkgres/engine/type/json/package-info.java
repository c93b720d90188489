/**
 * json, jsonb and jsonpath.
 *
 * <p>Read {@code JsonReader} first: it checks a text and gives jsonb's canonical one; json keeps
 * the text as it was written. {@code JsonLexer} finds the tokens and the faults, {@code JsonErrors}
 * words them, {@code JsonbOrder} compares. What a jsonpath is, {@link
 * io.quarkgres.engine.type.json.JsonPathForms} tells, which functions implement.
 *
 * <p>Stateless; any thread. Invariant: equal jsonb values have equal bytes, but for numbers of
 * other scale.
 */
package io.quarkgres.engine.type.json;
