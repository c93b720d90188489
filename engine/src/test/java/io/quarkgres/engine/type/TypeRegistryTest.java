package io.quarkgres.engine.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.engine.type.nested.ArrayType;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The registry holds every built-in type, and arrays and elements know each other. */
class TypeRegistryTest {
  private static final TypeRegistry TYPES = BuiltinTypes.registry();

  @Test
  void arraysAndElementsKnowEachOther() {
    for (SqlType type : TYPES.all()) {
      if (type.info().array() != 0) {
        SqlType array = TYPES.byOid(type.info().array());
        assertThat(array).as(type.name()).isInstanceOf(ArrayType.class);
        assertThat(((ArrayType) array).element().oid()).isEqualTo(type.oid());
        assertThat(array.isBuilt()).isEqualTo(type.isBuilt());
      }
    }
  }

  @Test
  void oidsOfConstantsAreThoseOfTheTable() throws IllegalAccessException {
    Set<Integer> seen = new HashSet<>();
    for (var field : Oids.class.getFields()) {
      int oid = field.getInt(null);
      assertThat(seen.add(oid)).as(field.getName()).isTrue();
      String name = field.getName().toLowerCase(Locale.ROOT);
      String typname = name.endsWith("_array") ? "_" + name.replace("_array", "") : name;
      assertThat(TYPES.byOid(oid).name()).isEqualTo(typname);
    }
  }

  @Test
  void theTypesOfThisStageAreBuilt() {
    String[] names = {
      "bool",
      "bytea",
      "char",
      "name",
      "int8",
      "int2",
      "int2vector",
      "int4",
      "regproc",
      "text",
      "oid",
      "tid",
      "xid",
      "cid",
      "oidvector",
      "json",
      "float4",
      "float8",
      "bpchar",
      "varchar",
      "date",
      "time",
      "timestamp",
      "timestamptz",
      "interval",
      "timetz",
      "bit",
      "varbit",
      "numeric",
      "regclass",
      "regtype",
      "record",
      "void",
      "uuid",
      "pg_lsn",
      "jsonb",
      "xid8",
      "unknown"
    };
    for (String name : names) {
      assertThat(TYPES.byName(name))
          .singleElement()
          .satisfies(t -> assertThat(t.isBuilt()).isTrue());
    }
    for (String name : new String[] {"inet", "money", "xml", "int4range", "tsrange", "point"}) {
      assertThat(TYPES.byName(name).get(0).isBuilt()).isFalse();
    }
  }
}
