package io.quarkgres.storage.memory.serial;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The error of a transaction that cannot be serialized, worded as PostgreSQL does. Thread: any. */
final class SerializationErrors {
  private SerializationErrors() {}

  /** Made by whoever finds out while reading that another has decided so. */
  static SqlException pivotFoundReading() {
    return failure("Canceled on identification as a pivot, during conflict out checking.");
  }

  /** Made by whoever finds out while writing that another has decided so. */
  static SqlException pivotFoundWriting() {
    return failure("Canceled on identification as a pivot, during conflict in checking.");
  }

  /** Made by whoever comes between two others by a write. */
  static SqlException pivotByWrite() {
    return failure("Canceled on identification as a pivot, during write.");
  }

  /** Made by whoever reads what one has replaced that is about to commit, or has. */
  static SqlException outToPivot(long number) {
    return failure("Canceled on conflict out to pivot " + number + ", during read.");
  }

  /** Made by whoever cannot commit. */
  static SqlException pivotByCommit() {
    return failure("Canceled on identification as a pivot, during commit attempt.");
  }

  private static SqlException failure(String reason) {
    return new SqlException(
        SqlState.T_R_SERIALIZATION_FAILURE,
        "could not serialize access due to read/write dependencies among transactions",
        "Reason code: " + reason,
        "The transaction might succeed if retried.");
  }
}
