package io.quarkgres.engine.replication;

import io.quarkgres.engine.replication.BackupOptions.ManifestKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The list of a backup's files in PostgreSQL's form, version 1, which {@code pg_verifybackup -n}
 * reads. Used by one thread.
 */
final class BackupManifest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final BackupOptions options;
  private final String time;
  private final List<String> files = new ArrayList<>();

  /** Begins a list of files that are as of a time. */
  BackupManifest(BackupOptions options, long millis) {
    this.options = options;
    this.time = TIME.format(Instant.ofEpochMilli(millis));
  }

  /** Adds a file. */
  void add(String name, long bytes, ManifestChecksum.Sum sum) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    boolean isEncoded = options.manifest() == ManifestKind.FORCE_ENCODE;
    String path =
        isEncoded
            ? "\"Encoded-Path\": \"" + HexFormat.of().formatHex(utf8) + '"'
            : "\"Path\": \"" + name + '"';
    byte[] value = sum.value();
    String checksum =
        value == null
            ? ""
            : ", \"Checksum-Algorithm\": \""
                + options.checksums()
                + "\", \"Checksum\": \""
                + HexFormat.of().formatHex(value)
                + '"';
    files.add(
        "{ "
            + path
            + ", \"Size\": "
            + bytes
            + ", \"Last-Modified\": \""
            + time
            + '"'
            + checksum
            + " }");
  }

  /** Returns the whole list, whose last line has the sum of those before. */
  byte[] text(String start, String end) {
    String text =
        "{ \"PostgreSQL-Backup-Manifest-Version\": 1,\n\"Files\": [\n"
            + String.join(",\n", files)
            + "\n],\n\"WAL-Ranges\": [\n{ \"Timeline\": 1, \"Start-LSN\": \""
            + start
            + "\", \"End-LSN\": \""
            + end
            + "\" }\n],\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ManifestChecksum.Sum sum = ManifestChecksum.SHA256.begin();
    sum.add(bytes, 0, bytes.length);
    String last = "\"Manifest-Checksum\": \"" + HexFormat.of().formatHex(sum.value()) + "\"}\n";
    return (text + last).getBytes(StandardCharsets.UTF_8);
  }
}
