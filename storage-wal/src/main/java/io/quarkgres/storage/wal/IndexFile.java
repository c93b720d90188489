package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.storage.memory.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file with what an index that takes long to build wrote down. It is of use, but not needed: an
 * index whose file is damaged or does not fit is built anew. Thread: any.
 *
 * @param table the number of its table
 * @param position that of the checkpoint it was written for
 * @param number tells it from others of the table and checkpoint
 * @param index the index's name
 * @param definition what must be the same for the pages to be of use
 */
record IndexFile(long table, long position, long number, String index, String definition) {
  static final String MAGIC = "QGIDX";
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.wal");
  private static final int PAGE = 'P';

  String name() {
    return DataDirectory.numbered(DataDirectory.INDEX, table, position, number);
  }

  /** Tells whether the pages are of use for an index. */
  boolean isOf(Image.Table rows, Image.Index other) {
    return table == rows.id()
        && index.equals(other.name())
        && definition.equals(other.definition());
  }

  /** Writes the pages of an index, and reads them back. */
  static IndexFile write(
      DataFiles files, long position, long number, Image.Table table, Image.Index index)
      throws IOException {
    IndexFile result =
        new IndexFile(table.id(), position, number, index.name(), index.definition());
    try (FrameFile out = new FrameFile(files, result.name(), MAGIC, position)) {
      ByteSink frame = new ByteSink(1 << 20);
      index.save(page -> {
        frame.truncate(0);
        frame.put(PAGE);
        frame.put(page.array(), 0, page.size());
        try {
          out.put(frame);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      out.end();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    result.read(files, (bytes, from, to) -> {});
    return result;
  }

  /** Reads the file; raises XX001 if it is not whole. */
  void read(DataFiles files, FrameFile.Receiver receiver) throws IOException {
    FrameFile.read(files, name(), MAGIC, position, receiver);
  }

  /** Returns the pages, {@code null} if the file is damaged. */
  List<byte[]> pages(DataFiles files) {
    List<byte[]> pages = new ArrayList<>();
    try {
      read(files, (bytes, from, to) -> pages.add(Arrays.copyOfRange(bytes, from + 1, to)));
      return pages;
    } catch (SqlException | IOException e) {
      LOG.log(System.Logger.Level.ERROR, "index \"{0}\" is built anew: {1}", index, e.getMessage());
      return null;
    }
  }

  /** Appends how a checkpoint refers to the file. */
  void writeReference(ByteSink out) {
    out.putLong(table);
    out.putLong(position);
    out.putLong(number);
    for (String text : List.of(index, definition)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.putInt(bytes.length);
      out.put(bytes, 0, bytes.length);
    }
  }

  static IndexFile readReference(byte[] bytes, int at) {
    int nameBytes = Datums.readInt(bytes, at + 24);
    int definitionAt = at + 28 + nameBytes;
    return new IndexFile(
        Datums.readLong(bytes, at),
        Datums.readLong(bytes, at + 8),
        Datums.readLong(bytes, at + 16),
        new String(bytes, at + 28, nameBytes, StandardCharsets.UTF_8),
        new String(
            bytes, definitionAt + 4, Datums.readInt(bytes, definitionAt), StandardCharsets.UTF_8));
  }
}
