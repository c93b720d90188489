/**
 * What the server keeps of statements that came before: their plans, and the rows of some.
 *
 * <p>Read {@code PlanCache} first, whose key holds all that a plan depends on, then {@code
 * ResultCache}. {@code HeldPlan} is the plan that a session's statement used last, {@code
 * StatementTemplate} the plan of all statements that differ in literals only. {@code BulkRows} and
 * {@code RowFeed} are for INSERTs of many rows, whose one plan reads rows as it reads COPY's. What
 * a plan depends on in a session comes through {@code PlanScope}.
 *
 * <p>{@code HeldPlan} is used by the session's thread, the rest by any. Invariant: what is found is
 * what would be made now; when in doubt, nothing is found.
 */
package io.quarkgres.engine.session.cache;
