package io.quarkgres.engine.catalog;

import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.engine.type.nested.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The types of a catalog version that are not there from the start: those of users, those of the
 * rows of relations, and the arrays over them. They are derived from the entries of the version, so
 * that an altered table and its type cannot disagree. Each is made after what it is made of. Used
 * by one thread, while a version is made.
 */
final class RowTypes {
  private static final int NAME_BYTES_MAX = 63;

  /** The first oid of what a user has made. */
  private static final int FIRST_USER_OID = 16_384;

  private final TypeRegistry before;
  private final TypeRegistry result;
  private final Map<Integer, TypeEntry> userTypes;
  private final Map<Integer, RelationEntry> relationsByRowType = new HashMap<>();
  private final Set<String> takenNames = new HashSet<>();

  private RowTypes(
      TypeRegistry before,
      TypeRegistry base,
      Map<Integer, TypeEntry> userTypes,
      Collection<RelationEntry> relations) {
    this.before = before;
    this.result = new TypeRegistry(base);
    this.userTypes = userTypes;
    userTypes.values().forEach(t -> takenNames.add(key(t.schema(), t.name())));
    for (RelationEntry relation : relations) {
      if (relation.rowType() != 0) {
        relationsByRowType.put(relation.rowType(), relation);
        takenNames.add(key(relation.schema(), relation.name()));
      }
    }
  }

  private static String key(String schema, String name) {
    return schema + '\0' + name;
  }

  /**
   * Returns the types of a version.
   *
   * @param before the types of the version before it, {@code null} if there is none
   * @param base those that are there from the start or belong to extensions
   */
  static TypeRegistry over(
      TypeRegistry before,
      TypeRegistry base,
      Map<Integer, TypeEntry> userTypes,
      Collection<RelationEntry> relations) {
    SqlType record = base.byOid(Oids.RECORD);
    if (record == null) {
      return base;
    }
    RowTypes types = new RowTypes(before, base, userTypes, relations);
    types.addRecord(base, record);
    userTypes.values().forEach(types::add);
    for (RelationEntry relation : relations) {
      if (relation.rowType() != 0) {
        types.add(relation);
      }
    }
    return types.result;
  }

  private void addRecord(TypeRegistry base, SqlType record) {
    RecordType anonymous = new RecordType(record.info(), result::byOid);
    result.add(anonymous);
    result.add(new ArrayType(base.byOid(Oids.RECORD_ARRAY).info(), anonymous));
  }

  /** Returns a type by oid, made now if need be; {@code null} if it cannot be made yet. */
  private SqlType require(int oid) {
    SqlType known = result.byOid(oid);
    if (known != null) {
      return known;
    }
    for (int maker : new int[] {oid, oid + 1}) {
      if (userTypes.containsKey(maker)) {
        add(userTypes.get(maker));
      } else if (relationsByRowType.containsKey(maker)) {
        add(relationsByRowType.get(maker));
      }
    }
    return result.byOid(oid);
  }

  private void add(TypeEntry entry) {
    if (result.byOid(entry.oid()) != null) {
      return;
    }
    SqlType type =
        switch (entry) {
          case TypeEntry.Enum e -> e.type();
          case TypeEntry.Domain d -> domain(d);
        };
    // While a database is read, what a type is made of may still have to come.
    if (type != null) {
      result.add(type);
      result.add(arrayType(entry.schema(), entry.name(), type));
    }
  }

  private DomainType domain(TypeEntry.Domain entry) {
    SqlType parent = require(entry.parent());
    if (parent == null) {
      return null;
    }
    TypeInfo info = domainInfo(entry, parent.info());
    boolean isSame =
        before != null
            && before.byOid(entry.oid()) instanceof DomainType old
            && old.parent() == parent
            && old.info().equals(info);
    return isSame
        ? (DomainType) before.byOid(entry.oid())
        : new DomainType(info, parent, entry.parentTypmod(), entry.collation());
  }

  private static TypeInfo domainInfo(TypeEntry.Domain entry, TypeInfo parent) {
    boolean isSystem = entry.oid() < FIRST_USER_OID;
    return new TypeInfo(
        entry.oid(),
        entry.schema(),
        entry.name(),
        isSystem ? entry.schema() + "." + entry.name() : entry.name(),
        parent.typlen(),
        'd',
        parent.category(),
        false,
        0,
        entry.oid() - 1,
        parent.delimiter());
  }

  private void add(RelationEntry relation) {
    if (result.byOid(relation.rowType()) != null) {
      return;
    }
    relation.columns().stream().filter(c -> !c.isDropped()).forEach(c -> require(c.type().oid()));
    SqlType type = rowType(relation, result);
    result.add(type);
    result.add(arrayType(relation.schema(), relation.name(), type));
  }

  /** Returns the relations with their columns' types as they are now, if a type was altered. */
  static Map<Integer, RelationEntry> refreshed(
      Map<Integer, RelationEntry> relations, TypeRegistry types) {
    for (Map.Entry<Integer, RelationEntry> entry : relations.entrySet()) {
      List<ColumnEntry> columns = entry.getValue().columns();
      if (entry.getKey() >= FIRST_USER_OID
          && columns.stream().anyMatch(column -> fresh(column, types) != column.type())) {
        entry.setValue(
            entry
                .getValue()
                .withColumns(columns.stream().map(c -> c.withType(fresh(c, types))).toList()));
      }
    }
    return relations;
  }

  /** Returns the type of a column as it is now; only users' types ever change. */
  private static SqlType fresh(ColumnEntry column, TypeRegistry types) {
    SqlType now = column.type().oid() < FIRST_USER_OID ? null : types.byOid(column.type().oid());
    return now == null ? column.type() : now;
  }

  private static CompositeType rowType(RelationEntry relation, TypeRegistry types) {
    List<ColumnEntry> columns =
        relation.columns().stream().filter(column -> !column.isDropped()).toList();
    int oid = relation.rowType();
    return new CompositeType(
        info(relation.schema(), oid, relation.name(), relation.name(), 'c', 'C', 0, oid - 1),
        relation.oid(),
        columns.stream().map(ColumnEntry::name).toArray(String[]::new),
        columns.stream().map(column -> fresh(column, types)).toArray(SqlType[]::new),
        columns.stream().mapToInt(ColumnEntry::typmod).toArray(),
        types::byOid);
  }

  private ArrayType arrayType(String schema, String elementName, SqlType element) {
    String name = "_" + elementName;
    while (isTaken(schema, truncated(name))) {
      name = "_" + name;
    }
    int oid = element.oid();
    boolean isSystem = oid < FIRST_USER_OID;
    String sqlName = (isSystem ? schema + "." : "") + elementName + "[]";
    TypeInfo info = info(schema, oid - 1, truncated(name), sqlName, 'b', 'A', oid, 0);
    return new ArrayType(info, element);
  }

  private boolean isTaken(String schema, String name) {
    return takenNames.contains(key(schema, name))
        || result.byName(name).stream().anyMatch(type -> type.info().schema().equals(schema));
  }

  private static String truncated(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= NAME_BYTES_MAX) {
      return name;
    }
    int end = NAME_BYTES_MAX;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static TypeInfo info(
      String schema,
      int oid,
      String name,
      String sqlName,
      char kind,
      char category,
      int element,
      int array) {
    return new TypeInfo(oid, schema, name, sqlName, -1, kind, category, false, element, array, ',');
  }
}
