package io.quarkgres.engine.exec.subquery;

import io.quarkgres.engine.exec.Operator;
import io.quarkgres.spi.data.Block;
import java.util.List;

/**
 * Common table expressions around a body. They are computed when the body reads them; those that
 * modify data are run to their end behind the body in any case.
 */
public final class WithOperator implements Operator {
  private final List<CteStore> stores;
  private final List<CteStore> dependent;
  private final List<CteStore> modifying;
  private final Operator body;
  private boolean isDone;

  /**
   * Makes one.
   *
   * @param dependent those of the stores that depend on outer columns
   * @param modifying those of the stores that modify data
   */
  public WithOperator(
      List<CteStore> stores, List<CteStore> dependent, List<CteStore> modifying, Operator body) {
    this.stores = stores;
    this.dependent = dependent;
    this.modifying = modifying;
    this.body = body;
  }

  @Override
  public Block next() {
    if (isDone) {
      return null;
    }
    Block block = body.next();
    if (block == null) {
      isDone = true;
      modifying.forEach(CteStore::finish);
    }
    return block;
  }

  @Override
  public void reset() {
    isDone = false;
    dependent.forEach(CteStore::reset);
    body.reset();
  }

  @Override
  public void close() {
    isDone = true;
    body.close();
    stores.forEach(CteStore::close);
  }
}
