package io.quarkgres.engine.session;

import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.expr.ConstantExpressions;
import io.quarkgres.engine.function.SessionRandom;
import io.quarkgres.engine.plan.PlanSettings;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.plan.Planner;
import io.quarkgres.engine.session.cache.PlanScope;
import io.quarkgres.engine.session.setting.DateStyles;
import io.quarkgres.engine.session.setting.IdentifierList;
import io.quarkgres.engine.session.setting.SessionZones;
import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a session's settings mean for binding, planning and evaluating: search path, type context,
 * clock, services. Values derived from settings are made anew when a setting changes. Used by the
 * session's thread.
 */
final class SessionEnvironment implements PlanScope {
  private final ClientSession session;
  private final SessionServices services;
  private final SessionDomains domains = new SessionDomains(this);
  private SessionRandom random;
  private long settingsVersion = -1;
  private long version;
  private Object planEnvironment;
  private Object settingsKey;
  private boolean cachesResults;
  private boolean readsStandardStrings;
  private boolean commitsSynchronously;
  private List<String> searchPath;
  private long searchPathCatalog = -1;
  private TypeContext types;
  private List<String> writtenPath = List.of();
  private String temporarySchema;
  private String firstSchema;

  SessionEnvironment(ClientSession session) {
    this.session = session;
    this.services = new SessionServices(session);
  }

  private void refresh() {
    Settings settings = session.settings();
    if (settings.version() == settingsVersion) {
      return;
    }
    settingsVersion = settings.version();
    types =
        new TypeContext(
            DateStyles.parse(settings.raw("DateStyle")),
            TypeContext.IntervalStyle.valueOf(
                settings.raw("IntervalStyle").toUpperCase(Locale.ROOT)),
            SessionZones.zoneId(settings.raw("TimeZone")),
            (int) settings.integer("extra_float_digits"),
            settings.raw("bytea_output").equals("hex"),
            0,
            services.objectNames(),
            domains);
    writtenPath =
        session
            .engine()
            .shared()
            .of(IdentifierList.parse("search_path", settings.raw("search_path")));
    planEnvironment =
        session
            .engine()
            .shared()
            .of(
                List.of(
                    types.dateStyle(),
                    types.intervalStyle(),
                    types.zone(),
                    types.extraFloatDigits(),
                    types.byteaHex(),
                    settings.isOn("standard_conforming_strings"),
                    planSettings()));
    settingsKey = session.engine().shared().of(settings.fingerprint());
    cachesResults = settings.isOn("quarkgres.result_cache");
    readsStandardStrings = settings.isOn("standard_conforming_strings");
    commitsSynchronously = !settings.get("synchronous_commit").equals("off");
    changed();
  }

  /** Returns all settings, for the key of results. */
  Object settingsKey() {
    refresh();
    return settingsKey;
  }

  /** Tells whether results of statements are cached. */
  boolean cachesResults() {
    refresh();
    return cachesResults;
  }

  /** Tells whether a backslash in a plain string is just that. */
  boolean readsStandardStrings() {
    refresh();
    return readsStandardStrings;
  }

  /** Tells whether a commit waits for the disk. */
  boolean commitsSynchronously() {
    refresh();
    return commitsSynchronously;
  }

  private void changed() {
    searchPathCatalog = -1;
    version++;
  }

  /** Returns a number that changes whenever settings or the temporary schema have changed. */
  @Override
  public long version() {
    refresh();
    return version;
  }

  @Override
  public TypeContext types() {
    refresh();
    if (types.transactionMicros() != transactionMicros()) {
      types =
          new TypeContext(
              types.dateStyle(),
              types.intervalStyle(),
              types.zone(),
              types.extraFloatDigits(),
              types.byteaHex(),
              transactionMicros(),
              types.objects(),
              types.domains());
    }
    return types;
  }

  @Override
  public long statementMicros() {
    return session.statementMicros();
  }

  @Override
  public long transactionMicros() {
    SessionTransaction transaction = session.transaction();
    return transaction == null ? session.statementMicros() : transaction.startMicros();
  }

  @Override
  public long clockMicros() {
    return session.engine().clock().micros();
  }

  @Override
  public SessionRandom random() {
    if (random == null) {
      random = new SessionRandom(session.engine().clock().random());
    }
    return random;
  }

  @Override
  public String setting(String name) {
    return session.settings().get(name);
  }

  @Override
  public Interruption interruption() {
    return session.interruption();
  }

  @Override
  public <T> T service(Class<T> kind) {
    return services.get(kind);
  }

  /** Returns the catalog as the session sees it now. */
  @Override
  public CatalogVersion catalog() {
    SessionTransaction transaction = session.transaction();
    return transaction == null ? session.database().catalog() : transaction.catalog();
  }

  /** Returns the schemas of the search path that exist, temporary ones first, each once. */
  List<String> searchPath() {
    refresh();
    CatalogVersion catalog = catalog();
    if (searchPathCatalog != catalog.version()) {
      searchPath = searchPath(catalog);
      searchPathCatalog = catalog.version();
    }
    return searchPath;
  }

