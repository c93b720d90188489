package io.quarkgres.engine.catalog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.ServerState;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.PlainContext;
import io.quarkgres.engine.function.builtin.BuiltinFunctions;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.LogStatistics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemTablesTest {
  /** Definitions are printed under a session's search path, and some ask for the current role. */
  private static final List<String> NEED_A_SESSION =
      List.of(
          "applicable_roles",
          "check_constraints",
          "column_privileges",
          "columns",
          "domains",
          "enabled_roles",
          "pg_depend",
          "pg_indexes",
          "pg_stat_activity",
          "role_column_grants",
          "role_table_grants",
          "table_privileges");

  private final CatalogVersion catalog =
      SystemCatalog.install(
          CatalogVersion.initial(
              5, "postgres", BuiltinTypes.registry(), BuiltinFunctions.registry()),
          new NoServer());

  private List<Block> rows(VirtualTable table) {
    List<Block> result = new ArrayList<>();
    BlockCursor cursor = table.rows().open(catalog, PlainContext.INSTANCE);
    for (Block block = cursor.next(); block != null; block = cursor.next()) {
      result.add(block);
    }
    return result;
  }

  private VirtualTable table(String name) {
    return (VirtualTable) catalog.relation("pg_catalog", name);
  }

  private int count(String name) {
    return rows(table(name)).stream().mapToInt(Block::rowCount).sum();
  }

  @Test
  void everyTableYieldsItsColumns() {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof VirtualTable table
          && !NEED_A_SESSION.contains(table.name())
          && !InformationTypes.NOT_BUILT.contains(table.name())) {
        for (Block block : rows(table)) {
          assertThat(block.columns()).as(table.name()).hasSize(table.columns().size());
        }
      }
    }
  }

  @Test
  void aViewThatNobodyFillsIsRefused() {
    for (String name : InformationTypes.NOT_BUILT) {
      VirtualTable view = (VirtualTable) catalog.relation("information_schema", name);
      assertThatThrownBy(() -> rows(view))
          .as(name)
          .isInstanceOfSatisfying(
              SqlException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED));
    }
  }

  @Test
  void relationsHavePostgresOids() {
    assertThat(catalog.relation("pg_catalog", "pg_class").oid()).isEqualTo(1259);
    assertThat(catalog.relation("pg_catalog", "pg_type").oid()).isEqualTo(1247);
    assertThat(catalog.relation("information_schema", "columns").kind()).isEqualTo('v');
  }

  @Test
  void classAndTypeListWhatThereIs() {
    assertThat(count("pg_class")).isEqualTo(catalog.relations().size());
    assertThat(count("pg_proc")).isEqualTo(catalog.functions().allFunctions().size());
    assertThat(count("pg_cast")).isEqualTo(catalog.functions().allCasts().size());
    assertThat(count("pg_operator")).isEqualTo(catalog.functions().allOperators().size());
  }

  @Test
  void typesOfTheRegistryAreTheRecordedOnes() {
    Block first = rows(table("pg_type")).get(0);
    for (int i = 0; i < first.rowCount(); i++) {
      int oid = ((IntColumn) first.column(0)).values()[i];
      String name = ((BytesColumn) first.column(1)).string(i);
      assertThat(catalog.types().byOid(oid).name()).isEqualTo(name);
    }
  }

  /** A server without anything. */
  private static final class NoServer implements ServerState {
    @Override
    public LogStatistics logStatistics() {
      return LogStatistics.NONE;
    }

    @Override
    public long startMicros() {
      return 0;
    }

    @Override
    public List<FileSetting> fileSettings() {
      return List.of();
    }

    @Override
    public Collection<CatalogServices.PreparedInfo> preparedStatements(EvalContext context) {
      return List.of();
    }

    @Override
    public Collection<CatalogServices.CursorInfo> cursors(EvalContext context) {
      return List.of();
    }

    @Override
    public Collection<DatabaseInfo> databases() {
      return List.of(new DatabaseInfo(5, "postgres"));
    }

    @Override
    public Collection<SessionInfo> sessions() {
      return List.of();
    }

    @Override
    public Collection<IndexBuildInfo> indexBuilds() {
      return List.of();
    }

    @Override
    public Collection<SettingInfo> settings(EvalContext context) {
      return List.of();
    }

    @Override
    public Map<String, List<String>> availableExtensions() {
      return Map.of();
    }

    @Override
    public List<Extension> extensions() {
      return List.of();
    }

    @Override
    public List<Extension.OperatorClass> operatorClasses() {
      return List.of();
    }
  }
}
