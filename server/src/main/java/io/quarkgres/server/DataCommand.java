package io.quarkgres.server;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.storage.wal.BaseBackup;
import io.quarkgres.storage.wal.DataCheck;
import io.quarkgres.storage.wal.PointInTime;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/** The commands that work on a data directory and start no server. Thread: main. */
final class DataCommand {
  /** What was looked at is damaged. */
  static final int EXIT_DAMAGED = 1;

  /** It could not be looked at. */
  static final int EXIT_FAILED = 2;

  private final PrintStream out;
  private final PrintStream errors;

  DataCommand(PrintStream out, PrintStream errors) {
    this.out = out;
    this.errors = errors;
  }

  /** Checks every checksum and record; returns the exit code. */
  int verify(ServerOptions.Verify command) {
    return run(
        () -> DataCheck.run(command.data(), out::println),
        "data directory " + command.data() + " is sound");
  }

  /** Copies a data directory and checks the copy; returns the exit code. */
  int backup(ServerOptions.Backup command) {
    return run(
        () -> BaseBackup.run(command.data(), command.to(), out::println),
        "copied " + command.data() + " to " + command.to());
  }

  /** Makes a data directory from a backup and an archive; returns the exit code. */
  int restore(ServerOptions.Restore command) {
    return run(
        () ->
            PointInTime.run(
                command.from(), command.to(), command.command(), command.target(), out::println),
        "restored " + command.from() + " to " + command.to());
  }

  private int run(BooleanSupplier action, String success) {
    try {
      if (!action.getAsBoolean()) {
        errors.println("quarkgres: there is damage");
        return EXIT_DAMAGED;
      }
      out.println(success);
      return 0;
    } catch (SqlException e) {
      String hint = e.hint() == null ? "" : ". " + e.hint();
      errors.println("quarkgres: " + e.getMessage() + hint);
      return EXIT_FAILED;
    }
  }
}
