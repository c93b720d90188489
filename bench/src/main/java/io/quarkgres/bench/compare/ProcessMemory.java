package io.quarkgres.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What processes take of the machine's memory, as Linux counts it. */
final class ProcessMemory {
  private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

  private ProcessMemory() {}

  /** Returns the proportional set size of a process and those it has started. */
  static long pssKib(long pid) throws IOException {
    long result = pss(pid);
    for (ProcessHandle child :
        ProcessHandle.of(pid).map(ProcessHandle::descendants).orElseThrow().toList()) {
      try {
        result += pss(child.pid());
      } catch (IOException e) {
        // It has ended meanwhile.
      }
    }
    return result;
  }

  /** Returns what is alive on the heap of a JVM after a collection. */
  static long liveHeapKib(long pid) throws IOException {
    jcmd(pid, "GC.run");
    Matcher used = HEAP_USED.matcher(jcmd(pid, "GC.heap_info"));
    if (!used.find()) {
      throw new IOException("no size of the heap");
    }
    return Long.parseLong(used.group(1));
  }

  private static String jcmd(long pid, String command) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static long pss(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      if (line.startsWith("Pss:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
