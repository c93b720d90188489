package io.quarkgres.it;

/// A server that somebody else started and stops. Thread: any.
record RunningServer(String host, int port) implements ServerUnderTest {

  /// Reads `host:port`.
  static RunningServer parse(String address) {
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not host:port: " + address);
    }
    return new RunningServer(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  @Override
  public String log() {
    return "";
  }

  @Override
  public long pid() {
    return -1;
  }

  @Override
  public void close() {}
}
