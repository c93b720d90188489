/**
 * The server as a process: how it starts, what it says, how it stops.
 *
 * <p>Read {@link io.quarkgres.it.launcher.ServerProcess} first: it starts the packaged server as a
 * user would and waits for its output, never for time to pass. Each test owns its processes.
 */
package io.quarkgres.it.launcher;
