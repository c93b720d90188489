package io.quarkgres.it;

/// A running server that speaks PostgreSQL's protocol: ours, or the oracle. Thread: any.
public interface ServerUnderTest extends AutoCloseable {

  /// The address that accepts connections.
  String host();

  /// The port that accepts connections.
  int port();

  /// What the server wrote to its log so far; empty when somebody else started it.
  String log();

  /// The process id, or -1 when somebody else started it.
  long pid();

  /// The address of this server for pgjdbc.
  default String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host() + ":" + port() + "/" + database + "?user=postgres";
  }

  /// The server at `host:port`, which somebody else started and stops.
  static ServerUnderTest running(String address) {
    return RunningServer.parse(address);
  }

  @Override
  void close();
}
