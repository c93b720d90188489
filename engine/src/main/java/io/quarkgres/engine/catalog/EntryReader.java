package io.quarkgres.engine.catalog;

import io.quarkgres.engine.ast.RelationStatement.CheckOption;
import io.quarkgres.engine.type.EnumType;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.TableStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Reads what {@link EntryWriter} wrote. Used by one thread. */
final class EntryReader {
  private final byte[] bytes;
  private final IntFunction<SqlType> types;
  private final Storage storage;
  private int at;

  /** A type that is not known: it may be the row type of a relation that comes later. */
  static final class UnknownType extends RuntimeException {
    UnknownType(int oid) {
      super("type " + Integer.toUnsignedString(oid), null, false, false);
    }
  }

  private EntryReader(byte[] bytes, IntFunction<SqlType> types, Storage storage) {
    this.bytes = bytes;
    this.types = types;
    this.storage = storage;
    int version = bytes[at++];
    if (version != EntryWriter.VERSION) {
      throw corrupted("an entry of version " + version);
    }
  }

  private static SqlException corrupted(String what) {
    return new SqlException(SqlState.DATA_CORRUPTED, "the stored catalog has " + what);
  }

  private static EntryReader plain(byte[] bytes) {
    return new EntryReader(bytes, oid -> null, null);
  }

  static SchemaEntry schema(byte[] bytes) {
    EntryReader r = plain(bytes);
    return new SchemaEntry(r.number(), r.text(), r.number());
  }

  /**
   * Reads a relation. Tables get their stores; indexes and the states of sequences are left to the
   * caller. Raises {@link UnknownType}.
   */
  static RelationEntry relation(byte[] bytes, IntFunction<SqlType> types, Storage storage) {
    EntryReader r = new EntryReader(bytes, types, storage);
    int kind = r.bytes[r.at++];
    Head head =
        new Head(r.number(), r.number(), r.text(), r.text(), r.number(), r.list(e -> e.column()));
    return switch (kind) {
      case 'r' -> r.table(head);
      case 'v' -> r.view(head);
      case 'S' -> r.sequence(head);
      case 'i' -> r.index(head);
      default -> throw corrupted("a relation of kind " + kind);
    };
  }

  static TypeEntry type(byte[] bytes) {
    EntryReader r = plain(bytes);
    char kind = r.letter();
    int oid = r.number();
    int schemaOid = r.number();
    String schema = r.text();
    String name = r.text();
    int owner = r.number();
    return switch (kind) {
      case 'e' -> {
        List<EnumType.Label> labels =
            r.list(e -> new EnumType.Label(e.number(), e.big(), e.text(), () -> true));
        EnumType type = new EnumType(TypeEntry.Enum.info(oid, schema, name), labels);
        yield new TypeEntry.Enum(oid, schemaOid, schema, name, owner, type);
      }
      case 'd' ->
          new TypeEntry.Domain(
              oid,
              schemaOid,
              schema,
              name,
              owner,
              r.number(),
              r.number(),
              r.number(),
              r.flag(),
              r.text(),
              r.list(e -> new TypeEntry.Check(e.number(), e.text(), e.text(), e.flag())));
      default -> throw corrupted("a type of kind " + kind);
    };
  }

  static SequenceEntry.State state(byte[] bytes) {
    EntryReader r = plain(bytes);
    return new SequenceEntry.State(r.big(), r.flag());
  }

  static ExtensionEntry extension(byte[] bytes) {
    EntryReader r = plain(bytes);
    return new ExtensionEntry(r.number(), r.text(), r.number(), r.text(), r.number());
  }

  static Acl acl(byte[] bytes) {
    return plain(bytes).acl();
  }

  static String text(byte[] bytes) {
    return plain(bytes).text();
  }

  static RoleCatalog roles(byte[] bytes) {
    EntryReader r = plain(bytes);
    List<RoleEntry> roles =
        r.list(e ->
            new RoleEntry(
                e.number(),
                e.text(),
                e.enums(RoleEntry.Attribute.class),
                e.number(),
                e.text(),
                e.text()));
    List<RoleCatalog.Membership> memberships =
        r.list(e -> new RoleCatalog.Membership(e.number(), e.number(), e.number(), e.flag()));
    Map<Integer, RoleCatalog.DatabaseRights> databases = new LinkedHashMap<>();
    int n = r.number();
    for (int i = 0; i < n; i++) {
      databases.put(
          r.number(), new RoleCatalog.DatabaseRights(r.number(), r.flag() ? r.acl() : null));
    }
    Map<RoleCatalog.SettingsOf, Map<String, String>> settings = new LinkedHashMap<>();
    // what was written before there were settings ends here
    int kept = r.at < r.bytes.length ? r.number() : 0;
    for (int i = 0; i < kept; i++) {
      settings.put(new RoleCatalog.SettingsOf(r.number(), r.number()), r.options());
    }
    return RoleCatalog.restored(roles, memberships, databases, settings);
  }

