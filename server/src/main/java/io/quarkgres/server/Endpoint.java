package io.quarkgres.server;

import io.vertx.core.Future;

/**
 * A port that clients connect to: what {@link PostgresListener} starts and stops. Thread: any.
 *
 * <p>It stands between the life cycle of the process and the protocol, so that either can be tested
 * without the other.
 */
interface Endpoint {

  /** Opens the port; completes with its number, which differs from the wanted one if that was 0. */
  Future<Integer> open();

  /** Closes the port and every connection; completes when none is left. */
  Future<Void> close();
}
