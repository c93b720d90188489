package io.quarkgres.it.golden;

import io.quarkgres.it.OraclePostgres;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.golden.ScriptRunner.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `scripts/record-golden`: writes what a real PostgreSQL answers to the golden scripts.
public final class RecordGolden {
  private static final String VECTOR = "vector/";

  private int problems;

  private RecordGolden() {}

  /// Arguments: the programs' folder of a PostgreSQL with pgvector, or `-`; then prefixes of names.
  public static void main(String[] arguments) throws IOException {
    RecordGolden recorder = new RecordGolden();
    List<String> prefixes = List.of(arguments).subList(1, arguments.length);
    List<Path> files =
        (prefixes.isEmpty() ? List.of("") : prefixes)
            .stream().flatMap(prefix -> GoldenScripts.files(prefix).stream()).distinct().toList();
    List<Path> plain = files.stream().filter(file -> !isVector(file)).toList();
    List<Path> vector = files.stream().filter(RecordGolden::isVector).toList();
    recorder.record(OraclePostgres.bin(), plain);
    if (!vector.isEmpty() && !arguments[0].equals("-")) {
      recorder.record(Path.of(arguments[0]), vector);
    }
    System.exit(recorder.problems == 0 ? 0 : 1);
  }

  private static boolean isVector(Path file) {
    return GoldenScripts.read(file).name().startsWith(VECTOR);
  }

  private void record(Path bin, List<Path> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    try (ServerUnderTest server = OraclePostgres.start(bin);
        ScriptDatabases databases = new ScriptDatabases(server.host(), server.port())) {
      for (Path file : files) {
        record(server, databases, file);
      }
    }
  }

  private void record(ServerUnderTest server, ScriptDatabases databases, Path file)
      throws IOException {
    Script script = GoldenScripts.read(file);
    List<String> transcript = run(server, databases, script, Protocol.SIMPLE);
    Files.writeString(GoldenScripts.expected(file), String.join("", transcript));
    reportUnstable(script, transcript, run(server, databases, script, Protocol.SIMPLE), "again");
    if (!script.simpleOnly()) {
      List<String> extended = run(server, databases, script, Protocol.EXTENDED);
      reportUnstable(script, transcript, extended, "through the extended protocol");
    }
  }

  private static List<String> run(
      ServerUnderTest server, ScriptDatabases databases, Script script, Protocol protocol) {
    return ScriptRunner.run(server.host(), server.port(), databases.fresh(), script, protocol);
  }

  private void reportUnstable(
      Script script, List<String> transcript, List<String> other, String how) {
    for (int i = 0; i < transcript.size(); i++) {
      if (i >= other.size() || !transcript.get(i).equals(other.get(i))) {
        problems++;
        System.out.println(script.name() + ": PostgreSQL itself answers differently " + how);
        System.out.println(transcript.get(i) + "<<>>\n" + (i < other.size() ? other.get(i) : ""));
      }
    }
  }
}
