package io.quarkgres.vector.ivfflat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexNotice;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * A distance index over float arrays that searches for zeros when the query is NULL, as pgvector
 * does: every order of the rows is right then. Thread: any.
 */
record DenseSearch(DistanceIndex index, int dimensions) implements DistanceIndex {
  @Override
  public Cursor search(Column query, SearchOptions options, RowFilter filter) {
    return index.search(query.isNull(0) ? zeros() : query, options, filter);
  }

  private Column zeros() {
    FloatArrayBuilder zeros = new FloatArrayBuilder(1);
    zeros.append(new float[dimensions]);
    return zeros.build();
  }

  @Override
  public int rerankCount(SearchOptions options) {
    return index.rerankCount(options);
  }

  @Override
  public double searchCost(SearchOptions options) {
    return index.searchCost(options);
  }

  @Override
  public void insert(Block keys, int position, long rowId) {
    index.insert(keys, position, rowId);
  }

  @Override
  public void insertAll(Block keys, int[] positions, long[] rowIds, int n) {
    index.insertAll(keys, positions, rowIds, n);
  }

  @Override
  public void remove(Block keys, int position, long rowId) {
    index.remove(keys, position, rowId);
  }

  @Override
  public IndexNotice finishBuild() {
    return index.finishBuild();
  }

  @Override
  public boolean isSaved() {
    return index.isSaved();
  }

  @Override
  public void save(Consumer<ByteSink> pages) {
    index.save(pages);
  }

  @Override
  public void restore(List<byte[]> pages, LongUnaryOperator rowOf) {
    index.restore(pages, rowOf);
  }

  @Override
  public long entryCount() {
    return index.entryCount();
  }

  @Override
  public long memoryBytes() {
    return index.memoryBytes();
  }
}
