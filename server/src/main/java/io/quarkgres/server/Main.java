package io.quarkgres.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Entry point of the process: reads the command line and does what it says, mostly start Quarkus.
 * Thread: main.
 */
@QuarkusMain
public final class Main {

  private static final int EXIT_WRONG_OPTION = 2;

  /** Starts the server and returns after it has stopped. */
  public static void main(String... arguments) {
    switch (ServerOptions.parse(arguments)) {
      case ServerOptions.Help() -> System.out.print(usage());
      case ServerOptions.Wrong(String message) -> {
        System.err.println("quarkgres: " + message);
        System.err.print(usage());
        System.exit(EXIT_WRONG_OPTION);
      }
      case ServerOptions.Verify verify -> System.exit(dataCommand().verify(verify));
      case ServerOptions.Backup backup -> System.exit(dataCommand().backup(backup));
      case ServerOptions.Restore restore -> System.exit(dataCommand().restore(restore));
      case ServerOptions.Start(var settings) -> {
        settings.forEach(System::setProperty);
        Quarkus.run(arguments);
      }
    }
  }

  private static DataCommand dataCommand() {
    return new DataCommand(System.out, System.err);
  }

  private static String usage() {
    try (InputStream text = Main.class.getResourceAsStream("usage.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
