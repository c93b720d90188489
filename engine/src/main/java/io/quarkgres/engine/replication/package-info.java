/**
 * The commands of replication connections, of which base backups are built: what {@code
 * pg_basebackup} asks for.
 *
 * <p>Read {@link io.quarkgres.engine.replication.ReplicationCommand} first. In: the text of a
 * command, and the files of a {@link io.quarkgres.spi.store.StorageCopy}. Out: the chunks of a COPY
 * to the client, in PostgreSQL 15's format:
 *
 * <pre>
 *   n name 0 0       an archive begins: {@code base.tar}, in the data directory itself
 *   d bytes          of the archive, a tar with two empty blocks at its end, or of the manifest
 *   p int64          so many bytes of archives were sent so far
 *   m                the manifest begins
 * </pre>
 *
 * <p>Used by the session's thread, which may be parked while the client reads slowly. The package
 * knows neither sessions nor how files come about. There is no streaming of the log, and so no
 * replication slot.
 */
package io.quarkgres.engine.replication;
