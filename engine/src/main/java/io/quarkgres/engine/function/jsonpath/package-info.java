/**
 * The language jsonpath: its type, its syntax and its evaluation over jsonb (manual, section
 * 9.16.2).
 *
 * <p>Read {@link io.quarkgres.engine.function.jsonpath.PathItem} first: the steps of a path. In:
 * the text of a path, jsonb documents. Out: texts of a path; jsonb values, or what a predicate
 * says. A jsonpath column holds a text, and paths that were read are kept by it. Thread: any; an
 * evaluation belongs to one.
 *
 * <p>Invariants: reading a path's exact text gives the same path; every jsonb value that comes out
 * is canonical text. An error of evaluation is an {@link
 * io.quarkgres.engine.function.jsonpath.Outcome} where the path is lenient and an exception
 * elsewhere.
 */
package io.quarkgres.engine.function.jsonpath;
