package io.quarkgres.spi.data;

import io.quarkgres.spi.error.Invariant;

/**
 * Up to {@value #ROWS_MAX} rows: one column for each output, and the selection of rows that count.
 * Immutable. Thread: any.
 */
public final class Block {
  /** The most rows that flow between operators in one block. */
  public static final int ROWS_MAX = 1024;

  private final Column[] columns;
  private final Selection selection;
  private final int positionCount;

  /** Makes a block in which every one of {@code positionCount} rows counts. */
  public Block(int positionCount, Column... columns) {
    this(columns, positionCount, Selection.dense(positionCount));
  }

  /** Makes a block of columns of at least {@code positionCount} positions and a selection. */
  public Block(Column[] columns, int positionCount, Selection selection) {
    Invariant.check(
        selection.count() <= positionCount, "a block selects no more rows than it holds");
    this.columns = columns;
    this.positionCount = positionCount;
    this.selection = selection;
  }

  /** Returns the columns; the array is not to be written to. */
  public Column[] columns() {
    return columns;
  }

  /** Returns the i-th column. */
  public Column column(int i) {
    return columns[i];
  }

  /** Returns how many positions the columns have, selected or not. */
  public int positionCount() {
    return positionCount;
  }

  /** Returns the rows that count. */
  public Selection selection() {
    return selection;
  }

  /** Returns how many rows count. */
  public int rowCount() {
    return selection.count();
  }

  /** Returns a block of the same columns with another selection. */
  public Block select(Selection newSelection) {
    return new Block(columns, positionCount, newSelection);
  }

  /** Returns a block in which the selected rows stand densely; {@code this} if they already do. */
  public Block compact() {
    if (selection.isDense() && selection.count() == positionCount) {
      return this;
    }
    int[] positions = selection.toPositions();
    Column[] dense = new Column[columns.length];
    for (int i = 0; i < columns.length; i++) {
      dense[i] = columns[i].gather(positions, selection.count());
    }
    return new Block(selection.count(), dense);
  }
}
