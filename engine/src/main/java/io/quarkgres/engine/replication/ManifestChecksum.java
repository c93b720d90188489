package io.quarkgres.engine.replication;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/** How a backup's manifest recognises a file. Thread: any. */
public enum ManifestChecksum {
  NONE(null),
  CRC32C(null),
  SHA224("SHA-224"),
  SHA256("SHA-256"),
  SHA384("SHA-384"),
  SHA512("SHA-512");

  private final String algorithm;

  ManifestChecksum(String algorithm) {
    this.algorithm = algorithm;
  }

  /** A checksum under way. */
  interface Sum {
    /** Adds {@code bytes[from..to)}. */
    void add(byte[] bytes, int from, int to);

    /** Returns the sum of all that was added, {@code null} for none. */
    byte[] value();
  }

  /** Begins a checksum. */
  Sum begin() {
    return switch (this) {
      case NONE -> new None();
      case CRC32C -> new Crc(new CRC32C());
      case SHA224, SHA256, SHA384, SHA512 -> new Digest(digest(algorithm));
    };
  }

  /** Every Java has these algorithms. */
  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record None() implements Sum {
    @Override
    public void add(byte[] bytes, int from, int to) {}

    @Override
    public byte[] value() {
      return null;
    }
  }

  private record Crc(CRC32C crc) implements Sum {
    @Override
    public void add(byte[] bytes, int from, int to) {
      crc.update(bytes, from, to - from);
    }

    /** PostgreSQL writes the number as it lies in memory. */
    @Override
    public byte[] value() {
      int sum = (int) crc.getValue();
      return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(sum).array();
    }
  }

  private record Digest(MessageDigest digest) implements Sum {
    @Override
    public void add(byte[] bytes, int from, int to) {
      digest.update(bytes, from, to - from);
    }

    @Override
    public byte[] value() {
      return digest.digest();
    }
  }
}
