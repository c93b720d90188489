package io.quarkgres.engine.catalog;

import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The catalog as immutable maps. {@link #change} makes the next version by copying the maps that
 * the change touches: O(objects) for each DDL statement, nothing for everything else. Thread: any.
 */
public final class CatalogVersion implements Catalog {
  private final long version;
  private final int databaseOid;
  private final String databaseName;
  private final TypeRegistry baseTypes;
  private final TypeRegistry types;
  private final FunctionRegistry functions;
  private final Map<Integer, SchemaEntry> schemas;
  private final Map<String, SchemaEntry> schemasByName;
  private final Map<Integer, RelationEntry> relations;
  private final Map<Integer, TypeEntry> userTypes;
  private final Map<String, Map<String, RelationEntry>> relationsByName;
  private final Map<Integer, List<IndexEntry>> indexes;
  private final Map<Integer, List<ConstraintEntry>> references;
  private final Map<String, ExtensionEntry> extensions;
  private final Map<String, String> comments;
  private final Map<String, Acl> acls;
  private final RoleCatalog roles;

  private CatalogVersion(Editor editor, long version) {
    this.version = version;
    this.databaseOid = editor.databaseOid;
    this.databaseName = editor.databaseName;
    this.baseTypes = editor.types;
    this.functions = editor.functions;
    this.schemas = editor.schemas;
    this.userTypes = editor.userTypes;
    this.types = RowTypes.over(editor.typesBefore, baseTypes, userTypes, editor.relations.values());
    this.relations = RowTypes.refreshed(editor.relations, types);
    this.extensions = editor.extensions;
    this.comments = editor.comments;
    this.acls = editor.acls;
    this.roles = editor.roles;
    this.schemasByName = new HashMap<>();
    schemas.values().forEach(s -> schemasByName.put(s.name(), s));
    this.relationsByName = new HashMap<>();
    this.indexes = new HashMap<>();
    this.references = new HashMap<>();
    relations.values().forEach(this::enter);
  }

  private void enter(RelationEntry relation) {
    relationsByName
        .computeIfAbsent(relation.schema(), s -> new HashMap<>())
        .put(relation.name(), relation);
    if (relation instanceof IndexEntry index) {
      indexes.computeIfAbsent(index.tableOid(), t -> new ArrayList<>()).add(index);
    } else if (relation instanceof TableEntry table) {
      for (ConstraintEntry constraint : table.constraints()) {
        if (constraint instanceof ConstraintEntry.ForeignKey key) {
          references.computeIfAbsent(key.referencedTable(), t -> new ArrayList<>()).add(key);
        }
      }
    }
  }

  /** Makes the first version of a database's catalog. */
  public static CatalogVersion initial(
      int databaseOid, String databaseName, TypeRegistry types, FunctionRegistry functions) {
    Editor editor = new Editor();
    editor.databaseOid = databaseOid;
    editor.databaseName = databaseName;
    editor.types = types;
    editor.functions = functions;
    return new CatalogVersion(editor, 1);
  }

  /** Returns the next version, with changes made. */
  public CatalogVersion change(Consumer<Editor> changes) {
    Editor editor = new Editor();
    editor.databaseOid = databaseOid;
    editor.databaseName = databaseName;
    editor.types = baseTypes;
    editor.typesBefore = types;
    editor.functions = functions;
    editor.schemas.putAll(schemas);
    editor.relations.putAll(relations);
    editor.userTypes.putAll(userTypes);
    editor.extensions.putAll(extensions);
    editor.comments.putAll(comments);
    editor.acls.putAll(acls);
    editor.roles = roles;
    changes.accept(editor);
    return new CatalogVersion(editor, VERSIONS.incrementAndGet());
  }

  private static final AtomicLong VERSIONS = new AtomicLong(1);

  /** The maps of a version in the making. Used by one thread. */
  public static final class Editor {
    private int databaseOid;
    private String databaseName;
    private TypeRegistry types;
    private TypeRegistry typesBefore;
    private FunctionRegistry functions;
    private final Map<Integer, SchemaEntry> schemas = new TreeMap<>();
    private final Map<Integer, RelationEntry> relations = new TreeMap<>();
    private final Map<Integer, TypeEntry> userTypes = new TreeMap<>();
    private final Map<String, ExtensionEntry> extensions = new TreeMap<>();
    private final Map<String, String> comments = new TreeMap<>();
    private final Map<String, Acl> acls = new TreeMap<>();
    private RoleCatalog roles = RoleCatalog.initial();

    private Editor() {}

    /** Removes schemas, comments and rights, to put those that were kept. */
    void clear() {
      schemas.clear();
      comments.clear();
      acls.clear();
    }

    void commentByKey(String key, String text) {
      comments.put(key, text);
    }

    void aclByKey(String key, Acl acl) {
      acls.put(key, acl);
    }

    /** Adds or replaces a schema. */
    public void put(SchemaEntry schema) {
      schemas.put(schema.oid(), schema);
    }

    /** Removes a schema. */
    public void removeSchema(int oid) {
      schemas.remove(oid);
    }

    /** Adds or replaces a type that a user has made. */
    public void put(TypeEntry type) {
      userTypes.put(type.oid(), type);
    }

    /** Removes a type that a user has made. */
    public void removeType(int oid) {
      userTypes.remove(oid);
    }

    /** Adds or replaces a relation. */
    public void put(RelationEntry relation) {
      relations.put(relation.oid(), relation);
    }

    /** Removes a relation. */
    public void removeRelation(int oid) {
      relations.remove(oid);
    }

    /** Returns the relation with an oid as it is now, or {@code null}. */
    public RelationEntry relation(int oid) {
      return relations.get(oid);
    }

    /** Adds or replaces an extension. */
    public void put(ExtensionEntry extension) {
      extensions.put(extension.name(), extension);
    }

    /** Removes an extension. */
    public void removeExtension(String name) {
      extensions.remove(name);
    }

    /** Returns the types as they are now, without those of the rows of relations. */
    public TypeRegistry types() {
      return types;
    }

    /** Returns the functions, operators and casts as they are now. */
    public FunctionRegistry functions() {
      return functions;
    }

    /** Replaces the types. */
    public void types(TypeRegistry newTypes) {
      types = newTypes;
    }

    /** Replaces the functions, operators and casts. */
    public void functions(FunctionRegistry newFunctions) {
      functions = newFunctions;
    }

    /** Returns the roles as they are now. */
    public RoleCatalog roles() {
      return roles;
    }

    /** Replaces the roles. */
    public void roles(RoleCatalog newRoles) {
      roles = newRoles;
    }

    /**
     * Sets the rights on an object or, with {@code null}, those that it has from the start.
     *
     * @param subId column number, or 0
     */
    public void acl(int classOid, int oid, int subId, Acl acl) {
      String key = classOid + "/" + oid + "/" + subId;
      if (acl == null) {
        acls.remove(key);
      } else {
        acls.put(key, acl);
      }
    }

    /**
     * Sets or, with {@code null}, removes a comment.
     *
     * @param classOid oid of the catalog the object is in, such as 1259 for {@code pg_class}
     * @param subId column number, or 0
     */
    public void comment(int classOid, int oid, int subId, String text) {
      String key = classOid + "/" + oid + "/" + subId;
      if (text == null) {
        comments.remove(key);
      } else {
        comments.put(key, text);
      }
    }
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public int databaseOid() {
    return databaseOid;
  }

  @Override
  public String databaseName() {
    return databaseName;
  }

  @Override
  public TypeRegistry types() {
    return types;
  }

  @Override
  public FunctionRegistry functions() {
    return functions;
  }

  @Override
  public SchemaEntry schema(String name) {
    return schemasByName.get(name);
  }

  @Override
  public SchemaEntry schemaByOid(int oid) {
    return schemas.get(oid);
  }

  @Override
  public Collection<SchemaEntry> schemas() {
    return schemas.values();
  }

  @Override
  public RelationEntry relation(String schema, String name) {
    return relationsByName.getOrDefault(schema, Map.of()).get(name);
  }

  @Override
  public RelationEntry relationByOid(int oid) {
    return relations.get(oid);
  }

  @Override
  public Collection<RelationEntry> relations() {
    return relations.values();
  }

  @Override
  public List<IndexEntry> indexesOf(int tableOid) {
    return indexes.getOrDefault(tableOid, List.of());
  }

  @Override
  public List<ConstraintEntry> referencesTo(int tableOid) {
    return references.getOrDefault(tableOid, List.of());
  }

  /** Returns the types that users have made. */
  public Collection<TypeEntry> userTypes() {
    return userTypes.values();
  }

  /** Returns the types that users have made by oid. */
  Map<Integer, TypeEntry> userTypesByOid() {
    return userTypes;
  }

  @Override
  public TypeEntry userType(int oid) {
    return userTypes.get(oid);
  }

  /** Returns the roles. */
  public RoleCatalog roles() {
    return roles;
  }

  /** Returns the rights on an object as they were granted, {@code null} if none ever were. */
  public Acl storedAcl(int classOid, int oid, int subId) {
    return acls.get(classOid + "/" + oid + "/" + subId);
  }

  /** Returns the rights on a relation. */
  public Acl acl(RelationEntry relation) {
    Acl stored = storedAcl(Privilege.Kind.TABLE.classOid(), relation.oid(), 0);
    Privilege.Kind kind =
        relation instanceof SequenceEntry ? Privilege.Kind.SEQUENCE : Privilege.Kind.TABLE;
    return stored != null ? stored : Acl.ofOwner(kind, relation.owner());
  }

  /** Returns the rights on a column itself, {@code null} if none were granted. */
  public Acl columnAcl(int relationOid, int number) {
    return storedAcl(Privilege.Kind.TABLE.classOid(), relationOid, number);
  }

  /** Returns the rights on a schema. */
  public Acl acl(SchemaEntry schema) {
    Acl stored = storedAcl(Privilege.Kind.SCHEMA.classOid(), schema.oid(), 0);
    return stored != null ? stored : Acl.ofOwner(Privilege.Kind.SCHEMA, schema.owner());
  }

  /** Returns the extensions by name. */
  public Collection<ExtensionEntry> extensions() {
    return extensions.values();
  }

  /** Returns an extension, or {@code null}. */
  public ExtensionEntry extension(String name) {
    return extensions.get(name);
  }

  /** Returns the comments, by {@code classoid/objoid/objsubid}. */
  public Map<String, String> comments() {
    return comments;
  }

  Map<Integer, SchemaEntry> schemasByOid() {
    return schemas;
  }

  Map<Integer, RelationEntry> relationsByOid() {
    return relations;
  }

  Map<String, ExtensionEntry> extensionsByName() {
    return extensions;
  }

  Map<String, Acl> acls() {
    return acls;
  }
}
