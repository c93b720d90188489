package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.ServerState;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.store.LogStatistics;
import java.util.List;

/** Databases, roles, settings and sessions; counters that nobody counts are NULL. Thread: any. */
final class ServerTables {
  /** Oid of {@code pg_read_all_stats}. */
  private static final int READ_ALL_STATS = 3375;

  private static final double NANOS_PER_MILLI = 1e6;

  /** What stands for the file of ALTER SYSTEM, which is part of the catalog here. */
  private static final String SETTINGS_FILE = "postgresql.auto.conf";

  /** Number of UTF8 in {@code pg_encoding_to_char}. */
  private static final int UTF8 = 6;

  private ServerTables() {}

  static void register(SystemTables t, ServerState server) {
    t.live("pg_database", (catalog, context, out) -> databases(catalog, server, out));
    RoleTables.register(t);
    t.live(
        "pg_settings",
        (catalog, context, out) -> server.settings(context).forEach(s -> setting(s, out)));
    t.live("pg_file_settings", (catalog, context, out) -> fileSettings(server.fileSettings(), out));
    t.live(
        "pg_prepared_statements",
        (catalog, context, out) ->
            server.preparedStatements(context).forEach(s -> prepared(s, out)));
    t.live(
        "pg_cursors",
        (catalog, context, out) -> server.cursors(context).forEach(c -> cursor(c, out)));
    t.live(
        "pg_stat_activity",
        (catalog, context, out) -> {
          int me = context.service(CatalogServices.class).currentRole();
          server.sessions().forEach(s -> session(catalog, me, s, out));
        });
    t.live(
        "pg_stat_progress_create_index",
        (catalog, context, out) ->
            server
                .indexBuilds()
                .forEach(b ->
                    build(catalog, context.service(CatalogServices.class).currentRole(), b, out)));
    for (String view : new String[] {"pg_stat_user_tables", "pg_stat_all_tables"}) {
      t.live(view, (catalog, context, out) -> tableStatistics(catalog, out));
    }
    for (String view : new String[] {"pg_stat_user_indexes", "pg_stat_all_indexes"}) {
      t.live(view, (catalog, context, out) -> indexStatistics(catalog, out));
    }
    t.live("pg_stat_wal", (catalog, context, out) -> log(server, out));
    t.live("pg_stat_bgwriter", (catalog, context, out) -> checkpoints(server, out));
    t.live(
        "pg_stat_database",
        (catalog, context, out) ->
            server
                .databases()
                .forEach(d -> out.set("datid", d.oid()).set("datname", d.name()).end()));
  }

  private static void databases(CatalogVersion catalog, ServerState server, RowSink out) {
    for (ServerState.DatabaseInfo database : server.databases()) {
      RoleCatalog.DatabaseRights rights = catalog.roles().database(database.oid());
      out.set("oid", database.oid())
          .set("datname", database.name())
          .set("datdba", rights.owner())
          .set("encoding", UTF8)
          .set("datlocprovider", 'c')
          .set("datistemplate", database.name().startsWith("template"))
          .set("datallowconn", !database.name().equals("template0"))
          .set("datconnlimit", -1)
          .set("dattablespace", 1663)
          .set("datcollate", "C.UTF-8")
          .set("datctype", "C.UTF-8");
      if (rights.acl() != null) {
        out.set("datacl", rights.acl().texts(catalog.roles()::name));
      } else if (database.name().startsWith("template")) {
        out.set("datacl", List.of("=c/postgres", "postgres=CTc/postgres"));
      }
      out.end();
    }
  }

  private static void setting(ServerState.SettingInfo s, RowSink out) {
    out.set("name", s.name())
        .set("setting", s.value())
        .set("unit", emptyAsNull(s.unit()))
        .set("category", s.category())
        .set("context", s.context())
        .set("vartype", s.kind())
        .set("source", s.origin().source())
        .set("min_val", emptyAsNull(s.minimum()))
        .set("max_val", emptyAsNull(s.maximum()))
        .set("enumvals", s.values().isEmpty() ? null : Texts.array(s.values()))
        .set("boot_val", s.bootValue())
        .set("reset_val", s.origin().resetValue())
        .set("sourcefile", s.origin().fileLine() == 0 ? null : SETTINGS_FILE)
        .set("sourceline", s.origin().fileLine() == 0 ? null : (Integer) s.origin().fileLine())
        .set("pending_restart", s.origin().isPendingRestart())
        .end();
  }

  /** PostgreSQL's file begins with two lines of comment. */
  private static void fileSettings(List<ServerState.FileSetting> settings, RowSink out) {
    for (int i = 0; i < settings.size(); i++) {
      ServerState.FileSetting s = settings.get(i);
      out.set("sourcefile", SETTINGS_FILE)
          .set("sourceline", i + 1 + CatalogServices.SETTINGS_FILE_COMMENT)
          .set("seqno", i + 1)
          .set("name", s.name())
          .set("setting", s.value())
          .set("applied", s.isApplied())
          .set("error", s.error())
          .end();
    }
  }

