package io.quarkgres.engine.type;

import io.quarkgres.spi.error.Invariant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The identities of PostgreSQL's built-in types, read once from a recorded table ({@code
 * pg_type.tsv}: oid, name, format_type, typlen, typtype, typcategory, typispreferred, typelem,
 * typarray, typdelim). Thread: any.
 */
public final class TypeTable {
  private static final int FIELDS = 10;
  private static final Map<Integer, TypeInfo> BY_OID = read();

  private TypeTable() {}

  /** Returns the identity of a built-in type. */
  public static TypeInfo info(int oid) {
    TypeInfo info = BY_OID.get(oid);
    Invariant.check(info != null, "the table of types has oid " + oid);
    return info;
  }

  /** Returns all identities in order of oid. */
  public static Collection<TypeInfo> all() {
    return BY_OID.values();
  }

  private static Map<Integer, TypeInfo> read() {
    Map<Integer, TypeInfo> result = new LinkedHashMap<>();
    try (InputStream in = TypeTable.class.getResourceAsStream("pg_type.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          TypeInfo info = parse(line.split("\t", -1));
          result.put(info.oid(), info);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  private static TypeInfo parse(String[] fields) {
    Invariant.check(fields.length == FIELDS, "a line of pg_type.tsv has " + FIELDS + " fields");
    return new TypeInfo(
        Integer.parseInt(fields[0]),
        "pg_catalog",
        fields[1],
        fields[2],
        Integer.parseInt(fields[3]),
        fields[4].charAt(0),
        fields[5].charAt(0),
        fields[6].equals("t"),
        Integer.parseInt(fields[7]),
        Integer.parseInt(fields[8]),
        fields[9].charAt(0));
  }

  /** Returns what {@code format_type} prints for a built-in type's oid, {@code ???} for others. */
  public static String sqlName(int oid) {
    for (TypeInfo info : all()) {
      if (info.oid() == oid) {
        return info.sqlName();
      }
    }
    return "???";
  }
}
