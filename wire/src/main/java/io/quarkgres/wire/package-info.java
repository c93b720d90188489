/**
 * PostgreSQL's frontend/backend protocol, version 3.0, over Vert.x sockets (manual, chapter 55).
 *
 * <p>Read {@link io.quarkgres.wire.PostgresServer} first, then {@code Connection}. In: bytes. Out:
 * bytes. Between them an {@link io.quarkgres.engine.session.Session} of the engine. A message is
 * one type byte (none at startup), an int32 length that counts itself, and a body; all integers are
 * big-endian, strings end with a zero byte.
 *
 * <p>Threads. The event loop decodes frames and queues messages; one virtual thread a connection
 * takes them off in order, runs the session and encodes replies; it is started when messages come
 * and ends when none are left, so that an idle connection has no thread. The loop stops reading
 * when the queue holds too much, and the virtual thread parks when the socket takes no more: a slow
 * client pauses its own query and fills no memory.
 *
 * <p>Invariants: replies leave in the order of the messages; after an error in an extended message
 * all is skipped up to Sync; a malformed frame ends the connection, never the server. The package
 * knows no single type: a type brings its own text and binary form.
 */
package io.quarkgres.wire;