  private static void prepared(CatalogServices.PreparedInfo s, RowSink out) {
    out.set("name", s.name())
        .set("statement", s.statement())
        .set("prepare_time", s.preparedMicros())
        .set("parameter_types", s.parameterTypes())
        .set("from_sql", s.isFromSql())
        .set("generic_plans", s.genericPlans())
        .set("custom_plans", s.customPlans())
        .end();
  }

  private static void cursor(CatalogServices.CursorInfo c, RowSink out) {
    out.set("name", c.name())
        .set("statement", c.statement())
        .set("is_holdable", c.isHoldable())
        .set("is_binary", c.isBinary())
        .set("is_scrollable", c.isScrollable())
        .set("creation_time", c.createdMicros())
        .end();
  }

  private static void log(ServerState server, RowSink out) {
    LogStatistics log = server.logStatistics();
    out.set("wal_records", log.records())
        .set("wal_fpi", 0)
        .set("wal_bytes", log.bytes())
        .set("wal_buffers_full", log.fullBuffers())
        .set("wal_write", log.writes())
        .set("wal_sync", log.syncs())
        .set("wal_write_time", log.writeNanos() / NANOS_PER_MILLI)
        .set("wal_sync_time", log.syncNanos() / NANOS_PER_MILLI)
        .set("stats_reset", server.startMicros())
        .end();
  }

  /** There are no buffers to be written back, so only the checkpoints count. */
  private static void checkpoints(ServerState server, RowSink out) {
    LogStatistics log = server.logStatistics();
    out.set("checkpoints_timed", log.checkpointsTimed())
        .set("checkpoints_req", log.checkpointsRequested())
        .set("checkpoint_write_time", log.checkpointNanos() / NANOS_PER_MILLI)
        .set("checkpoint_sync_time", 0)
        .set("buffers_checkpoint", 0)
        .set("buffers_clean", 0)
        .set("maxwritten_clean", 0)
        .set("buffers_backend", 0)
        .set("buffers_backend_fsync", 0)
        .set("buffers_alloc", 0)
        .set("stats_reset", server.startMicros())
        .end();
  }

  private static String emptyAsNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static void session(
      CatalogVersion catalog, int me, ServerState.SessionInfo s, RowSink out) {
    RoleCatalog roles = catalog.roles();
    boolean isShown = isShown(roles, me, s);
    out.set("datid", s.databaseOid())
        .set("datname", s.databaseName())
        .set("pid", s.processId())
        .set("usesysid", s.roleOid())
        .set("usename", roles.name(s.roleOid()))
        .set("application_name", s.applicationName())
        .set("backend_start", isShown ? (Long) s.startMicros() : null)
        .set("xact_start", isShown ? s.transactionMicros() : null)
        .set("query_start", isShown ? s.queryMicros() : null)
        .set("state_change", isShown ? (Long) s.stateMicros() : null)
        .set("client_port", isShown && s.clientPort() >= 0 ? (Integer) s.clientPort() : null)
        .set("state", isShown ? s.state() : null)
        .set("query", isShown ? s.query() : "<insufficient privilege>")
        .set("backend_type", isShown ? "client backend" : null)
        .end();
  }

  private static boolean isShown(RoleCatalog roles, int me, ServerState.SessionInfo s) {
    return roles.hasRightsOf(me, s.roleOid(), 0) || roles.hasRightsOf(me, READ_ALL_STATS, 0);
  }

  /** A row of {@code pg_stat_progress_create_index}; a block is one of the table's. */
  private static void build(
      CatalogVersion catalog, int me, ServerState.IndexBuildInfo b, RowSink out) {
    ServerState.SessionInfo s = b.session();
    out.set("pid", s.processId()).set("datid", s.databaseOid()).set("datname", s.databaseName());
    if (isShown(catalog.roles(), me, s)) {
      BuildProgress progress = b.progress();
      out.set("relid", b.tableOid())
          .set("index_relid", 0)
          .set("command", "CREATE INDEX")
          .set("phase", "building index: " + progress.phase())
          .set("lockers_total", 0)
          .set("lockers_done", 0)
          .set("current_locker_pid", 0)
          .set("blocks_total", progress.blocks())
          .set("blocks_done", progress.blocksDone())
          .set("tuples_total", progress.rows())
          .set("tuples_done", progress.rowsDone())
          .set("partitions_total", 0)
          .set("partitions_done", 0);
    }
    out.end();
  }

  private static void tableStatistics(CatalogVersion catalog, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof TableEntry table) {
        out.set("relid", table.oid())
            .set("schemaname", table.schema())
            .set("relname", table.name())
            .set("n_live_tup", table.store().rowCountEstimate())
            .end();
      }
    }
  }

  private static void indexStatistics(CatalogVersion catalog, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof IndexEntry index
          && catalog.relationByOid(index.tableOid()) instanceof TableEntry) {
        out.set("relid", index.tableOid())
            .set("indexrelid", index.oid())
            .set("schemaname", index.schema())
            .set("relname", catalog.relationByOid(index.tableOid()).name())
            .set("indexrelname", index.name())
            .end();
      }
    }
  }
}
