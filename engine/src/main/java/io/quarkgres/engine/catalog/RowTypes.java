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

/**
 * The types of the rows of relations, and the arrays over them. They are derived from the relations
 * of a catalog version, so that an altered table and its type cannot disagree. Thread: any.
 */
final class RowTypes {
  private static final int NAME_BYTES_MAX = 63;

  private RowTypes() {}

  /** Returns the types of a version: those that were created and those of its relations' rows. */
  static TypeRegistry over(TypeRegistry base, Collection<RelationEntry> relations) {
    TypeRegistry result = new TypeRegistry(base);
    SqlType record = base.byOid(Oids.RECORD);
    if (record == null) {
      return base;
    }
    RecordType anonymous = new RecordType(record.info(), result::byOid);
    result.add(anonymous);
    result.add(new ArrayType(base.byOid(Oids.RECORD_ARRAY).info(), anonymous));
    for (RelationEntry relation : relations) {
      if (relation.rowType() != 0) {
        result.add(rowType(relation, result));
      }
    }
    for (RelationEntry relation : relations) {
      if (relation.rowType() != 0) {
        result.add(arrayType(relation, result));
      }
    }
    return result;
  }

  private static CompositeType rowType(RelationEntry relation, TypeRegistry types) {
    List<ColumnEntry> columns =
        relation.columns().stream().filter(column -> !column.isDropped()).toList();
    int oid = relation.rowType();
    return new CompositeType(
        info(relation, oid, relation.name(), relation.name(), 'c', 'C', 0, oid - 1),
        relation.oid(),
        columns.stream().map(ColumnEntry::name).toArray(String[]::new),
        columns.stream().map(ColumnEntry::type).toArray(SqlType[]::new),
        columns.stream().mapToInt(ColumnEntry::typmod).toArray(),
        types::byOid);
  }

  private static ArrayType arrayType(RelationEntry relation, TypeRegistry types) {
    String name = "_" + relation.name();
    while (isTaken(types, relation.schema(), truncated(name))) {
      name = "_" + name;
    }
    int oid = relation.rowType();
    TypeInfo info =
        info(relation, oid - 1, truncated(name), relation.name() + "[]", 'b', 'A', oid, 0);
    return new ArrayType(info, types.byOid(oid));
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
      RelationEntry relation,
      int oid,
      String name,
      String sqlName,
      char kind,
      char category,
      int element,
      int array) {
    return new TypeInfo(
        oid, relation.schema(), name, sqlName, -1, kind, category, false, element, array, ',');
  }
}
