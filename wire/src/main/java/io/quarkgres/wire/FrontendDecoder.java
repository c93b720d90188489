package io.quarkgres.wire;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts the byte stream of a client into messages. Lengths are checked before anything is kept, so a
 * client can make the server hold no more than it has really sent. Thread: event loop.
 */
final class FrontendDecoder {
  /** The longest startup packet, as in PostgreSQL. */
  static final int STARTUP_BYTES_MAX = 10_000;

  /** The longest message of any other kind. */
  static final int MESSAGE_BYTES_MAX = 256 << 20;

  private static final int HEADER_BYTES = 5;
  private static final byte[] NONE = new byte[0];

  private final Consumer<FrontendMessage> messages;
  private final Consumer<byte[]> startups;
  private byte[] bytes = NONE;
  private int start;
  private int end;
  private boolean isStarted;
  private boolean isBroken;

  /**
   * Makes a decoder.
   *
   * @param startups receives bodies of startup packets: what follows the length
   * @param messages receives everything else
   */
  FrontendDecoder(Consumer<byte[]> startups, Consumer<FrontendMessage> messages) {
    this.startups = startups;
    this.messages = messages;
  }

  /** Says that startup is over: messages have type bytes from now on. */
  void started() {
    isStarted = true;
  }

  /** Takes bytes in and hands the messages in them out. */
  void accept(Buffer buffer) {
    if (isBroken) {
      return;
    }
    append(buffer);
    while (!isBroken && (isStarted ? nextMessage() : nextStartup())) {
      // Each call hands out one message.
    }
    if (start == end) {
      start = 0;
      end = 0;
      bytes = NONE;
    }
  }

  private void append(Buffer buffer) {
    int more = buffer.length();
    if (start == end) {
      bytes = buffer.getBytes();
      start = 0;
      end = more;
      return;
    }
    if (end + more > bytes.length) {
      int held = end - start;
      byte[] target =
          held + more > bytes.length
              ? new byte[Math.max(held + more, Math.min(2 * bytes.length, MESSAGE_BYTES_MAX))]
              : bytes;
      System.arraycopy(bytes, start, target, 0, held);
      bytes = target;
      start = 0;
      end = held;
    }
    buffer.getBytes(bytes, end);
    end += more;
  }

  private boolean nextStartup() {
    if (end - start < Integer.BYTES) {
      return false;
    }
    int length = readInt(start);
    if (length < 2 * Integer.BYTES || length > STARTUP_BYTES_MAX) {
      broken("08P01", "invalid length of startup packet");
      return false;
    }
    if (end - start < length) {
      return false;
    }
    byte[] body = Arrays.copyOfRange(bytes, start + Integer.BYTES, start + length);
    start += length;
    startups.accept(body);
    return true;
  }

  private boolean nextMessage() {
    if (end - start < 1) {
      return false;
    }
    byte type = bytes[start];
    if (!isKnown(type)) {
      broken("08P01", "invalid frontend message type " + (type & 0xff));
      return false;
    }
    if (end - start < HEADER_BYTES) {
      return false;
    }
    int length = readInt(start + 1);
    if (length < Integer.BYTES) {
      broken("08P01", "invalid message length");
      return false;
    }
    if (length > MESSAGE_BYTES_MAX) {
      broken(
          "54000", "a message of " + length + " bytes exceeds the limit of " + MESSAGE_BYTES_MAX);
      return false;
    }
    if (end - start < 1 + length) {
      return false;
    }
    byte[] body = Arrays.copyOfRange(bytes, start + HEADER_BYTES, start + 1 + length);
    start += 1 + length;
    messages.accept(message(type, body));
    return true;
  }

  private static boolean isKnown(byte type) {
    return "QPBDECSHdcfFpX".indexOf((char) (type & 0xff)) >= 0;
  }

  private static FrontendMessage message(byte type, byte[] body) {
    return switch ((char) type) {
      case 'Q' -> new FrontendMessage.Query(body);
      case 'P' -> new FrontendMessage.Parse(body);
      case 'B' -> new FrontendMessage.Bind(body);
      case 'D' -> new FrontendMessage.Describe(body);
      case 'E' -> new FrontendMessage.Execute(body);
      case 'C' -> new FrontendMessage.Close(body);
      case 'S' -> new FrontendMessage.Sync();
      case 'H' -> new FrontendMessage.Flush();
      case 'd' -> new FrontendMessage.CopyData(body);
      case 'c' -> new FrontendMessage.CopyDone();
      case 'f' -> new FrontendMessage.CopyFail(body);
      case 'F' -> new FrontendMessage.FunctionCall(body);
      case 'p' -> new FrontendMessage.Password(body);
      case 'X' -> new FrontendMessage.Terminate();
      default -> throw new IllegalArgumentException("unknown type passed the check: " + type);
    };
  }

  private void broken(String sqlState, String message) {
    isBroken = true;
    bytes = NONE;
    start = 0;
    end = 0;
    messages.accept(new FrontendMessage.Malformed(sqlState, message));
  }

  private int readInt(int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }
}
