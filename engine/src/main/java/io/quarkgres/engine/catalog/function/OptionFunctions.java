package io.quarkgres.engine.catalog.function;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.set.ColumnsCursor;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.store.BlockCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Arrays of options and of access rights as rows. Thread: any. */
final class OptionFunctions {
  private static final String LETTERS = "arwdDxtXUCTcsA";
  private static final List<String> WORDS =
      List.of(
          "INSERT",
          "SELECT",
          "UPDATE",
          "DELETE",
          "TRUNCATE",
          "REFERENCES",
          "TRIGGER",
          "EXECUTE",
          "USAGE",
          "CREATE",
          "TEMPORARY",
          "CONNECT",
          "SET",
          "ALTER SYSTEM");

  private OptionFunctions() {}

  static void register(KernelTable t) {
    t.set(
        "pg_options_to_table",
        (call, arguments, position, context) -> options(texts(call, arguments, position)));
    t.set(
        "aclexplode",
        (call, arguments, position, context) ->
            rights(
                texts(call, arguments, position),
                context.service(CatalogServices.class).catalog().roles()));
  }

  private static List<String> texts(Call call, Column[] arguments, int position) {
    BytesColumn elements =
        (BytesColumn)
            ((ArrayType) call.argumentTypes()[0]).value(arguments[0], position).elements();
    List<String> result = new ArrayList<>();
    for (int i = 0; i < elements.count(); i++) {
      if (!elements.isNull(i)) {
        int start = elements.starts()[i];
        int length = elements.lengths()[i];
        result.add(new String(elements.heap(), start, length, StandardCharsets.UTF_8));
      }
    }
    return result;
  }

  /** Yields name and value of each {@code name=value}. */
  private static BlockCursor options(List<String> options) {
    BytesBuilder names = new BytesBuilder(options.size());
    BytesBuilder values = new BytesBuilder(options.size());
    for (String option : options) {
      int equal = option.indexOf('=');
      names.append(equal < 0 ? option : option.substring(0, equal));
      if (equal < 0) {
        values.appendNull();
      } else {
        values.append(option.substring(equal + 1));
      }
    }
    return new ColumnsCursor(names.build(), values.build());
  }

  /** Yields each right of each {@code grantee=letters/grantor}; a star follows a grantable one. */
  private static BlockCursor rights(List<String> items, RoleCatalog roles) {
    IntBuilder grantors = new IntBuilder(8);
    IntBuilder grantees = new IntBuilder(8);
    BytesBuilder rights = new BytesBuilder(8);
    BooleanBuilder grantable = new BooleanBuilder(8);
    for (String item : items) {
      int equal = item.indexOf('=');
      int slash = item.lastIndexOf('/');
      for (int i = equal + 1; i < slash; i++) {
        if (item.charAt(i) == '*') {
          continue;
        }
        grantors.append(role(roles, item.substring(slash + 1)));
        grantees.append(role(roles, item.substring(0, equal)));
        rights.append(WORDS.get(LETTERS.indexOf(item.charAt(i))));
        grantable.append(item.charAt(i + 1) == '*');
      }
    }
    return new ColumnsCursor(grantors.build(), grantees.build(), rights.build(), grantable.build());
  }

  private static int role(RoleCatalog roles, String name) {
    RoleEntry role = name.isEmpty() ? null : roles.role(ObjectNaming.split(name).get(0));
    return role == null ? 0 : role.oid();
  }
}
