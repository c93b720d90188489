package io.quarkgres.storage.wal;

import io.quarkgres.storage.memory.Image;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of the newest checkpoint, which the next one refers to where little or nothing has
 * changed. Used by one thread.
 *
 * @param image the number of the image that the rows are of
 * @param rows the files of rows by table, in the order of the rows
 * @param indexes the files of indexes, each with the number of the image it was written beside
 */
record KnownFiles(long image, Map<Long, List<RowFile>> rows, Map<IndexFile, Long> indexes) {
  /** The file of an index is kept until this part of the table's rows may have changed. */
  private static final int INDEX_PART = 128;

  static KnownFiles nothing() {
    return new KnownFiles(0, Map.of(), Map.of());
  }

  /**
   * Takes the files of a checkpoint that was read. Those of whole tables are none that are written
   * today; nobody knows how much has changed since the file of an index that is older than rows.
   */
  static KnownFiles read(Checkpoint checkpoint, long image) {
    Map<Long, List<RowFile>> rows = rows(checkpoint);
    Map<IndexFile, Long> indexes = new HashMap<>();
    for (IndexFile file : checkpoint.indexFiles()) {
      boolean isOlder =
          rows.getOrDefault(file.table(), List.of()).stream()
              .anyMatch(other -> other.position() > file.position());
      if (!isOlder) {
        indexes.put(file, image);
      }
    }
    return new KnownFiles(image, rows, indexes);
  }

  private static Map<Long, List<RowFile>> rows(Checkpoint checkpoint) {
    return checkpoint.rowFiles().stream()
        .filter(file -> !file.isWhole())
        .sorted(Comparator.comparingLong(RowFile::fromRow))
        .collect(Collectors.groupingBy(RowFile::table));
  }

  /** Returns the files of a checkpoint that was written when these were known. */
  KnownFiles after(Checkpoint written, long itsImage) {
    Map<IndexFile, Long> files = new HashMap<>();
    written.indexFiles().forEach(file -> files.put(file, indexes.getOrDefault(file, itsImage)));
    return new KnownFiles(itsImage, rows(written), files);
  }

  /** Returns the same but for a file of an index, which is damaged. */
  KnownFiles without(IndexFile damaged) {
    Map<IndexFile, Long> others = new HashMap<>(indexes);
    others.remove(damaged);
    return new KnownFiles(image, rows, others);
  }

  /** Returns the files that have rows of a table as they are now, in the order of the rows. */
  List<RowFile> current(Image.Table table) {
    return rows.getOrDefault(table.id(), List.of()).stream()
        .filter(file -> table.isSameAs(image, file.fromRow(), file.toRow()))
        .toList();
  }

  /** Returns the file of an index if it fits nearly all rows of its table, or {@code null}. */
  IndexFile current(Image.Table table, Image.Index index) {
    for (Map.Entry<IndexFile, Long> known : indexes.entrySet()) {
      boolean isOf = known.getKey().isOf(table, index);
      if (isOf && table.changedSince(known.getValue()) * INDEX_PART <= table.endRow()) {
        return known.getKey();
      }
    }
    return null;
  }
}
