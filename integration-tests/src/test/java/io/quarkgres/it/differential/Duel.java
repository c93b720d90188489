package io.quarkgres.it.differential;

import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.wire.WireClient;
import java.util.List;

/// Two servers that get the same statements. Thread: one at a time.
final class Duel implements AutoCloseable {

  /// Settings that make PostgreSQL take other ways to the same answer.
  private static final List<List<String>> OTHER_WAYS =
      List.of(
          List.of("enable_hashjoin", "enable_hashagg", "enable_seqscan", "enable_memoize"),
          List.of("enable_nestloop", "enable_sort", "enable_mergejoin", "enable_indexscan"));

  private final WireClient oracle;
  private final ServerUnderTest underTest;
  private final String database;
  private WireClient client;
  private boolean prefersIndexes;

  Duel(ServerUnderTest oracle, ServerUnderTest underTest, String database) {
    this.underTest = underTest;
    this.database = database;
    this.oracle = WireClient.connect(oracle.host(), oracle.port(), database);
    this.client = WireClient.connect(underTest.host(), underTest.port(), database);
    settings();
  }

  private void settings() {
    // What takes PostgreSQL long is not compared; our server may be slower.
    oracle.query("SET statement_timeout = '2s'");
    client.query("SET statement_timeout = '15s'");
    if (prefersIndexes) {
      client.query("SET enable_seqscan = off");
    }
  }

  /// Both answers, and whether they are the same. What our server does not support is not done by
  /// PostgreSQL either, so that both keep the same data.
  record Outcome(Answer expected, Answer actual, boolean isSame) {}

  Outcome run(String sql, boolean ordered, boolean extended) {
    prefersIndexes |= sql.equals("SET enable_seqscan = off");
    Answer actual = actual(sql, extended);
    if (actual.isUnsupported()) {
      return new Outcome(actual, actual, true);
    }
    Answer expected = Answer.of(oracle, sql, extended);
    boolean same = expected.isGivenUp() || expected.isSame(actual, ordered);
    return new Outcome(expected, actual, same);
  }

  /// The same, but our server is asked only what PostgreSQL accepts; `null` when it does not.
  Outcome runIfValid(String sql, boolean ordered) {
    Answer expected = Answer.of(oracle, sql, false);
    if (expected.error() != null) {
      return null;
    }
    Answer actual = actual(sql, false);
    return new Outcome(expected, actual, expected.isSame(actual, ordered));
  }

  private Answer actual(String sql, boolean extended) {
    try {
      return Answer.of(client, sql, extended);
    } catch (WireClient.ConnectionLost e) {
      client = WireClient.connect(underTest.host(), underTest.port(), database);
      settings();
      return new Answer(List.of(), List.of(), "", "connection lost", e.getMessage());
    }
  }

  /// Whether PostgreSQL itself answers the same in other ways; if not, the statement leaves its
  /// answer open, and the generator should not have made it.
  boolean isDetermined(String sql, Answer expected, boolean ordered) {
    boolean determined = true;
    for (List<String> way : OTHER_WAYS) {
      way.forEach(setting -> oracle.query("SET " + setting + " = off"));
      determined &= Answer.of(oracle, sql, false).isSame(expected, ordered);
      way.forEach(setting -> oracle.query("RESET " + setting));
    }
    return determined;
  }

  @Override
  public void close() {
    oracle.close();
    client.close();
  }
}
