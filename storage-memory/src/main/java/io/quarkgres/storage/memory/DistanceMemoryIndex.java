package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexNotice;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.NearestCursor;
import io.quarkgres.spi.store.RowPredicate;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Transaction;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An index by distance, over a structure of an extension.
 *
 * <p>The structure is given entry numbers in place of row ids: a row id, and above it a generation
 * that each change of the row's key raises. So two versions of a row are two entries to it, and
 * whether an entry stands for the version a snapshot sees is a comparison of numbers. Thread: any.
 */
final class DistanceMemoryIndex extends MemoryIndex {
  private static final int GENERATION_SHIFT = 42;
  private static final long ROW_MASK = (1L << GENERATION_SHIFT) - 1;
  private static final int GENERATION_MASK = (1 << 21) - 1;

  private final DistanceIndex structure;

  /** Generations of the newest versions where not 0; written under the chunk's lock. */
  private final ConcurrentHashMap<Long, Integer> generations = new ConcurrentHashMap<>();

  private volatile boolean spoiled;

  /** Written before the index is published. */
  private IndexNotice buildNotice;

  private DistanceMemoryIndex(MemoryTable table, IndexSpec spec, DistanceIndex structure) {
    super(table, spec);
    this.structure = structure;
  }

  static DistanceMemoryIndex of(MemoryTable table, IndexSpec spec, DistanceIndex structure) {
    if (spec.unique()) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "access method \"" + spec.method() + "\" does not support unique indexes");
    }
    return new DistanceMemoryIndex(table, spec, structure);
  }

  DistanceIndex structure() {
    return structure;
  }

  static long rowOf(long entry) {
    return entry & ROW_MASK;
  }

  static int generationOf(long entry) {
    return (int) (entry >>> GENERATION_SHIFT);
  }

  static long entry(long row, int generation) {
    return (long) generation << GENERATION_SHIFT | row;
  }

  /** Returns the generation of a row's newest version; certain only under the chunk's lock. */
  int generation(long row) {
    if (generations.isEmpty()) {
      return 0;
    }
    Integer generation = generations.get(row);
    return generation == null ? 0 : generation;
  }

  private void setGeneration(long row, int generation) {
    if (generation == 0) {
      generations.remove(row);
    } else {
      generations.put(row, generation);
    }
  }

  void finishBuild(BuildProgress progress) {
    buildNotice = structure.finishBuild(progress);
  }

  @Override
  public IndexNotice buildNotice() {
    return buildNotice;
  }

  @Override
  public long entryCount() {
    return structure.entryCount();
  }

  @Override
  public long memoryBytes() {
    return structure.memoryBytes() + 64L * generations.size();
  }

  @Override
  KeySet keysOf(Block rows) {
    // A key that cannot be computed is an error only for a row that belongs into the index.
    Selection qualifying = spec().keys().qualifying(rows);
    Block keys = spec().keys().keys(rows.select(qualifying));
    boolean[] held = new boolean[rows.positionCount()];
    for (int i = 0; i < qualifying.count(); i++) {
      int position = qualifying.position(i);
      held[position] = !keys.column(0).isNull(position);
    }
    return new KeySet(keys, held, null, null);
  }

  @Override
  boolean sameKey(KeySet a, KeySet b, int position) {
    if (a.held()[position] != b.held()[position]) {
      return false;
    }
    return !a.held()[position] || Arrays.equals(bytes(a, position), bytes(b, position));
  }

  private static byte[] bytes(KeySet keys, int position) {
    ByteSink sink = new ByteSink(64);
    for (Column column : keys.keys().columns()) {
      boolean isNull = column.isNull(position);
      sink.put(isNull ? 1 : 0);
      if (!isNull) {
        Datums.write(column, position, sink);
      }
    }
    return sink.toByteArray();
  }

  @Override
  long enter(MemoryTransaction transaction, KeySet keys, int position, long row) {
    if (keys.held()[position]) {
      structure.insert(keys.keys(), position, entry(row, generation(row)));
    }
    return NO_ROW;
  }

  @Override
  void insert(KeySet keys, int position, long row) {
    if (keys.held()[position]) {
      structure.insert(keys.keys(), position, row);
    }
  }

  /** Adds the entries of many rows, whose keys are those at the same positions. */
  void insertAll(KeySet keys, long[] rows, BuildProgress progress) {
    int[] positions = new int[rows.length];
    long[] held = new long[rows.length];
    int n = 0;
    for (int i = 0; i < rows.length; i++) {
      if (keys.held()[i]) {
        positions[n] = i;
        held[n++] = rows[i];
      }
    }
    structure.insertAll(keys.keys(), positions, held, n, progress);
  }

  /** Gives the new version of a row its generation. Called under the chunk's lock. */
  void raise(IndexChange change, int position, long row) {
    int old = generation(row);
    change.setOldGeneration(position, old);
    setGeneration(row, next(old));
  }

  static int next(int generation) {
    return generation + 1 & GENERATION_MASK;
  }

  /** Takes a row back to the generation before a change. Called under the chunk's lock. */
  void lower(IndexChange change, int position, long row) {
    setGeneration(row, change.oldGeneration(position));
  }

  /** Returns a generation some steps older than that of the newest version, 0. */
  static int older(int steps) {
    return -steps & GENERATION_MASK;
  }

  @Override
  Column[] kept(KeySet keys, boolean[] changed, int from, int n) {
    Column[] result = new Column[keys.keys().columns().length];
    for (int c = 0; c < result.length; c++) {
      Column column = keys.keys().column(c);
      ColumnBuilder builder = ColumnBuilder.of(column.layout(), n);
      for (int i = from; i < from + n; i++) {
        if (changed[i] && keys.held()[i]) {
          builder.append(column, i);
        } else {
          builder.appendNull();
        }
      }
      result[c] = builder.build();
    }
    return result;
  }

  /** Adds the entry of an older version of a row, when an index comes later. */
  void insertVersion(Block keys, int position, long row, int generation) {
    if (!keys.column(0).isNull(position)) {
      structure.insert(keys, position, entry(row, generation));
    }
  }

  /** Removes the entry of one version of a row. */
  void removeVersion(Block keys, int position, long row, int generation) {
    if (!keys.column(0).isNull(position)) {
      structure.remove(keys, position, entry(row, generation));
    }
  }

  /** Says that entries stay that no version of their row has, as keys could not be read. */
  void spoil() {
    spoiled = true;
  }

  @Override
  void remove(KeySet keys, int position, long row) {
    if (keys.held()[position]) {
      structure.remove(keys.keys(), position, entry(row, generation(row)));
    }
    generations.remove(row);
  }

  @Override
  public BlockCursor scan(Snapshot snapshot, KeyRange range, boolean backward, int[] projection) {
    throw noOrder();
  }

  @Override
  public int entryCount(KeyRange range, int max) {
    throw noOrder();
  }

  private SqlException noOrder() {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "access method \"" + spec().method() + "\" does not support ordered scans");
  }

  @Override
  public boolean mayHaveDuplicate(long rowId) {
    return false;
  }

  @Override
  public long duplicateOf(Transaction transaction, long rowId) {
    throw new IllegalStateException("no unique index");
  }

  @Override
  public NearestCursor nearest(
      Snapshot snapshot,
      Column query,
      DistanceIndex.SearchOptions options,
      RowPredicate condition,
      int[] projection) {
    requireUnspoiled();
    return DistanceScan.nearest(
        this, (MemorySnapshot) snapshot, query, options, condition, projection);
  }

  @Override
  public boolean canSearchAmong() {
    return structure.canSearchAmong();
  }

  @Override
  public NearestCursor nearestAmong(
      Snapshot snapshot,
      Column query,
      DistanceIndex.SearchOptions options,
      long[] rowIds,
      int n,
      int[] projection) {
    requireUnspoiled();
    return DistanceScan.among(
        this, (MemorySnapshot) snapshot, query, options, rowIds, n, projection);
  }

  private void requireUnspoiled() {
    if (spoiled) {
      throw new SqlException(
              SqlState.DATA_CORRUPTED,
              "an index with method \"" + spec().method() + "\" has entries of no row")
          .withHint("Check the disk for temporary files, and REINDEX.");
    }
  }

  @Override
  public int rerankCount(DistanceIndex.SearchOptions options) {
    return structure.rerankCount(options);
  }

  @Override
  public double searchCost(DistanceIndex.SearchOptions options) {
    return structure.searchCost(options);
  }
}
