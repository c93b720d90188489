package io.quarkgres.it.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Builds the body of one frontend message. Thread: one writer.
public final class Payload {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public Payload int8(int value) {
    bytes.write(value);
    return this;
  }

  public Payload int16(int value) {
    bytes.write(value >>> 8);
    bytes.write(value);
    return this;
  }

  public Payload int32(int value) {
    return int16(value >>> 16).int16(value);
  }

  /// A string with the zero byte that ends it.
  public Payload string(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8)).int8(0);
  }

  public Payload bytes(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  public byte[] toBytes() {
    return bytes.toByteArray();
  }
}
