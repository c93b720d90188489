package io.quarkgres.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What lies in the heap of a server that was started for a test. Thread: any.
public final class ServerHeap {
  private ServerHeap() {}

  /// The bytes of all live objects: the histogram counts only what a full collection keeps.
  public static long liveBytes(ServerUnderTest server) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String output;
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String total =
        output
            .lines()
            .filter(line -> line.startsWith("Total"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(output));
    return Long.parseLong(total.trim().split("\\s+")[2]);
  }
}
