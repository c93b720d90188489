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

  /**
   * Reads the data, so that clients are served; those who come before are told to try again. Raises
   * 58xxx, F0001 or XX001 when the data cannot be read.
   */
  void start();

  /** Closes the port and every connection; completes when none is left. */
  Future<Void> close();
}
