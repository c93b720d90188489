package io.quarkgres.bench.vector;

import io.quarkgres.bench.compare.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One of those that are compared: a table of vectors of a server.
 *
 * @param name for the tables
 * @param port where the server listens
 * @param pid the server's process, whose children count too
 * @param table the table of this subject alone
 * @param with parameters of its index, in parentheses, or nothing
 */
record Subject(String name, int port, long pid, String table, String with) {
  private static final int COPY_ROWS = 5_000;
  private static final double TICKS = 100;

  /** Rates that were measured at once: by the clock, and by the server's processor time. */
  record Rate(double perSecond, double perCpuSecond) {}

  private static final long WARM_MILLIS = 400;
  private static final long WARM_MILLIS_MAX = 60_000;

  /** A server is warm when so many samples in a row were hardly better than the best before. */
  private static final int WARM_SAMPLES = 8;

  private static final double BETTER = 1.1;

  /** Some work, of which there is so much. */
  interface Work {
    /** Does it and returns how much it was. */
    long run() throws IOException;
  }

  /** Opens a connection; no cache of results takes part. */
  Wire connect(String... settings) throws IOException {
    Wire wire = new Wire(port);
    // A setting with a prefix that a server does not know is a placeholder to it.
    wire.query("SET quarkgres.result_cache = off");
    for (String setting : settings) {
      wire.query("SET " + setting);
    }
    return wire;
  }

  /** Measures work that waits for the server. */
  Rate measure(Work work) throws IOException {
    double cpu = cpuSeconds();
    long start = System.nanoTime();
    long done = work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Rate(done / seconds, done / Math.max(1 / TICKS, cpuSeconds() - cpu));
  }

  /** Returns the processor time of the server and its children, those that have ended too. */
  private double cpuSeconds() throws IOException {
    long ticks = 0;
    List<ProcessHandle> all = new ArrayList<>(ProcessHandle.of(pid).stream().toList());
    all.addAll(all.getFirst().descendants().toList());
    for (ProcessHandle process : all) {
      try {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        if (process.pid() == pid) {
          ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
        }
      } catch (IOException e) {
        // It has ended, and counts as the parent's; the file is gone, or cannot be read any more.
        if (process.pid() == pid) {
          throw e;
        }
      }
    }
    return ticks / TICKS;
  }

  /** Makes the table and loads it; returns rows a second, of the server only. */
  Rate load(VectorData data) throws IOException {
    double wall = 0;
    double cpu = 0;
    try (Wire wire = connect()) {
      wire.query("CREATE EXTENSION IF NOT EXISTS vector");
      wire.query("DROP TABLE IF EXISTS " + table);
      wire.query(
          "CREATE TABLE " + table + " (id int, part int, v vector(" + data.dimensions() + "))");
      for (int from = 0; from < data.count(); from += COPY_ROWS) {
        int n = Math.min(COPY_ROWS, data.count() - from);
        byte[] rows = data.copy(from, from + n);
        Rate rate =
            measure(() -> {
              wire.copyIn("COPY " + table + " FROM STDIN", rows);
              return n;
            });
        wall += n / rate.perSecond();
        cpu += n / rate.perCpuSecond();
      }
      wire.query("CREATE INDEX ON " + table + " (part)");
      wire.query("ANALYZE " + table);
    }
    return new Rate(data.count() / wall, data.count() / cpu);
  }

  /** Builds the index, in place of one there is; returns rows a second. */
  Rate build(VectorData data) throws IOException {
    String[] settings = {"max_parallel_maintenance_workers = 0", "maintenance_work_mem = '2GB'"};
    try (Wire wire = connect(settings)) {
      wire.query("DROP INDEX IF EXISTS " + table + "_v");
      return measure(() -> {
        wire.query(
            "CREATE INDEX %s_v ON %s USING hnsw (v vector_l2_ops) %s"
                .formatted(table, table, with));
        return data.count();
      });
    }
  }

  /** Returns what the index takes for a row beyond the vector. */
  long bytesBeyondVector(VectorData data, int vectorBytes) throws IOException {
    try (Wire wire = connect()) {
      byte[] row = wire.rowsOf("SELECT pg_relation_size('" + table + "_v')::int8");
      long size = Long.parseLong(texts(row).getFirst());
      return size / data.count() - vectorBytes;
    }
  }

