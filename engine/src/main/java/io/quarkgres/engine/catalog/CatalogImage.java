package io.quarkgres.engine.catalog;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What of a database's catalog a storage keeps as metadata: an entry for each schema, relation,
 * extension, comment and set of rights, under keys that begin with the database's oid. Left out is
 * what is computed (virtual tables, row types) and what is temporary.
 *
 * <pre>
 *   database/OID                    name
 *   OID/schema/OID                  SchemaEntry
 *   OID/type/OID                    TypeEntry
 *   OID/relation/OID                TableEntry, ViewEntry, SequenceEntry, IndexEntry
 *   OID/sequence/OID                SequenceEntry.State
 *   OID/extension/NAME              ExtensionEntry
 *   OID/comment/CLASS/OID/COLUMN    text
 *   OID/acl/CLASS/OID/COLUMN        Acl
 *   roles                           RoleCatalog
 *   settings                        what ALTER SYSTEM keeps, see session.ServerSettings
 *   system                          the number that tells this data from others', 8 bytes
 * </pre>
 *
 * <p>Stateless. Thread: any.
 */
public final class CatalogImage {
  private static final String DATABASE = "database/";
  private static final String ROLES = "roles";
  private static final String TEMPORARY_SCHEMA = "pg_temp_";

  /** The first oid of what a user has made. */
  private static final int FIRST_USER_OID = 16_384;

  private CatalogImage() {}

  /**
   * Puts the differences of two versions into a transaction: metadata, and the tables that came and
   * went. O(entries) comparisons of references.
   *
   * @param before the version there is, or {@code null} for a new database
   * @param after the version to come, or {@code null} for a database that goes
   */
  public static void change(CatalogVersion before, CatalogVersion after, Transaction out) {
    CatalogVersion any = after != null ? after : before;
    String database = any.databaseOid() + "/";
    if (before == null || after == null) {
      out.put(
          DATABASE + any.databaseOid(), after == null ? null : EntryWriter.of(any.databaseName()));
    }
    differences(
        before,
        after,
        CatalogVersion::schemasByOid,
        (oid, schema) -> {
          if (!isTemporary(any(schema).name())) {
            out.put(
                database + "schema/" + oid,
                schema.after() == null ? null : EntryWriter.of(schema.after()));
          }
        });
    differences(
        before,
        after,
        CatalogVersion::userTypesByOid,
        (oid, type) -> {
          if (oid >= FIRST_USER_OID && !isTemporary(any(type).schema())) {
            out.put(
                database + "type/" + oid,
                type.after() == null ? null : EntryWriter.of(type.after()));
          }
        });
    differences(
        before,
        after,
        CatalogVersion::relationsByOid,
        (oid, relation) -> {
          if (!isTemporary(any(relation).schema())) {
            relation(database, oid, relation, out);
          }
        });
    differences(
        before,
        after,
        CatalogVersion::extensionsByName,
        (name, extension) ->
            out.put(
                database + "extension/" + name,
                extension.after() == null ? null : EntryWriter.of(extension.after())));
    differences(
        before,
        after,
        CatalogVersion::comments,
        (key, comment) ->
            out.put(
                database + "comment/" + key,
                comment.after() == null ? null : EntryWriter.of(comment.after())));
    differences(
        before,
        after,
        CatalogVersion::acls,
        (key, acl) ->
            out.put(
                database + "acl/" + key, acl.after() == null ? null : EntryWriter.of(acl.after())));
    if (after != null && (before == null || before.roles() != after.roles())) {
      out.put(ROLES, EntryWriter.of(after.roles()));
    }
  }

  private static boolean isTemporary(String schema) {
    return schema.startsWith(TEMPORARY_SCHEMA);
  }

  /** An entry that differs; one side may be {@code null}. */
  private record Difference<T>(T before, T after) {}

  private static <T> T any(Difference<T> difference) {
    return difference.after() != null ? difference.after() : difference.before();
  }

