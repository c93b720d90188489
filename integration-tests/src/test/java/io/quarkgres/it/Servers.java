package io.quarkgres.it;

/// The servers of this test run, each started at most once and stopped when the JVM ends.
///
/// `-Dquarkgres.it.url=host:port` tests a server that is already running;
/// `-Dquarkgres.it.oracle=host:port` compares with one that is already running. Thread: any.
public final class Servers {
  private Servers() {}

  private static final class UnderTest {
    static final ServerUnderTest INSTANCE = start();

    private static ServerUnderTest start() {
      String address = System.getProperty("quarkgres.it.url");
      return address == null
          ? stoppedAtExit(QuarkgresServer.start())
          : RunningServer.parse(address);
    }
  }

  private static final class Oracle {
    static final ServerUnderTest INSTANCE = start();

    private static ServerUnderTest start() {
      String address = System.getProperty("quarkgres.it.oracle");
      return address == null ? stoppedAtExit(OraclePostgres.start()) : RunningServer.parse(address);
    }
  }

  /// The server whose compatibility is to be proved.
  public static ServerUnderTest underTest() {
    return UnderTest.INSTANCE;
  }

  /// A real PostgreSQL 15.
  public static ServerUnderTest oracle() {
    return Oracle.INSTANCE;
  }

  private static ServerUnderTest stoppedAtExit(ServerUnderTest server) {
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }
}
