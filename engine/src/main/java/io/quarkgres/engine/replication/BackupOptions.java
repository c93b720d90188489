package io.quarkgres.engine.replication;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What BASE_BACKUP was asked for. The log that belongs to the files always comes with them, whether
 * WAL says so or not, and its frames are always checked. Thread: any.
 *
 * @param label what the client calls the backup
 * @param showsProgress whether the client wants to know how much will come
 * @param isFast whether a checkpoint is made first, so that less log is copied
 * @param kilobytesPerSecond how fast at most, 0 for no limit
 * @param manifest whether the client wants a list of the files
 * @param checksums what the list has to recognise files by
 */
public record BackupOptions(
    String label,
    boolean showsProgress,
    boolean isFast,
    int kilobytesPerSecond,
    ManifestKind manifest,
    ManifestChecksum checksums) {

  /** Whether there is a list of files. */
  public enum ManifestKind {
    NO,
    YES,
    /** With names in hexadecimal digits. */
    FORCE_ENCODE
  }

  /** Reads options, each of which may come once. */
  static final class Builder {
    private static final int RATE_MIN = 32;
    private static final int RATE_MAX = 1 << 20;
    private static final List<String> NAMES =
        List.of(
            "label",
            "progress",
            "checkpoint",
            "wait",
            "wal",
            "max_rate",
            "tablespace_map",
            "verify_checksums",
            "manifest",
            "manifest_checksums",
            "target",
            "target_detail",
            "compression",
            "compression_detail");

    private final Map<String, String> given = new HashMap<>();

    /** Adds an option; its value may be {@code null}. */
    void put(String name, String value) {
      if (given.containsKey(name)) {
        throw wrong("duplicate option \"" + name + "\"");
      }
      if (!NAMES.contains(name)) {
        throw wrong("unrecognized base backup option: \"" + name + "\"");
      }
      given.put(name, value);
    }

    private static SqlException wrong(String message) {
      return new SqlException(SqlState.SYNTAX_ERROR, message);
    }

    BackupOptions build() {
      // There are no tablespaces, and the log is part of the copy.
      isOn("tablespace_map", false);
      isOn("wal", false);
      isOn("wait", true);
      isOn("verify_checksums", true);
      requireClient();
      ManifestKind manifest = manifest();
      return new BackupOptions(
          text("label", "base backup"),
          isOn("progress", false),
          isFast(),
          rate(),
          manifest,
          checksums(manifest));
    }

    private String text(String name, String otherwise) {
      if (!given.containsKey(name)) {
        return otherwise;
      }
      String value = given.get(name);
      if (value == null) {
        throw wrong(name + " requires a parameter");
      }
      return value;
    }

    private boolean isOn(String name, boolean otherwise) {
      if (!given.containsKey(name)) {
        return otherwise;
      }
      String value = given.get(name);
      return switch (value == null ? "true" : value.toLowerCase(Locale.ROOT)) {
        case "true", "on", "1" -> true;
        case "false", "off", "0" -> false;
        default -> throw wrong(name + " requires a Boolean value");
      };
    }

    private boolean isFast() {
      String kind = text("checkpoint", "spread");
      return switch (kind.toLowerCase(Locale.ROOT)) {
        case "fast" -> true;
        case "spread" -> false;
        default -> throw wrong("unrecognized checkpoint type: \"" + kind + "\"");
      };
    }

    private int rate() {
      String text = text("max_rate", null);
      if (text == null) {
        return 0;
      }
      if (!text.matches("\\d{1,18}")) {
        throw wrong("max_rate requires an integer value");
      }
      long rate = Long.parseLong(text);
      if (rate < RATE_MIN || rate > RATE_MAX) {
        throw new SqlException(
            SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
            rate
                + " is outside the valid range for parameter \"MAX_RATE\" ("
                + RATE_MIN
                + " .. "
                + RATE_MAX
                + ")");
      }
      return (int) rate;
    }

    /** Refuses files on the server's side and what only PostgreSQL can send. */
    private void requireClient() {
      String target = text("target", "client");
      if (!target.equals("client")) {
        boolean isKnown = target.equals("server") || target.equals("blackhole");
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            isKnown
                ? "base backup to target \"" + target + "\" is not supported"
                : "unrecognized target: \"" + target + "\"");
      }
      if (given.containsKey("target_detail")) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED, "target \"client\" does not accept a target detail");
      }
      String compression = text("compression", "none");
      if (!List.of("none", "gzip", "lz4", "zstd").contains(compression)) {
        throw wrong("unrecognized compression algorithm: \"" + compression + "\"");
      }
      if (!compression.equals("none")) {
        throw new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "compression of a base backup by the server is not supported")
            .withHint("Let the client compress it: pg_basebackup --compress=client-gzip.");
      }
      if (given.containsKey("compression_detail")) {
        throw wrong("compression detail cannot be specified unless compression is enabled");
      }
    }

    private ManifestKind manifest() {
      String kind = text("manifest", "no");
      return switch (kind.toLowerCase(Locale.ROOT)) {
        case "no", "false", "off", "0" -> ManifestKind.NO;
        case "yes", "true", "on", "1" -> ManifestKind.YES;
        case "force-encode" -> ManifestKind.FORCE_ENCODE;
        default -> throw wrong("unrecognized manifest option: \"" + kind + "\"");
      };
    }

    private ManifestChecksum checksums(ManifestKind manifest) {
      String name = text("manifest_checksums", null);
      if (name == null) {
        return ManifestChecksum.CRC32C;
      }
      for (ManifestChecksum known : ManifestChecksum.values()) {
        if (known.name().equals(name.toUpperCase(Locale.ROOT))) {
          if (manifest == ManifestKind.NO) {
            throw wrong("manifest checksums require a backup manifest");
          }
          return known;
        }
      }
      throw wrong("unrecognized checksum algorithm: \"" + name + "\"");
    }
  }
}
