package io.quarkgres.engine.ddl;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Chooses names of indexes, sequences and constraints as PostgreSQL does: parts joined by
 * underscores, the longer of the first two cut so that all fits into 63 bytes, a number behind the
 * label when the name is taken. Thread: any.
 */
public final class NameChooser {
  public static final int NAME_BYTES_MAX = 63;

  private final CatalogVersion catalog;
  private final String schema;
  private final Set<String> taken = new HashSet<>();

  public NameChooser(CatalogVersion catalog, String schema, Collection<String> alsoTaken) {
    this.catalog = catalog;
    this.schema = schema;
    this.taken.addAll(alsoTaken);
  }

  /** Returns a free relation name. */
  public String relation(String first, String second, String label) {
    for (int i = 0; ; i++) {
      String name = make(first, second, i == 0 ? label : label + i);
      if (!taken.contains(name) && catalog.relation(schema, name) == null) {
        taken.add(name);
        return name;
      }
    }
  }

  /** Returns a constraint name that is free in a table and among the relations of its schema. */
  public String constraint(
      Collection<ConstraintEntry> existing, String first, String second, String label) {
    Set<String> names = new HashSet<>(taken);
    existing.forEach(c -> names.add(c.name()));
    for (int i = 0; ; i++) {
      String name = make(first, second, i == 0 ? label : label + i);
      if (!names.contains(name) && !isConstraintInSchema(name)) {
        taken.add(name);
        return name;
      }
    }
  }

  private boolean isConstraintInSchema(String name) {
    return catalog.relations().stream()
            .anyMatch(r ->
                r instanceof TableEntry table
                    && table.schema().equals(schema)
                    && table.constraints().stream().anyMatch(c -> c.name().equals(name)))
        || catalog.userTypes().stream()
            .anyMatch(t ->
                t instanceof TypeEntry.Domain domain
                    && domain.schema().equals(schema)
                    && domain.check(name) != null);
  }

  /** Joins the parts and cuts the longer ones. */
  static String make(String first, String second, String label) {
    int overhead = 1 + bytes(label) + (second == null ? 0 : 1);
    int available = NAME_BYTES_MAX - overhead;
    int firstLength = bytes(first);
    int secondLength = second == null ? 0 : bytes(second);
    while (firstLength + secondLength > available) {
      if (firstLength > secondLength) {
        firstLength--;
      } else {
        secondLength--;
      }
    }
    StringBuilder name = new StringBuilder(cut(first, firstLength));
    if (second != null) {
      name.append('_').append(cut(second, secondLength));
    }
    return name.append('_').append(label).toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Returns as much of a text as fits into so many bytes. */
  public static String cut(String text, int length) {
    String result = text;
    while (bytes(result) > length) {
      result = result.substring(0, result.length() - 1);
    }
    return result;
  }
}
