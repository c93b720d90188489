package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.set.ColumnsCursor;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What a session is: user, database, schemas, settings, process, transaction. Thread: any. */
final class SessionFunctions {
  private static final String SCHEMA_OF_TEMPORARIES = "pg_temp_";
  private static final double MICROS = 1e6;

  private SessionFunctions() {}

  static void register(KernelTable t) {
    identity(t);
    waiting(t);
    channels(t);
    settings(t);
    processes(t);
  }

  private static void identity(KernelTable t) {
    t.row("current_user", (r, o) -> o.text(services(r).currentUser()));
    t.row("session_user", (r, o) -> o.text(services(r).sessionUser()));
    t.row("current_database", (r, o) -> o.text(services(r).catalog().databaseName()));
    t.row("current_schema", SessionFunctions::currentSchema);
    t.row("current_schemas", SessionFunctions::currentSchemas);
    t.row("pg_my_temp_schema", SessionFunctions::temporarySchema);
    t.row("pg_is_other_temp_schema", SessionFunctions::isOtherTemporarySchema);
    t.row("pgsql_version", (r, o) -> o.text(version(r)));
    t.row("pg_client_encoding", (r, o) -> o.text(services(r).currentSetting("client_encoding")));
    t.row("getdatabaseencoding", (r, o) -> o.text("UTF8"));
    t.row("inet_client_port", (r, o) -> port(services(r).clientPort(), o));
    t.row("inet_server_port", (r, o) -> port(services(r).serverPort(), o));
    t.row("inet_client_addr", (r, o) -> address(services(r).clientPort(), o));
    t.row("inet_server_addr", (r, o) -> address(services(r).serverPort(), o));
  }

  /** Where there is no port there is no address; one could not be told. */
  private static void address(int port, Out out) {
    if (port >= 0) {
      throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "type inet is not supported yet");
    }
    out.sqlNull();
  }

  private static void port(int port, Out out) {
    if (port < 0) {
      out.sqlNull();
    } else {
      out.int32(port);
    }
  }

  private static void waiting(KernelTable t) {
    t.row("pg_sleep", (r, o) -> sleep(r, r.float64(0) * MICROS, o));
    t.row("pg_sleep_for(interval)", (r, o) -> sleep(r, micros(r), o));
    t.row(
        "pg_sleep_until(timestamptz)",
        (r, o) -> sleep(r, (double) r.int64(0) - r.context().clockMicros(), o));
  }

  /** Returns how long an interval is from now on, microseconds. */
  private static double micros(Row row) {
    int months = (int) row.low(0);
    int days = (int) (row.low(0) >> Integer.SIZE);
    LocalDateTime now =
        LocalDateTime.ofEpochSecond(row.context().clockMicros() / 1_000_000, 0, ZoneOffset.UTC);
    return ChronoUnit.SECONDS.between(now, now.plusMonths(months).plusDays(days)) * MICROS
        + row.high(0);
  }

  private static void channels(KernelTable t) {
    t.row(
        "pg_notify",
        (r, o) -> {
          services(r).notify(r.isNull(0) ? "" : r.text(0), r.isNull(1) ? "" : r.text(1));
          o.bool(false);
        });
    t.set(
        "pg_listening_channels",
        (c, a, p, x) -> {
          List<String> names = x.service(CatalogServices.class).listeningChannels();
          BytesBuilder builder = new BytesBuilder(names.size());
          names.forEach(builder::append);
          return new ColumnsCursor(builder.build());
        });
    t.row("pg_notification_queue_usage", (r, o) -> o.float64(services(r).notificationQueueUsage()));
  }

  private static String version(Row row) {
    return "PostgreSQL "
        + services(row).currentSetting("server_version")
        + " on Java "
        + Runtime.version().feature()
        + ", 64-bit";
  }

  private static void currentSchema(Row row, Out out) {
    List<String> path = services(row).searchPath();
    if (path.isEmpty()) {
      out.sqlNull();
    } else {
      out.text(path.get(0));
    }
  }

  private static void currentSchemas(Row row, Out out) {
    CatalogServices services = services(row);
    List<String> path = row.bool(0) ? services.searchPathWithImplied() : services.searchPath();
    BytesBuilder names = new BytesBuilder(path.size());
    path.forEach(names::append);
    ArrayValue.of(Oids.NAME, names.build()).appendTo(out.builder());
  }

  private static String temporarySchema(CatalogServices services) {
    for (String schema : services.searchPathWithImplied()) {
      if (schema.startsWith(SCHEMA_OF_TEMPORARIES)) {
        return schema;
      }
    }
    return null;
  }

  private static void temporarySchema(Row row, Out out) {
    String name = temporarySchema(services(row));
    SchemaEntry schema = name == null ? null : services(row).catalog().schema(name);
    out.int32(schema == null ? 0 : schema.oid());
  }

  private static void isOtherTemporarySchema(Row row, Out out) {
    SchemaEntry schema = services(row).catalog().schemaByOid(row.int32(0));
    out.bool(
        schema != null
            && schema.name().startsWith(SCHEMA_OF_TEMPORARIES)
            && !schema.name().equals(temporarySchema(services(row))));
  }

  private static void settings(KernelTable t) {
    t.row("show_config_by_name", (r, o) -> setting(r, false, o));
    t.row("show_config_by_name_missing_ok", (r, o) -> setting(r, r.bool(1), o));
    t.row("set_config_by_name", SessionFunctions::set);
  }

  private static void setting(Row row, boolean isMissingOk, Out out) {
    String value = services(row).currentSetting(row.text(0));
    if (value != null) {
      out.text(value);
    } else if (isMissingOk) {
      out.sqlNull();
    } else {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT,
          "unrecognized configuration parameter \"" + row.text(0) + "\"");
    }
  }

  private static void set(Row row, Out out) {
    if (row.isNull(0)) {
      throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "SET requires parameter name");
    }
    String value = row.isNull(1) ? null : row.text(1);
    boolean isLocal = !row.isNull(2) && row.bool(2);
    out.text(services(row).setConfig(row.text(0), value, isLocal));
  }

  private static void processes(KernelTable t) {
    t.row("pg_backend_pid", (r, o) -> o.int32(services(r).processId()));
    t.row("pg_tablespace_location", (r, o) -> o.text(""));
    t.row("pg_is_in_recovery", (r, o) -> o.bool(false));
    t.row("pg_postmaster_start_time", (r, o) -> o.int64(services(r).serverStartMicros()));
    t.row("pg_conf_load_time", (r, o) -> o.int64(services(r).serverStartMicros()));
    t.row(
        "pg_reload_conf",
        (r, o) -> {
          services(r).reloadSettings();
          o.bool(true);
        });
    t.row("pg_cancel_backend", (r, o) -> o.bool(services(r).cancelBackend(r.int32(0))));
    t.row("pg_terminate_backend", (r, o) -> o.bool(services(r).terminateBackend(r.int32(0))));
    t.row("pg_current_xact_id", (r, o) -> o.int64(services(r).transactionId()));
  }

  /** Waits; a cancelled statement wakes up. */
  private static void sleep(Row row, double micros, Out out) {
    Interruption interruption = row.context().interruption();
    long until = System.nanoTime() + (long) (Math.max(0, micros) * 1e3);
    interruption.enterWait();
    try {
      for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
        interruption.check();
        LockSupport.parkNanos(left);
      }
    } finally {
      interruption.leaveWait();
    }
    interruption.check();
    out.bool(false);
  }
}
