/**
 * Several threads for one statement: workers that run copies of a part of a plan side by side.
 *
 * <p>Read {@code Fragment} first, what the workers share, then {@code WorkerRun}, which starts them
 * and waits. In: operator trees of the same part of a plan, one a worker. Out: what they found, put
 * together by the statement's own thread. Helpers come from {@code WorkerPool}, one less than cores
 * for the whole server; without a free one a statement goes on alone.
 *
 * <p>Invariant: the result is the one that a single thread would give, digit by digit, so only what
 * is exact in any order is shared; an error of one worker stops the others and is the statement's.
 */
package io.quarkgres.engine.exec.parallel;
