package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ServerState;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.session.setting.SettingTable;
import io.quarkgres.spi.store.LogStatistics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows the server's state to the virtual tables. Thread: any. */
final class ServerViews implements ServerState {
  private final LocalEngine engine;

  ServerViews(LocalEngine engine) {
    this.engine = engine;
  }

  @Override
  public Collection<DatabaseInfo> databases() {
    List<DatabaseInfo> result = new ArrayList<>();
    for (Database database : engine.databases()) {
      result.add(new DatabaseInfo(database.oid(), database.name()));
    }
    return result;
  }

  @Override
  public Collection<SessionInfo> sessions() {
    List<SessionInfo> result = new ArrayList<>();
    for (ClientSession session : engine.sessions()) {
      result.add(info(session));
    }
    return result;
  }

  private static SessionInfo info(ClientSession session) {
    SessionActivity activity = session.activity();
    SessionTransaction transaction = session.transactions().current();
    return new SessionInfo(
        session.processId(),
        session.database().oid(),
        session.database().name(),
        session.role().login(),
        session.reportedSettings().getOrDefault("application_name", ""),
        activity.query(),
        activity.isRunning() ? "active" : session.transactions().idleState(),
        session.startMicros(),
        transaction == null ? null : transaction.startMicros(),
        activity.queryMicros(),
        activity.changedMicros(),
        session.clientPort());
  }

  @Override
  public Collection<IndexBuildInfo> indexBuilds() {
    List<IndexBuildInfo> result = new ArrayList<>();
    for (ClientSession session : engine.sessions()) {
      RunningBuild build = session.runningBuild();
      if (build != null) {
        result.add(new IndexBuildInfo(info(session), build.tableOid(), build.progress()));
      }
    }
    return result;
  }

  @Override
  public Collection<SettingInfo> settings(EvalContext context) {
    CatalogServices services = context.service(CatalogServices.class);
    List<SettingInfo> result = new ArrayList<>();
    for (SettingTable.Definition d : engine.settingTable().all()) {
      if (!services.maySeeSetting(d.name())) {
        continue;
      }
      String value = services.rawSetting(d.name());
      result.add(
          new SettingInfo(
              d.name(),
              value == null ? d.bootValue() : value,
              d.unit(),
              d.category(),
              d.context(),
              d.kind(),
              d.minimum(),
              d.maximum(),
              d.values(),
              d.bootValue(),
              services.settingOrigin(d.name())));
    }
    return result;
  }

  @Override
  public List<FileSetting> fileSettings() {
    return engine.serverSettings().fileSettings();
  }

  @Override
  public Collection<CatalogServices.PreparedInfo> preparedStatements(EvalContext context) {
    return context.service(CatalogServices.class).preparedStatements();
  }

  @Override
  public Collection<CatalogServices.CursorInfo> cursors(EvalContext context) {
    return context.service(CatalogServices.class).cursors();
  }

  @Override
  public Map<String, List<String>> availableExtensions() {
    Map<String, List<String>> result = new TreeMap<>();
    for (Extension extension : engine.extensions()) {
      result.put(extension.name(), List.of(extension.version(), extension.comment()));
    }
    return result;
  }

  @Override
  public List<Extension> extensions() {
    return engine.extensions();
  }

  @Override
  public List<Extension.OperatorClass> operatorClasses() {
    return engine.extensions().stream().flatMap(e -> e.operatorClasses().stream()).toList();
  }

  @Override
  public LogStatistics logStatistics() {
    return engine.storage().logStatistics();
  }

  @Override
  public long startMicros() {
    return engine.startMicros();
  }
}
