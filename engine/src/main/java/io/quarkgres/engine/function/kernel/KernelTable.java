package io.quarkgres.engine.function.kernel;

import io.quarkgres.engine.function.AggregateKernel;
import io.quarkgres.engine.function.DefinedRows;
import io.quarkgres.engine.function.Kernel;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.SetKernel;
import io.quarkgres.engine.function.WindowKernel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The kernels that are built, by key: PostgreSQL's symbol of an internal function (such as {@code
 * int4pl}), or {@code name(types)} for aggregates and functions that PostgreSQL writes in SQL.
 * Filled by the kernel families, then read while the catalog rows are loaded. Used by one thread.
 */
public final class KernelTable {
  private final Map<String, Kernel> kernels = new HashMap<>(4096);
  private final Set<String> seesNulls = new HashSet<>();

  private void put(String key, Kernel kernel) {
    if (kernels.put(key, kernel) != null) {
      throw new IllegalStateException("two kernels for " + key);
    }
  }

  /** Adds a kernel over columns. */
  public void scalar(String key, ScalarKernel kernel) {
    put(key, kernel);
  }

  /** Adds a function of single values, for what is rarely called. */
  public void row(String key, RowFunction function) {
    put(key, new RowKernel(function));
  }

  /** Adds an aggregate that leaves out rows with a NULL argument. */
  public void aggregate(String key, AggregateKernel kernel) {
    put(key, kernel);
  }

  /** Adds an aggregate that sees rows with NULL arguments. */
  public void aggregateWithNulls(String key, AggregateKernel kernel) {
    put(key, kernel);
    seesNulls.add(key);
  }

  /** Adds a window function. */
  public void window(String key, WindowKernel kernel) {
    put(key, kernel);
  }

  /** Adds a set-returning function. */
  public void set(String key, SetKernel kernel) {
    put(key, kernel);
  }

  /** Adds a function whose rows have the columns of a definition list. */
  public void defined(String key, DefinedRows kernel) {
    put(key, kernel);
  }

  /** Returns the kernel of a key, or {@code null} when it is not built. */
  public Kernel kernel(String key) {
    return kernels.get(key);
  }

  /** Tells whether an aggregate is built and leaves out rows with a NULL argument. */
  public boolean skipsNulls(String key) {
    return kernels.containsKey(key) && !seesNulls.contains(key);
  }

  /** Returns all keys, for the test that no key is misspelt. */
  public Set<String> keys() {
    return kernels.keySet();
  }
}
