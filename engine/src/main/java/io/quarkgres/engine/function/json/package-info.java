/**
 * Functions, operators, casts and aggregates of json and jsonb.
 *
 * <p>Read {@link io.quarkgres.engine.function.json.JsonSlice} first: one value within JSON text.
 * In: columns of JSON text; jsonb is canonical text (see {@link
 * io.quarkgres.engine.type.json.JsonbType}). Out: columns; what is taken out of a document shares
 * its heap. Thread: any.
 *
 * <p>Invariants: text in a column is valid JSON, so that scanning never runs past its end; every
 * jsonb result is canonical again.
 */
package io.quarkgres.engine.function.json;
