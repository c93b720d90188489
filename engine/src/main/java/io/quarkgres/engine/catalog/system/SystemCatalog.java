package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.PredefinedRoles;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.ServerState;
import java.util.Set;

/** Puts the system schemas and their virtual tables into a new database's catalog. Thread: any. */
public final class SystemCatalog {
  /** Oid of schema {@code pg_catalog}. */
  public static final int PG_CATALOG = 11;

  /** Oid of schema {@code public}. */
  public static final int PUBLIC = 2200;

  /** Oid of schema {@code pg_toast}, which is always empty here. */
  public static final int PG_TOAST = 99;

  /** Oid of {@code pg_namespace}. */
  private static final int PG_NAMESPACE = 2615;

  /** Oid of {@code pg_database}. */
  private static final int PG_DATABASE = 1262;

  /** Oid of schema {@code information_schema}. */
  public static final int INFORMATION_SCHEMA = 13_207;

  private static final int SUPERUSER = 10;

  private SystemCatalog() {}

  /** Returns the catalog with the system schemas, {@code public} and all virtual tables. */
  public static CatalogVersion install(CatalogVersion empty, ServerState server) {
    CatalogVersion schemas =
        empty.change(editor -> {
          editor.put(new SchemaEntry(PG_CATALOG, "pg_catalog", SUPERUSER));
          editor.put(new SchemaEntry(PG_TOAST, "pg_toast", SUPERUSER));
          editor.put(new SchemaEntry(PUBLIC, "public", PredefinedRoles.DATABASE_OWNER));
          editor.comment(PG_NAMESPACE, PUBLIC, 0, "standard public schema");
          editor.comment(PG_DATABASE, 1, 0, "default template for new databases");
          editor.comment(PG_DATABASE, 4, 0, "unmodifiable empty database");
          editor.comment(PG_DATABASE, 5, 0, "default administrative connection database");
          editor.put(new SchemaEntry(INFORMATION_SCHEMA, "information_schema", SUPERUSER));
          for (int oid : new int[] {PG_CATALOG, PUBLIC, INFORMATION_SCHEMA}) {
            int owner = oid == PUBLIC ? PredefinedRoles.DATABASE_OWNER : SUPERUSER;
            Acl acl =
                Acl.ofOwner(Privilege.Kind.SCHEMA, owner)
                    .grant(Acl.PUBLIC, owner, Set.of(Privilege.USAGE), false);
            editor.acl(Privilege.Kind.SCHEMA.classOid(), oid, 0, acl);
          }
          InformationDomains.all().forEach(editor::put);
        });
    return schemas.change(
        editor -> SystemTables.make(schemas.types(), server).forEach(editor::put));
  }
}
