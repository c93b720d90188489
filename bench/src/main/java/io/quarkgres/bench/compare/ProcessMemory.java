package io.quarkgres.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes take of the machine's memory, as Linux counts it. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** Returns the proportional set size of a process and those it has started. */
  static long pssKib(long pid) throws IOException {
    long result = pss(pid);
    for (ProcessHandle child :
        ProcessHandle.of(pid).map(ProcessHandle::descendants).orElseThrow().toList()) {
      result += pss(child.pid());
    }
    return result;
  }

  /** Returns the proportional set size of one process, 0 for one that has ended meanwhile. */
  private static long pss(long pid) throws IOException {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      if (ProcessHandle.of(pid).isPresent()) {
        throw e;
      }
    }
    return 0;
  }
}
