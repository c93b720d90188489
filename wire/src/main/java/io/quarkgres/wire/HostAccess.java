package io.quarkgres.wire;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Who may connect: anyone from this machine, without a password. There are no passwords yet, so a
 * client from elsewhere is refused rather than trusted. Thread: any.
 */
final class HostAccess {
  /** Raises 28000 when a client may not connect. */
  void check(SocketAddress address, Map<String, String> startup) {
    String host = address == null ? null : address.hostAddress();
    if (host != null && !isLoopback(host)) {
      throw new SqlException(
          SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
          "no access from host \""
              + host
              + "\" for user \""
              + startup.get("user")
              + "\": only connections from this machine are accepted until there are passwords");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
