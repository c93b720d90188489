package io.quarkgres.engine.catalog;

import io.quarkgres.engine.type.ArrayType;
import io.quarkgres.engine.type.CompositeType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.RecordType;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.engine.type.TypeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The types of the rows of relations, and the arrays over them. They are derived from the relations
 * of a catalog version, so that an altered table and its type cannot disagree. Thread: any.
 */
final class RowTypes {
  private static final int NAME_BYTES_MAX = 63;

  /** The first oid of what a user has made. */
  private static final int FIRST_USER_OID = 16_384;

  private RowTypes() {}

  /** Returns the types of a version: those that were created and those of its relations' rows. */
  static TypeRegistry over(
      TypeRegistry base, Collection<TypeEntry> userTypes, Collection<RelationEntry> relations) {
    TypeRegistry result = new TypeRegistry(base);
    SqlType record = base.byOid(Oids.RECORD);
    if (record == null) {
      return base;
    }
    RecordType anonymous = new RecordType(record.info(), result::byOid);
    result.add(anonymous);
    result.add(new ArrayType(base.byOid(Oids.RECORD_ARRAY).info(), anonymous));
    for (TypeEntry entry : userTypes) {
      result.add(entry.type());
    }
    for (TypeEntry entry : userTypes) {
      result.add(arrayType(entry.schema(), entry.name(), entry.type(), result));
    }
    for (RelationEntry relation : relations) {
      if (relation.rowType() != 0) {
        result.add(rowType(relation, result));
      }
    }
    for (RelationEntry relation : relations) {
      if (relation.rowType() != 0) {
        SqlType type = result.byOid(relation.rowType());
        result.add(arrayType(relation.schema(), relation.name(), type, result));
      }
    }
    return result;
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

  private static ArrayType arrayType(
      String schema, String elementName, SqlType element, TypeRegistry types) {
    String name = "_" + elementName;
    while (isTaken(types, schema, truncated(name))) {
      name = "_" + name;
    }
    int oid = element.oid();
    TypeInfo info = info(schema, oid - 1, truncated(name), elementName + "[]", 'b', 'A', oid, 0);
    return new ArrayType(info, element);
  }

  private static boolean isTaken(TypeRegistry types, String schema, String name) {
    return types.byName(name).stream().anyMatch(type -> type.info().schema().equals(schema));
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
