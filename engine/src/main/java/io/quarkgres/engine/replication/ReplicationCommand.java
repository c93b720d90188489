package io.quarkgres.engine.replication;

/** A command of a replication connection. Thread: any. */
public sealed interface ReplicationCommand {
  /** IDENTIFY_SYSTEM. */
  record IdentifySystem() implements ReplicationCommand {}

  /** SHOW. */
  record Show(String name) implements ReplicationCommand {}

  /** BASE_BACKUP. */
  record BaseBackup(BackupOptions options) implements ReplicationCommand {}

  /** A command that is PostgreSQL's, but not built. */
  record NotBuilt(String what) implements ReplicationCommand {}

  /** No command of replication: SQL, for connections that have a database. */
  record Sql() implements ReplicationCommand {}
}
