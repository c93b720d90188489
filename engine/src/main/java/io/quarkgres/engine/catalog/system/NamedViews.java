package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.ObjectDefinitions;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.function.EvalContext;

/** {@code pg_tables}, {@code pg_views}, {@code pg_indexes}, {@code pg_sequences}. Thread: any. */
final class NamedViews {
  private NamedViews() {}

  static void register(SystemTables t) {
    t.rows("pg_tables", NamedViews::tables);
    t.live("pg_views", NamedViews::views);
    t.live("pg_indexes", NamedViews::indexes);
    // last_value is not transactional and so not the catalog version's
    t.live("pg_sequences", NamedViews::sequences);
  }

  private static void tables(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation.kind() == 'r') {
        boolean hasTriggers =
            !catalog.referencesTo(relation.oid()).isEmpty()
                || relation instanceof TableEntry table
                    && table.constraints().stream()
                        .anyMatch(c -> c instanceof ConstraintEntry.ForeignKey);
        out.set("schemaname", relation.schema())
            .set("tablename", relation.name())
            .set("tableowner", catalog.roles().name(relation.owner()))
            .set(
                "hasindexes",
                relation instanceof VirtualTable || !catalog.indexesOf(relation.oid()).isEmpty())
            .set("hasrules", false)
            .set("hastriggers", hasTriggers)
            .set("rowsecurity", false)
            .end();
      }
    }
  }

  private static void views(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation.kind() == 'v') {
        out.set("schemaname", relation.schema())
            .set("viewname", relation.name())
            .set("viewowner", catalog.roles().name(relation.owner()))
            .set(
                "definition",
                relation instanceof ViewEntry view
                    ? context.service(CatalogServices.class).definitions().view(view, false, 0)
                    : null)
            .end();
      }
    }
  }

  private static void indexes(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof IndexEntry index) {
        RelationEntry table = catalog.relationByOid(index.tableOid());
        String name = ObjectNaming.quote(table.schema()) + "." + ObjectNaming.quote(table.name());
        out.set("schemaname", table.schema())
            .set("tablename", table.name())
            .set("indexname", index.name())
            .set(
                "indexdef",
                ObjectDefinitions.index(context.service(CatalogServices.class), index, name, false))
            .end();
      }
    }
  }

  private static void sequences(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof SequenceEntry s) {
        SequenceEntry.State state = s.state().get();
        out.set("schemaname", s.schema())
            .set("sequencename", s.name())
            .set("sequenceowner", catalog.roles().name(s.owner()))
            .set("data_type", s.typeOid())
            .set("start_value", s.start())
            .set("min_value", s.minimum())
            .set("max_value", s.maximum())
            .set("increment_by", s.increment())
            .set("cycle", s.isCycling())
            .set("cache_size", s.cache())
            .set("last_value", state.isCalled() ? (Long) state.lastValue() : null)
            .end();
      }
    }
  }
}