  private static <K, T> void differences(
      CatalogVersion before,
      CatalogVersion after,
      Function<CatalogVersion, Map<K, T>> entries,
      BiConsumer<K, Difference<T>> receiver) {
    Map<K, T> old = before == null ? Map.of() : entries.apply(before);
    Map<K, T> now = after == null ? Map.of() : entries.apply(after);
    old.forEach((key, entry) -> {
      if (!now.containsKey(key)) {
        receiver.accept(key, new Difference<>(entry, null));
      }
    });
    now.forEach((key, entry) -> {
      T was = old.get(key);
      if (was != entry) {
        receiver.accept(key, new Difference<>(was, entry));
      }
    });
  }

  /** Tells whether a relation is there from the start: a virtual table or an index of one. */
  private static boolean isComputed(RelationEntry relation) {
    return relation instanceof VirtualTable || relation.oid() < FIRST_USER_OID;
  }

  private static void relation(
      String database, int oid, Difference<RelationEntry> relation, Transaction out) {
    byte[] bytes = relation.after() == null ? null : EntryWriter.of(relation.after());
    if (isComputed(any(relation))) {
      return;
    }
    out.put(database + "relation/" + oid, bytes);
    TableStore oldStore = relation.before() instanceof TableEntry t ? t.store() : null;
    TableStore newStore = relation.after() instanceof TableEntry t ? t.store() : null;
    if (oldStore != newStore) {
      if (oldStore != null) {
        out.detach(oldStore);
      }
      if (newStore != null) {
        out.attach(newStore);
      }
    }
    if (relation.after() instanceof SequenceEntry s) {
      boolean isSame = relation.before() instanceof SequenceEntry b && b.state() == s.state();
      if (!isSame) {
        out.put(sequenceKey(database, oid), EntryWriter.of(s.state().get()));
      }
    } else if (relation.before() instanceof SequenceEntry) {
      out.put(sequenceKey(database, oid), null);
    }
  }

  private static String sequenceKey(String database, int oid) {
    return database + "sequence/" + oid;
  }

  /** Keeps the state of a sequence, whatever becomes of the transaction. */
  public static void sequenceMoved(CatalogVersion catalog, SequenceEntry s, Transaction out) {
    if (!isTemporary(s.schema())) {
      out.putNow(
          sequenceKey(catalog.databaseOid() + "/", s.oid()), EntryWriter.of(s.state().get()));
    }
  }

  /** Returns the databases that are kept, by oid. */
  public static Map<Integer, String> databases(Map<String, byte[]> metadata) {
    Map<Integer, String> result = new HashMap<>();
    metadata.forEach((key, value) -> {
      if (key.startsWith(DATABASE)) {
        result.put(Integer.parseInt(key.substring(DATABASE.length())), EntryReader.text(value));
      }
    });
    return result;
  }

  /** How extensions and indexes come back, which needs later stages than this one. */
  public interface Restorer {
    /** Puts what an extension brings. */
    void extension(CatalogVersion.Editor editor, ExtensionEntry entry, String schema);

    /** Builds an index that is not built, or returns it as it is if it has no structure. */
    IndexEntry index(CatalogVersion catalog, TableEntry table, IndexEntry index);
  }

