package io.quarkgres.server;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * A port to listen on. Thread: any.
 *
 * @param number the port, 0 to 65535; 0 for any free one
 * @param option the options that choose it
 */
record ListenPort(String host, int number, String option) {
  /**
   * Tells in one line that the ports cannot be had, before anything is read or opened.
   *
   * @throws ConfigurationException when there is no such address, or nobody can listen there now,
   *     or not on all of them
   */
  static void requireFree(List<ListenPort> ports) {
    if (!ports.isEmpty()) {
      ports.getFirst().requireFreeBesides(ports.subList(1, ports.size()));
    }
  }

  /** Keeps this one while it looks at the others, which may be the same. */
  private void requireFreeBesides(List<ListenPort> others) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, number));
      requireFree(others);
    } catch (BindException e) {
      throw refused(e.getMessage() + "; is another server running there?");
    } catch (IOException e) {
      throw refused(e.getMessage() + ".");
    }
  }

  private ConfigurationException refused(String why) {
    return new ConfigurationException(
        "cannot listen on " + host + ":" + number + ": " + why + " Choose another with " + option);
  }
}
