package io.quarkgres.engine.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The types that are known by oid and by name: the built-in ones and those of created extensions.
 * Filled while it is private to one thread, then published and read by any.
 */
public final class TypeRegistry {
  private final Map<Integer, SqlType> byOid = new HashMap<>();
  private final Map<String, List<SqlType>> byName = new HashMap<>();

  /** Adds a type. */
  public void add(SqlType type) {
    byOid.put(type.oid(), type);
    byName.computeIfAbsent(type.name(), name -> new ArrayList<>()).add(type);
  }

  /** Returns the type with an oid, or {@code null}. */
  public SqlType byOid(int oid) {
    return byOid.get(oid);
  }

  /** Returns the types with a name, in any schema. */
  public List<SqlType> byName(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /** Returns all types. */
  public Collection<SqlType> all() {
    return Collections.unmodifiableCollection(byOid.values());
  }
}
