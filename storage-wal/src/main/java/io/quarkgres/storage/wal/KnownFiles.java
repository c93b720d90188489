package io.quarkgres.storage.wal;

import io.quarkgres.storage.memory.Image;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of the newest checkpoint, which the next one refers to where nothing has changed. Used
 * by one thread.
 *
 * @param image the number of the image that they have
 * @param rows those of rows by table, in the order of the rows
 * @param indexes those of indexes by table
 */
record KnownFiles(long image, Map<Long, List<RowFile>> rows, Map<Long, List<IndexFile>> indexes) {
  static KnownFiles nothing() {
    return new KnownFiles(0, Map.of(), Map.of());
  }

  /** Takes the files of a checkpoint; those of whole tables are none that one writes today. */
  static KnownFiles of(Checkpoint checkpoint, long image) {
    return new KnownFiles(
        image,
        checkpoint.rowFiles().stream()
            .filter(file -> !file.isWhole())
            .sorted(Comparator.comparingLong(RowFile::fromRow))
            .collect(Collectors.groupingBy(RowFile::table)),
        checkpoint.indexFiles().stream().collect(Collectors.groupingBy(IndexFile::table)));
  }

  /** Returns the files that have rows of a table as they are now, in the order of the rows. */
  List<RowFile> current(Image.Table table) {
    return rows.getOrDefault(table.id(), List.of()).stream()
        .filter(file -> table.isSameAs(image, file.fromRow(), file.toRow()))
        .toList();
  }

  /** Returns the same but for a file of an index, which is damaged. */
  KnownFiles without(IndexFile damaged) {
    Map<Long, List<IndexFile>> others = new HashMap<>(indexes);
    others.computeIfPresent(
        damaged.table(),
        (table, files) -> files.stream().filter(file -> !file.equals(damaged)).toList());
    return new KnownFiles(image, rows, others);
  }

  /** Returns the file of an index if its table has not changed, or {@code null}. */
  IndexFile current(Image.Table table, Image.Index index) {
    for (IndexFile file : indexes.getOrDefault(table.id(), List.of())) {
      if (file.isOf(index) && table.isSameAs(image, 0, table.endRow())) {
        return file;
      }
    }
    return null;
  }
}
