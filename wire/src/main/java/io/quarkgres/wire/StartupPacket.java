package io.quarkgres.wire;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a client may send before it has a session. Thread: any. */
sealed interface StartupPacket {
  int SSL_REQUEST = 80_877_103;
  int GSSENC_REQUEST = 80_877_104;
  int CANCEL_REQUEST = 80_877_102;
  int PROTOCOL_MAJOR = 3;

  /** Asks for an encrypted connection. */
  record EncryptionRequest() implements StartupPacket {}

  /** Asks to cancel what another session runs. */
  record CancelRequest(int processId, int secretKey) implements StartupPacket {}

  /**
   * Asks for a session.
   *
   * @param isNewer whether the client speaks a later minor version
   * @param unknownOptions the protocol's options that the server does not know
   */
  record Start(Map<String, String> parameters, boolean isNewer, List<String> unknownOptions)
      implements StartupPacket {
    /** Tells whether the client has to be told what the server does not know. */
    boolean isToBeNegotiated() {
      return isNewer || !unknownOptions.isEmpty();
    }
  }

  /** What cannot be read, or is of another protocol. */
  record Refused(SqlState state, String message) implements StartupPacket {}

  /** Reads a packet's body: what follows its length. */
  static StartupPacket read(byte[] body) {
    MessageReader reader = new MessageReader(body);
    int code = reader.readInt();
    try {
      return switch (code) {
        case SSL_REQUEST, GSSENC_REQUEST -> new EncryptionRequest();
        case CANCEL_REQUEST -> new CancelRequest(reader.readInt(), reader.readInt());
        default -> start(code, reader);
      };
    } catch (SqlException malformed) {
      return new Refused(SqlState.PROTOCOL_VIOLATION, "invalid startup packet layout");
    }
  }

  private static StartupPacket start(int version, MessageReader reader) {
    int major = version >> 16;
    int minor = version & 0xffff;
    if (major != PROTOCOL_MAJOR) {
      return new Refused(
          SqlState.FEATURE_NOT_SUPPORTED,
          "unsupported frontend protocol " + major + "." + minor + ": server supports 3.0 to 3.0");
    }
    Map<String, String> parameters = new HashMap<>();
    List<String> unknownOptions = new ArrayList<>();
    for (String name = reader.readString(); !name.isEmpty(); name = reader.readString()) {
      parameters.put(name, reader.readString());
      if (name.startsWith("_pq_.")) {
        unknownOptions.add(name);
      }
    }
    reader.requireEnd();
    return new Start(parameters, minor > 0, unknownOptions);
  }
}
