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
  private final TypeRegistry base;
  private final Map<Integer, SqlType> byOid = new HashMap<>();
  private final Map<String, List<SqlType>> byName = new HashMap<>();

  /** Makes a registry without types. */
  public TypeRegistry() {
    this(null);
  }

  /** Makes a registry with the types of another one, in front of which others can be put. */
  public TypeRegistry(TypeRegistry base) {
    this.base = base;
  }

  /** Adds a type. */
  public void add(SqlType type) {
    byOid.put(type.oid(), type);
    byName.computeIfAbsent(type.name(), name -> new ArrayList<>()).add(type);
  }

  /** Returns the type with an oid, or {@code null}. */
  public SqlType byOid(int oid) {
    SqlType own = byOid.get(oid);
    return own != null || base == null ? own : base.byOid(oid);
  }

  /** Returns the types with a name, in any schema. */
  public List<SqlType> byName(String name) {
    List<SqlType> own = byName.getOrDefault(name, List.of());
    if (base == null) {
      return own;
    }
    List<SqlType> others = base.byName(name);
    if (own.isEmpty()) {
      return others;
    }
    List<SqlType> result = new ArrayList<>(own);
    others.stream().filter(t -> !byOid.containsKey(t.oid())).forEach(result::add);
    return result;
  }

  /** Returns all types. */
  public Collection<SqlType> all() {
    Map<Integer, SqlType> result = new HashMap<>();
    collect(result);
    return Collections.unmodifiableCollection(result.values());
  }

  private void collect(Map<Integer, SqlType> out) {
    if (base != null) {
      base.collect(out);
    }
    out.putAll(byOid);
  }
}
