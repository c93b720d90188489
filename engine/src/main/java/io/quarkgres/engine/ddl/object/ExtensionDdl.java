package io.quarkgres.engine.ddl.object;

import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ExtensionEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** CREATE EXTENSION and DROP EXTENSION. Used by the session's thread. */
public final class ExtensionDdl {
  private final DdlContext context;

  public ExtensionDdl(DdlContext context) {
    this.context = context;
  }

  public String create(ObjectStatement.CreateExtension s) {
    if (context.catalog().extension(s.name()) != null || s.name().equals("plpgsql")) {
      String message = "extension \"" + s.name() + "\" already exists";
      if (!s.isIfNotExists()) {
        throw new SqlException(SqlState.DUPLICATE_OBJECT, message);
      }
      context.notice("NOTICE", "42710", message + ", skipping");
      return "CREATE EXTENSION";
    }
    Extension extension = find(s.name());
    if (s.version() != null && !s.version().equals(extension.version())) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "extension \""
              + s.name()
              + "\" has no installation script nor update path for version \""
              + s.version()
              + "\"");
    }
    String schemaName = s.schema() == null ? context.creationSchema() : s.schema();
    SchemaEntry schema = context.catalog().schema(schemaName);
    if (schema == null) {
      throw DdlErrors.undefinedSchema(schemaName);
    }
    int database = context.catalog().databaseOid();
    if (!context.rights().onDatabase(database, Privilege.CREATE, false)) {
      throw new SqlException(
              SqlState.INSUFFICIENT_PRIVILEGE,
              "permission denied to create extension \"" + s.name() + "\"")
          .withHint("Must have CREATE privilege on current database to create this extension.");
    }
    int owner = context.currentUser();
    int oid = context.newOid();
    ExtensionEntry entry =
        new ExtensionEntry(oid, s.name(), schema.oid(), extension.version(), owner);
    context.change(editor -> install(editor, extension, entry, schemaName));
    return "CREATE EXTENSION";
  }

  /** Puts an extension and what it brings into a catalog. */
  public static void install(
      CatalogVersion.Editor editor, Extension extension, ExtensionEntry entry, String schemaName) {
    TypeRegistry types = copy(editor.types(), Set.of());
    extension.types().forEach(type -> types.add(InSchema.type(type, schemaName)));
    FunctionRegistry functions = editor.functions().copyWithout(Set.of());
    extension.functions().forEach(f -> functions.add(InSchema.function(f, schemaName)));
    extension.operators().forEach(o -> functions.add(InSchema.operator(o, schemaName)));
    extension.casts().forEach(functions::add);
    editor.types(types);
    editor.functions(functions);
    editor.put(entry);
  }

  public static Extension find(String name) {
    for (Extension extension : ServiceLoader.load(Extension.class)) {
      if (extension.name().equals(name)) {
        return extension;
      }
    }
    throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED, "extension \"" + name + "\" is not available")
        .withHint(
            "The extension must first be installed on the system where Quarkgres is running.");
  }

  /** Takes an extension and what it brought out of the catalog. */
  public void remove(Extension extension) {
    Set<Integer> oids = new HashSet<>();
    extension.types().forEach(t -> oids.add(t.oid()));
    Set<Integer> functions = new HashSet<>();
    extension.functions().forEach(f -> functions.add(f.oid()));
    context.change(editor -> {
      editor.types(copy(editor.types(), oids));
      editor.functions(editor.functions().copyWithout(functions));
      editor.removeExtension(extension.name());
    });
  }

  private static TypeRegistry copy(TypeRegistry types, Set<Integer> without) {
    TypeRegistry result = new TypeRegistry();
    for (SqlType type : types.all()) {
      if (!without.contains(type.oid())) {
        result.add(type);
      }
    }
    return result;
  }

  /** Returns the operator classes of all extensions. */
  public static List<Extension.OperatorClass> operatorClasses() {
    return ServiceLoader.load(Extension.class).stream()
        .flatMap(p -> p.get().operatorClasses().stream())
        .toList();
  }
}
