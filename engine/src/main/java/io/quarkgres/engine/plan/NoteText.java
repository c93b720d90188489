package io.quarkgres.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What operators note of what they did, as lines of EXPLAIN ANALYZE: what sorting and hashing took
 * is told in one line each, in PostgreSQL's words. Thread: any.
 */
final class NoteText {
  private NoteText() {}

  /** Returns the lines of notes by their names in JSON. */
  static List<String> lines(Map<String, Object> notes) {
    Map<String, Object> rest = new LinkedHashMap<>(notes);
    List<String> result = new ArrayList<>();
    Object method = rest.remove("Sort Method");
    if (method != null) {
      Object kilobytes = rest.remove("Sort Space Used");
      Object where = rest.remove("Sort Space Type");
      result.add("Sort Method: " + method + "  " + where + ": " + kilobytes + "kB");
    }
    Object batches = rest.remove("Batches");
    if (batches != null) {
      Object peak = rest.remove("Peak Memory Usage");
      Object disk = rest.remove("Disk Usage");
      String onDisk = disk == null ? "" : "  Disk Usage: " + disk + "kB";
      result.add("Batches: " + batches + "  Memory Usage: " + peak + "kB" + onDisk);
    }
    rest.forEach((name, value) -> result.add(name + ": " + value));
    return result;
  }
}