  /** Tells whether the temporary schema stands first though nobody named it. */
  boolean isTemporarySchemaImplied() {
    refresh();
    return temporarySchema != null && !writtenPath.contains("pg_temp");
  }

  private List<String> searchPath(CatalogVersion catalog) {
    List<String> result = new ArrayList<>();
    if (firstSchema != null) {
      result.add(firstSchema);
    }
    if (isTemporarySchemaImplied()) {
      result.add(temporarySchema);
    }
    for (String written : writtenPath) {
      String name =
          switch (written) {
            case "$user" -> session.role().currentName();
            case "pg_temp" -> temporarySchema;
            default -> written;
          };
      SchemaEntry schema = name == null ? null : catalog.schema(name);
      if (schema != null
          && !result.contains(name)
          && session.role().rights().onSchema(schema, Privilege.USAGE, false)) {
        result.add(name);
      }
    }
    return session.engine().shared().of(List.copyOf(result));
  }

  private List<String> writtenPath() {
    refresh();
    return writtenPath;
  }

  /** Runs something with a schema in front of the search path, where new objects go. */
  void inSchema(String schema, Runnable action) {
    String before = firstSchema;
    firstSchema = schema;
    changed();
    try {
      action.run();
    } finally {
      firstSchema = before;
      changed();
    }
  }

  /** Returns the schema for new objects, or raises 3F000. */
  String creationSchema() {
    if (firstSchema != null) {
      return firstSchema;
    }
    for (String written : writtenPath()) {
      if (written.equals("pg_temp")) {
        return temporarySchema();
      }
      String name = written.equals("$user") ? session.role().currentName() : written;
      if (catalog().schema(name) != null) {
        return name;
      }
    }
    throw new SqlException(
        SqlState.INVALID_SCHEMA_NAME, "no schema has been selected to create in");
  }

  /** Returns the name of the session's temporary schema, or {@code null} when it has none yet. */
  String temporarySchemaOrNull() {
    return temporarySchema;
  }

  /** Returns the session's temporary schema, made in the running transaction if need be. */
  String temporarySchema() {
    if (temporarySchema == null || catalog().schema(temporarySchema) == null) {
      String name = temporaryName();
      int oid = session.engine().databases().newOid();
      session
          .transaction()
          .change(editor -> editor.put(new SchemaEntry(oid, name, Roles.SUPERUSER_OID)));
      temporarySchema = name;
      changed();
    }
    return temporarySchema;
  }

  /**
   * Returns the name that the temporary schema will have when it is there, if new objects go to it
   * and it is not there yet; else {@code null}.
   */
  String awaitedTemporarySchema() {
    for (String written : writtenPath()) {
      if (written.equals("pg_temp")) {
        return temporarySchema == null ? temporaryName() : null;
      }
      if (!written.equals("$user") && catalog().schema(written) != null) {
        return null;
      }
    }
    return null;
  }

  private String temporaryName() {
    return "pg_temp_" + session.temporaryNumber();
  }

  /** Drops what the session made in its temporary schema, at its end. */
  void dropTemporaryObjects() {
    if (temporarySchema == null) {
      return;
    }
    CatalogVersion catalog = session.database().catalog();
    SchemaEntry schema = catalog.schema(temporarySchema);
    if (schema == null) {
      return;
    }
    List<Integer> oids = new ArrayList<>();
    for (RelationEntry relation : catalog.relations()) {
      if (relation.schemaOid() == schema.oid()) {
        oids.add(relation.oid());
      }
    }
    session
        .database()
        .publish(
            List.of(editor -> {
              oids.forEach(editor::removeRelation);
              editor.removeSchema(schema.oid());
            }));
  }

  /** Returns a context for binding a statement with declared parameter types. */
  BindContext bindContext(List<Integer> parameterTypes) {
    SessionRole role = session.role();
    return new BindContext(
        catalog(),
        searchPath(),
        role.currentName(),
        parameterTypes,
        types(),
        role.rights().isSuperuser() ? BindContext.SchemaCheck.NONE : role::requireUsage);
  }

  /** Plans a statement over the catalog that the session sees. */
  PlannedStatement plan(BoundStatement bound) {
    CatalogVersion catalog = catalog();
    return Planner.plan(
        bound,
        catalog,
        planSettings(),
        new ConstantExpressions(catalog, this),
        bindContext(List.of()));
  }

  /** Returns the settings that plans depend on. */
  PlanSettings planSettings() {
    Settings settings = session.settings();
    return new PlanSettings(settings.isOn("enable_seqscan"), settings.isOn("enable_indexscan"));
  }

  /**
   * Returns what a bound statement depends on besides catalog and search path: how literals are
   * read, and the planner's settings. The transaction's time is not part of it, because literals
   * that depend on it are read when the statement runs.
   */
  Object planEnvironment() {
    refresh();
    return planEnvironment;
  }
}
