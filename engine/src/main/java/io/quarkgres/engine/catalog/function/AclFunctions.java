package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** Access rights as {@code aclitem[]}: the defaults. Thread: any. */
final class AclFunctions {
  private AclFunctions() {}

  static void register(KernelTable t) {
    t.row("acldefault_sql", AclFunctions::defaults);
  }

  private static void defaults(Row row, Out out) {
    int letter = row.int32(0);
    String owner = ObjectNaming.name(services(row), "regrole", row.int32(1));
    String o = owner == null ? Integer.toUnsignedString(row.int32(1)) : owner;
    List<String> items =
        switch ((char) letter) {
          case 'c' -> List.of();
          case 'r' -> List.of(o + "=arwdDxt/" + o);
          case 's' -> List.of(o + "=rwU/" + o);
          case 'd' -> List.of("=Tc/" + o, o + "=CTc/" + o);
          case 'f' -> List.of("=X/" + o, o + "=X/" + o);
          case 'l', 'T' -> List.of("=U/" + o, o + "=U/" + o);
          case 'L' -> List.of(o + "=rw/" + o);
          case 'n' -> List.of(o + "=UC/" + o);
          case 'p' -> List.of(o + "=sA/" + o);
          case 't' -> List.of(o + "=C/" + o);
          case 'F', 'S' -> List.of(o + "=U/" + o);
          default ->
              throw new SqlException(
                  SqlState.INTERNAL_ERROR,
                  "unrecognized object type abbreviation: " + (char) letter);
        };
    BytesBuilder texts = new BytesBuilder(items.size());
    items.forEach(texts::append);
    ArrayValue.of(Oids.ACLITEM, texts.build()).appendTo(out.builder());
  }
}
