package io.quarkgres.it.differential;

import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.wire.WireClient;

/// Two servers that get the same statements. Thread: one at a time.
final class Duel implements AutoCloseable {
  private static final String TIMED_OUT = "57014";

  private final WireClient oracle;
  private final ServerUnderTest underTest;
  private final String database;
  private WireClient client;

  Duel(ServerUnderTest oracle, ServerUnderTest underTest, String database) {
    this.underTest = underTest;
    this.database = database;
    this.oracle = WireClient.connect(oracle.host(), oracle.port(), database);
    this.client = WireClient.connect(underTest.host(), underTest.port(), database);
    run("SET statement_timeout = '20s'", false, false);
  }

  /// Both answers, and whether they are the same.
  record Outcome(Answer expected, Answer actual, boolean isSame) {}

  Outcome run(String sql, boolean ordered, boolean extended) {
    Answer expected = Answer.of(oracle, sql, extended);
    Answer actual;
    try {
      actual = Answer.of(client, sql, extended);
    } catch (WireClient.ConnectionLost e) {
      actual =
          new Answer(
              java.util.List.of(), java.util.List.of(), "", "connection lost", e.getMessage());
      client = WireClient.connect(underTest.host(), underTest.port(), database);
    }
    boolean same = TIMED_OUT.equals(expected.error()) || expected.isSame(actual, ordered);
    return new Outcome(expected, actual, same);
  }

  @Override
  public void close() {
    oracle.close();
    client.close();
  }
}