  /**
   * Returns the catalog of a database as it is kept.
   *
   * @param base a new database's catalog
   */
  public static CatalogVersion restore(
      CatalogVersion base, Map<String, byte[]> metadata, Storage storage, Restorer restorer) {
    String database = base.databaseOid() + "/";
    CatalogVersion catalog =
        base.change(editor -> {
          editor.clear();
          editor.roles(EntryReader.roles(metadata.get(ROLES)));
          each(metadata, database + "schema/", (k, v) -> editor.put(EntryReader.schema(v)));
          each(metadata, database + "type/", (k, v) -> editor.put(EntryReader.type(v)));
          each(
              metadata,
              database + "comment/",
              (key, value) -> editor.commentByKey(key, EntryReader.text(value)));
          each(
              metadata,
              database + "acl/",
              (key, value) -> editor.aclByKey(key, EntryReader.acl(value)));
        });
    List<ExtensionEntry> extensions = new ArrayList<>();
    each(metadata, database + "extension/", (k, v) -> extensions.add(EntryReader.extension(v)));
    for (ExtensionEntry extension : extensions) {
      String schema = catalog.schemaByOid(extension.schemaOid()).name();
      catalog = catalog.change(editor -> restorer.extension(editor, extension, schema));
    }
    catalog = relations(catalog, metadata, storage);
    return indexes(catalog, restorer);
  }

  private static void each(
      Map<String, byte[]> metadata, String prefix, BiConsumer<String, byte[]> receiver) {
    metadata.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        receiver.accept(key.substring(prefix.length()), value);
      }
    });
  }

  /** Puts relations, those first whose columns have no row types of others. */
  private static CatalogVersion relations(
      CatalogVersion empty, Map<String, byte[]> metadata, Storage storage) {
    String database = empty.databaseOid() + "/";
    Map<String, byte[]> left = new HashMap<>();
    each(metadata, database + "relation/", left::put);
    CatalogVersion catalog = empty;
    while (!left.isEmpty()) {
      List<RelationEntry> found = new ArrayList<>();
      CatalogVersion known = catalog;
      EntryReader.UnknownType[] unknown = new EntryReader.UnknownType[1];
      left.entrySet()
          .removeIf(entry -> {
            try {
              RelationEntry relation =
                  EntryReader.relation(entry.getValue(), oid -> type(known, oid), storage);
              if (relation instanceof SequenceEntry s) {
                byte[] state = metadata.get(sequenceKey(database, s.oid()));
                s.state().set(EntryReader.state(Objects.requireNonNull(state, s.name())));
              }
              found.add(relation);
              return true;
            } catch (EntryReader.UnknownType e) {
              unknown[0] = e;
              return false;
            }
          });
      if (found.isEmpty()) {
        throw unknown[0];
      }
      catalog = catalog.change(editor -> found.forEach(editor::put));
    }
    return catalog;
  }

  private static SqlType type(CatalogVersion catalog, int oid) {
    return catalog.types().byOid(oid);
  }

  /** Builds indexes side by side. */
  private static CatalogVersion indexes(CatalogVersion catalog, Restorer restorer) {
    List<Callable<IndexEntry>> builds = new ArrayList<>();
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof IndexEntry index
          && catalog.relationByOid(index.tableOid()) instanceof TableEntry table) {
        builds.add(() -> restorer.index(catalog, table, index));
      }
    }
    List<IndexEntry> built = SideBySide.run(builds);
    return catalog.change(editor -> built.forEach(editor::put));
  }

  /** Returns the highest oid of users' objects and their row types, at least {@code least}. */
  public static int highestOid(CatalogVersion catalog, int least) {
    int highest = least;
    for (RelationEntry relation : catalog.relations()) {
      highest = Math.max(highest, Math.max(relation.oid(), relation.rowType()));
      if (relation instanceof TableEntry table) {
        for (ConstraintEntry constraint : table.constraints()) {
          highest = Math.max(highest, constraint.oid());
        }
      }
    }
    for (TypeEntry type : catalog.userTypes()) {
      highest = Math.max(highest, type.highestOid());
    }
    for (SchemaEntry schema : catalog.schemas()) {
      highest = Math.max(highest, schema.oid());
    }
    for (ExtensionEntry extension : catalog.extensions()) {
      highest = Math.max(highest, extension.oid());
    }
    for (RoleEntry role : catalog.roles().all()) {
      highest = Math.max(highest, role.oid());
    }
    return Math.max(highest, catalog.databaseOid());
  }
}
