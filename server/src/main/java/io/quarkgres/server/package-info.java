/**
 * The server process: assembles storage, engine, extensions and protocol, and configures them.
 *
 * <p>Read {@link io.quarkgres.server.Main} first: it turns the command line into configuration and
 * starts Quarkus; {@link io.quarkgres.server.PostgresListener} then checks the settings, looks
 * whether both ports are free, opens that for PostgreSQL clients and reads the data, and last
 * Quarkus opens the HTTP port for health and metrics.
 *
 * <p>In: command line, environment, configuration. Out: one process that listens until SIGTERM, and
 * an exit code: 0 after a clean stop, 1 when it could not start, 2 for a wrong option.
 *
 * <p>Start and stop run on the main thread; nothing here runs for a statement. Wrong settings are
 * refused before any port is opened. No logic lives here that a test could not reach without
 * Quarkus: no SQL, no protocol, no storage.
 */
package io.quarkgres.server;
