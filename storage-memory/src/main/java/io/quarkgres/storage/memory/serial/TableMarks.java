package io.quarkgres.storage.memory.serial;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Who has read what of a table. Thread: any, under the graph's monitor. */
final class TableMarks {
  /** Who has read the whole table. */
  final Set<SerializableTransaction> whole = new HashSet<>();

  /** Who has read by an index. */
  final Map<Object, IndexMarks> byIndex = new IdentityHashMap<>(2);

  /** The last commit of those that have read the table and whose marks had to go; 0 for none. */
  long forgottenCommit;

  /** The last number before which one of them comes, see {@link SerializableTransaction#end}. */
  long forgottenEnd;

  boolean isEmpty() {
    return whole.isEmpty() && byIndex.isEmpty() && forgottenCommit == 0;
  }

  /** Gives everybody who has read anything of the table. */
  void eachReader(Consumer<SerializableTransaction> receiver) {
    whole.forEach(receiver);
    byIndex.values().forEach(index -> index.eachReader(receiver));
  }
}