  private int number() {
    at += 4;
    return Datums.readInt(bytes, at - 4);
  }

  private long big() {
    at += 8;
    return Datums.readLong(bytes, at - 8);
  }

  private boolean flag() {
    return bytes[at++] != 0;
  }

  private char letter() {
    return (char) bytes[at++];
  }

  private String text() {
    int length = number();
    if (length < 0) {
      return null;
    }
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  private <T> List<T> list(Function<EntryReader, T> element) {
    int n = number();
    List<T> result = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      result.add(element.apply(this));
    }
    return result;
  }

  private List<Integer> numbers() {
    return list(EntryReader::number);
  }

  private <T extends Enum<T>> Set<T> enums(Class<T> kind) {
    return new HashSet<>(list(r -> Enum.valueOf(kind, r.text())));
  }

  private Map<String, String> options() {
    Map<String, String> result = new LinkedHashMap<>();
    int n = number();
    for (int i = 0; i < n; i++) {
      String key = text();
      result.put(key, text());
    }
    return result;
  }

  private Acl acl() {
    return new Acl(
        list(r ->
            new Acl.Item(
                r.number(), r.number(), r.enums(Privilege.class), r.enums(Privilege.class))));
  }

  /** What all relations have. */
  private record Head(
      int oid, int schemaOid, String schema, String name, int owner, List<ColumnEntry> columns) {}

  private ColumnEntry column() {
    String name = text();
    int number = number();
    int oid = number();
    SqlType type = types.apply(oid);
    if (type == null) {
      throw new UnknownType(oid);
    }
    return new ColumnEntry(
        name, number, type, number(), number(), flag(), text(), letter(), letter(), flag());
  }

  private TableEntry table(Head h) {
    char persistence = letter();
    List<ConstraintEntry> constraints = list(EntryReader::constraint);
    Map<String, String> options = options();
    int rowType = number();
    long id = big();
    TableStore store = storage.table(id);
    if (store == null) {
      throw corrupted("table \"" + h.name() + "\" without its rows, number " + id);
    }
    return new TableEntry(
        h.oid(),
        h.schemaOid(),
        h.schema(),
        h.name(),
        h.owner(),
        persistence,
        h.columns(),
        constraints,
        options,
        rowType,
        store);
  }

  private ConstraintEntry constraint() {
    char kind = letter();
    int oid = number();
    String name = text();
    int table = number();
    return switch (kind) {
      case 'c' -> new ConstraintEntry.Check(oid, name, table, text(), flag());
      case 'k' ->
          new ConstraintEntry.Key(oid, name, table, flag(), numbers(), number(), flag(), flag());
      case 'f' ->
          new ConstraintEntry.ForeignKey(
              oid,
              name,
              table,
              numbers(),
              number(),
              numbers(),
              number(),
              ConstraintEntry.Action.valueOf(text()),
              ConstraintEntry.Action.valueOf(text()),
              flag(),
              flag(),
              flag(),
              flag(),
              numbers());
      default -> throw corrupted("a constraint of kind " + kind);
    };
  }

  private ViewEntry view(Head h) {
    String query = text();
    List<String> path = list(EntryReader::text);
    String check = text();
    return new ViewEntry(
        h.oid(),
        h.schemaOid(),
        h.schema(),
        h.name(),
        h.owner(),
        h.columns(),
        query,
        path,
        check == null ? null : CheckOption.valueOf(check),
        number());
  }

  private SequenceEntry sequence(Head h) {
    SequenceEntry entry =
        new SequenceEntry(
            h.oid(),
            h.schemaOid(),
            h.schema(),
            h.name(),
            h.owner(),
            'p',
            number(),
            big(),
            big(),
            big(),
            big(),
            big(),
            flag(),
            number(),
            number(),
            new AtomicReference<>(),
            h.columns());
    // what was written by an older version ends here
    return at == bytes.length ? entry : entry.withPersistence(letter());
  }

  private IndexEntry index(Head h) {
    int table = number();
    String method = text();
    List<IndexEntry.Key> keys =
        list(r -> new IndexEntry.Key(r.number(), r.text(), r.text(), r.flag(), r.flag(), r.flag()));
    return new IndexEntry(
        h.oid(),
        h.schemaOid(),
        h.schema(),
        h.name(),
        h.owner(),
        table,
        method,
        keys,
        text(),
        flag(),
        flag(),
        flag(),
        flag(),
        numbers(),
        options(),
        h.columns(),
        number(),
        null);
  }
}
