package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that are made, held, shared or refused with a reason. */
class DiskFilesTest {

  private static SqlException refused(Path directory) {
    SqlException error =
        catchThrowableOfType(SqlException.class, () -> DiskFiles.open(directory, false));
    assertThat(error.state()).isEqualTo(SqlState.IO_ERROR);
    assertThat(error.hint())
        .isEqualTo("Choose a directory that the server may write to, or start with --memory.");
    return error;
  }

  @Test
  void aMissingDirectoryIsMadeForTheOwnerOnly(@TempDir Path folder) throws IOException {
    Path made = folder.resolve("a/b");
    DiskFiles.open(made, false).close();
    assertThat(Files.getPosixFilePermissions(made)).hasSize(3);
  }

  @Test
  void aDirectoryThatCannotBeMadeIsRefused(@TempDir Path folder) throws IOException {
    Path processes = Path.of("/proc");
    assumeThat(processes).as("a file system in which nobody makes anything").isDirectory();
    assertThat(refused(processes.resolve("quarkgres/data")))
        .hasMessage(
            "cannot use data directory \"/proc/quarkgres/data\": no such file or directory");
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(refused(file)).hasMessageEndingWith("it is not a directory");
  }

  @Test
  void aFileThatCannotBeOpenedIsNamed() {
    assertThat(WalErrors.notRead("data", new AccessDeniedException("data/1.wal")))
        .hasMessage("could not open or read file \"data/1.wal\": permission denied");
    assertThat(WalErrors.notRead("data/2.wal", new IOException("Input/output error")))
        .hasMessage("could not open or read file \"data/2.wal\": Input/output error");
  }

  @Test
  void oneServerAtATime(@TempDir Path folder) {
    DiskFiles first = DiskFiles.open(folder, false);
    assertThatThrownBy(() -> DiskFiles.open(folder, false))
        .hasMessage("data directory \"" + folder + "\" is in use by another server");
    first.close();
    DiskFiles.open(folder, false).close();
  }

  @Test
  void heldFilesAreHeldUntilTheLastLetsGo(@TempDir Path folder) throws IOException {
    DiskFiles files = DiskFiles.open(folder, false);
    assertThat(files.isHeld()).isFalse();
    files.hold();
    files.hold();
    files.letGo();
    assertThat(files.isHeld()).isTrue();
    files.letGo();
    assertThat(files.isHeld()).isFalse();
    files.close();
  }
}
