package io.quarkgres.engine.type.builtin;

import io.quarkgres.engine.type.BoolType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.catalog.CatalogTextType;
import io.quarkgres.engine.type.catalog.CharType;
import io.quarkgres.engine.type.catalog.NameType;
import io.quarkgres.engine.type.catalog.RegType;
import io.quarkgres.engine.type.catalog.TidType;
import io.quarkgres.engine.type.catalog.UnsignedIntType;
import io.quarkgres.engine.type.catalog.UnsignedLongType;
import io.quarkgres.engine.type.catalog.ValuelessType;
import io.quarkgres.engine.type.catalog.VoidType;
import io.quarkgres.engine.type.json.JsonPathForms;
import io.quarkgres.engine.type.json.JsonPathType;
import io.quarkgres.engine.type.json.JsonType;
import io.quarkgres.engine.type.json.JsonbType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.RecordType;
import io.quarkgres.engine.type.nested.SpacedVectorType;
import io.quarkgres.engine.type.number.FloatType;
import io.quarkgres.engine.type.number.Int2Type;
import io.quarkgres.engine.type.number.Int4Type;
import io.quarkgres.engine.type.number.Int8Type;
import io.quarkgres.engine.type.number.NumericType;
import io.quarkgres.engine.type.text.BitType;
import io.quarkgres.engine.type.text.BpcharType;
import io.quarkgres.engine.type.text.ByteaType;
import io.quarkgres.engine.type.text.TextType;
import io.quarkgres.engine.type.text.UuidType;
import io.quarkgres.engine.type.text.VarcharType;
import io.quarkgres.engine.type.textsearch.TsQueryType;
import io.quarkgres.engine.type.textsearch.TsVectorType;
import io.quarkgres.engine.type.time.DateType;
import io.quarkgres.engine.type.time.IntervalType;
import io.quarkgres.engine.type.time.TimeType;
import io.quarkgres.engine.type.time.TimeTzType;
import io.quarkgres.engine.type.time.TimestampType;
import java.util.HashMap;
import java.util.Map;

/** Makes the registry of PostgreSQL's own types. Thread: any. */
public final class BuiltinTypes {
  private BuiltinTypes() {}

  /** Returns a new registry with every built-in type, those that are not built yet included. */
  public static TypeRegistry registry() {
    return registry(null);
  }

  /**
   * Returns a new registry with every built-in type, those that are not built yet included.
   *
   * @param jsonPaths the texts of jsonpath; {@code null} leaves the type out
   */
  public static TypeRegistry registry(JsonPathForms jsonPaths) {
    TypeRegistry registry = new TypeRegistry();
    Map<Integer, SqlType> made = new HashMap<>();
    if (jsonPaths != null) {
      made.put(Oids.JSONPATH, new JsonPathType(jsonPaths));
    }
    for (SqlType type : scalars(registry)) {
      made.put(type.oid(), type);
    }
    for (TypeInfo info : TypeTable.all()) {
      made.computeIfAbsent(info.oid(), oid -> derived(info, made));
    }
    for (TypeInfo info : TypeTable.all()) {
      registry.add(made.get(info.oid()));
    }
    return registry;
  }

  private static SqlType[] scalars(TypeRegistry registry) {
    return new SqlType[] {
      new BoolType(),
      new Int2Type(),
      new Int4Type(),
      new Int8Type(),
      new FloatType(Oids.FLOAT4),
      new FloatType(Oids.FLOAT8),
      new NumericType(),
      new TextType(Oids.TEXT),
      new TextType(Oids.UNKNOWN),
      new TextType(Oids.CSTRING),
      new TextType(Oids.REFCURSOR),
      new VarcharType(),
      new BpcharType(),
      new NameType(),
      new CharType(),
      new UnsignedIntType(Oids.OID),
      new UnsignedIntType(Oids.XID),
      new UnsignedIntType(Oids.CID),
      new VoidType(),
      new DateType(),
      new TimeType(),
      new TimeTzType(),
      new TimestampType(Oids.TIMESTAMP),
      new TimestampType(Oids.TIMESTAMPTZ),
      new IntervalType(),
      new UuidType(),
      new ByteaType(),
      new JsonType(),
      new JsonbType(),
      new BitType(Oids.BIT),
      new BitType(Oids.VARBIT),
      new TidType(),
      new UnsignedLongType(Oids.XID8),
      new UnsignedLongType(Oids.PG_LSN),
      new CatalogTextType(Oids.PG_NODE_TREE),
      new CatalogTextType(Oids.ACLITEM),
      new TsVectorType(),
      new TsQueryType(),
      new RegType(Oids.REGPROC),
      new RegType(Oids.REGPROCEDURE),
      new RegType(Oids.REGOPER),
      new RegType(Oids.REGOPERATOR),
      new RegType(Oids.REGCLASS),
      new RegType(Oids.REGTYPE),
      new RegType(Oids.REGROLE),
      new RegType(Oids.REGNAMESPACE),
      new RegType(Oids.REGCOLLATION),
      new RegType(Oids.REGCONFIG),
      new RegType(Oids.REGDICTIONARY),
      new RecordType(TypeTable.info(Oids.RECORD), registry::byOid),
    };
  }

  /** Makes an array type, or a type without values. */
  private static SqlType derived(TypeInfo info, Map<Integer, SqlType> made) {
    if (info.oid() == Oids.INT2VECTOR || info.oid() == Oids.OIDVECTOR) {
      return new SpacedVectorType(info.oid(), made.get(info.element()));
    }
    boolean array = info.category() == 'A' || info.oid() == Oids.RECORD_ARRAY;
    if (!array || info.element() == 0) {
      return new ValuelessType(info);
    }
    SqlType element = made.get(info.element());
    if (element == null) {
      element = derived(TypeTable.info(info.element()), made);
    }
    return new ArrayType(info, element);
  }
}
