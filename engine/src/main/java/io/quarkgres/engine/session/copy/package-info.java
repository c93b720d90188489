/**
 * The formats of COPY: text, CSV and binary, from and to a client or a file.
 *
 * <p>Read {@code CopyReader} and {@code CopyWriter} first: what the formats have in common, one
 * class each. In and out: {@link io.quarkgres.engine.session.copy.CopyInput} and {@link
 * io.quarkgres.engine.session.copy.CopyOutput}, chunks of bytes of the client, or those of a {@code
 * CopyFile}. {@code CopyOptions} are checked as PostgreSQL does. The statement itself, which binds
 * and runs the INSERT or the query, is the session's {@code CopyStatement}.
 *
 * <p>Used by the session's thread. Invariant: an error tells the line and the column that it is
 * about.
 */
package io.quarkgres.engine.session.copy;
