package io.quarkgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line: what each option sets, and which lines are refused. */
class ServerOptionsTest {

  @Test
  void nothingGivenSetsNothing() {
    assertThat(ServerOptions.parse()).isEqualTo(new ServerOptions.Start(Map.of()));
  }

  @Test
  void eachOptionSetsItsKey() {
    assertThat(
            ServerOptions.parse(
                "--memory", "--host", "::1", "--port", "5999", "--http-port=0", "--no-fsync"))
        .isEqualTo(
            new ServerOptions.Start(
                Map.of(
                    "quarkgres.storage", "memory",
                    "quarkgres.fsync", "off",
                    "quarkgres.host", "::1",
                    "quarkgres.port", "5999",
                    "quarkgres.http-port", "0")));
  }

  @Test
  void dataChoosesDiskStorage() {
    assertThat(ServerOptions.parse("--data", "some/place"))
        .isEqualTo(
            new ServerOptions.Start(
                Map.of("quarkgres.storage", "disk", "quarkgres.data", "some/place")));
  }

  @Test
  void commandsOnDataDirectoriesStartNoServer() {
    assertThat(ServerOptions.parse("verify", "--data", "a"))
        .isEqualTo(new ServerOptions.Verify(Path.of("a")));
    assertThat(ServerOptions.parse("verify"))
        .isEqualTo(new ServerOptions.Verify(ServerConfig.defaultData()));
    assertThat(ServerOptions.parse("backup", "--data=a", "--to", "b"))
        .isEqualTo(new ServerOptions.Backup(Path.of("a"), Path.of("b")));
  }

  @Test
  void helpWinsOverWhatStandsBehindIt() {
    assertThat(ServerOptions.parse("--port", "1", "--help", "--nonsense"))
        .isEqualTo(new ServerOptions.Help());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prot 5999        | unknown option: --prot",
        "5999               | unknown option: 5999",
        "--memory=yes       | unknown option: --memory=yes",
        "--port             | --port needs a value",
        "--port=            | --port needs a value",
        "--port 1 --port 2  | --port is given twice",
        "--memory --data x  | --memory and --data exclude each other and are given once",
        "verify --memory    | verify takes no option but --data",
        "verify --port 1    | verify takes no option but --data",
        "backup --data x    | backup needs --to",
        "--to x             | --to belongs to the command backup",
        "--data x --memory  | --memory and --data exclude each other and are given once",
      })
  void refuses(String line, String message) {
    assertThat(ServerOptions.parse(line.split(" "))).isEqualTo(new ServerOptions.Wrong(message));
  }
}
