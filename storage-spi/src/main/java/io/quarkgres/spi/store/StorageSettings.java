package io.quarkgres.spi.store;

/**
 * What of the server's settings a storage reads, under PostgreSQL's names. Thread: any.
 *
 * @param isArchiving {@code archive_mode}: whether complete segments of the log are kept until the
 *     command has taken them; of the first settings that a storage gets, for good
 * @param archiveCommand {@code archive_command}, empty for none yet
 * @param archiveSeconds {@code archive_timeout}: after so long a segment with anything in it is
 *     complete, 0 for never
 * @param checkpointSeconds {@code checkpoint_timeout}
 * @param logBytes {@code max_wal_size}: about so much log there is when a checkpoint ends
 */
public record StorageSettings(
    boolean isArchiving,
    String archiveCommand,
    int archiveSeconds,
    int checkpointSeconds,
    long logBytes) {
  /** PostgreSQL's. */
  public static final StorageSettings DEFAULT = new StorageSettings(false, "", 0, 300, 1L << 30);
}