  /** Returns the query for the nearest rows with a number less than {@code below}. */
  String search(int below) {
    String filter = below == VectorData.PARTS ? "" : "WHERE part < " + below + " ";
    return "SELECT id FROM " + table + " " + filter + "ORDER BY v <-> $1 LIMIT 10";
  }

  /** Returns the part of the nearest rows that searches find; raises an error for a wrong row. */
  double recall(VectorData data, int[][] truth, int queries, int below, String... settings)
      throws IOException {
    int found = 0;
    int wanted = 0;
    try (Wire wire = connect(settings)) {
      wire.prepare("search", search(below));
      for (int q = 0; q < queries; q++) {
        List<String> ids = texts(wire.rowsOfPrepared("search", data.query(q)));
        if (ids.size() > VectorData.NEIGHBOURS || ids.stream().distinct().count() < ids.size()) {
          throw new IOException(name + ": not the wanted number of rows: " + ids);
        }
        for (String id : ids) {
          int row = Integer.parseInt(id);
          if (VectorData.part(row) >= below) {
            throw new IOException(name + ": row " + row + " does not pass the filter");
          }
          found += Arrays.stream(truth[q]).anyMatch(near -> near == row) ? 1 : 0;
        }
        wanted += VectorData.NEIGHBOURS;
      }
    }
    return found / (double) wanted;
  }

  /** Returns the first column of rows. */
  private static List<String> texts(byte[] rows) {
    List<String> result = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(rows);
    while (in.hasRemaining()) {
      in.getShort();
      byte[] value = new byte[in.getInt()];
      in.get(value);
      result.add(new String(value, StandardCharsets.US_ASCII));
    }
    return result;
  }

  /** Returns searches a second of some connections, over some milliseconds. */
  Rate searches(VectorData data, int connections, long millis, int below, String... settings)
      throws IOException {
    return measure(() -> {
      long end = System.nanoTime() + millis * 1_000_000;
      List<Future<Long>> all = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
        for (int c = 0; c < connections; c++) {
          int first = c * 17;
          all.add(threads.submit(() -> searchUntil(end, data, first, below, settings)));
        }
      }
      return sum(all);
    });
  }

  /** Searches until the server is warm: how long that takes depends on what else there is to do. */
  void warmUp(VectorData data, int connections, int below, String... settings) throws IOException {
    long end = System.nanoTime() + WARM_MILLIS_MAX * 1_000_000;
    double best = 0;
    int same = 0;
    while (same < WARM_SAMPLES && System.nanoTime() < end) {
      double rate = searches(data, connections, WARM_MILLIS, below, settings).perCpuSecond();
      same = rate > BETTER * best ? 0 : same + 1;
      best = Math.max(best, rate);
    }
  }

  private static long sum(List<Future<Long>> counts) throws IOException {
    long result = 0;
    for (Future<Long> count : counts) {
      try {
        result += count.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IOException(e);
      }
    }
    return result;
  }

  private long searchUntil(long end, VectorData data, int first, int below, String... settings)
      throws IOException {
    long done = 0;
    try (Wire wire = connect(settings)) {
      wire.prepare("search", search(below));
      for (int q = first; System.nanoTime() < end; q++) {
        wire.executeTexts("search", data.query(q));
        done++;
      }
    }
    return done;
  }

  /** Inserts rows one by one into the indexed table, and deletes them; returns inserts a second. */
  Rate insert(VectorData data, int rows) throws IOException {
    byte[][] vectors = new byte[rows][];
    for (int i = 0; i < rows; i++) {
      vectors[i] = data.row(i * 31 % data.count());
    }
    try (Wire wire = connect()) {
      wire.prepare("insert", "INSERT INTO " + table + " VALUES ($1, 0, $2)");
      Rate rate =
          measure(() -> {
            for (int i = 0; i < rows; i++) {
              byte[] id = Integer.toString(data.count() + i).getBytes(StandardCharsets.US_ASCII);
              wire.executeTexts("insert", id, vectors[i]);
            }
            return rows;
          });
      wire.query("DELETE FROM " + table + " WHERE id >= " + data.count());
      return rate;
    }
  }

  /** Deletes half of the rows, in one transaction, and inserts them again in another. */
  void replaceHalf() throws IOException {
    try (Wire wire = connect()) {
      wire.query("CREATE TEMP TABLE half AS SELECT * FROM " + table + " WHERE id % 2 = 0");
      wire.query("DELETE FROM " + table + " WHERE id % 2 = 0");
      wire.query("INSERT INTO " + table + " SELECT * FROM half");
    }
  }
}
