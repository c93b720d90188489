package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.DefinitionPrinter;
import io.quarkgres.engine.catalog.ExtensionEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.ServerState;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code pg_extension}, its members in {@code pg_depend}, and the access methods and operator
 * classes they bring. Thread: any.
 */
final class ExtensionTables {
  private static final int PG_CLASS = 1259;
  private static final int PG_TYPE = 1247;
  private static final int PG_PROC = 1255;
  private static final int PG_OPERATOR = 2617;
  private static final int PG_EXTENSION = 3079;
  private static final int PG_ATTRDEF = 2604;
  private static final int PG_CONSTRAINT = 2606;
  private static final int PG_AM = 2601;
  private static final int PG_OPCLASS = 2616;
  private static final int PG_OPFAMILY = 2753;
  private static final int PG_NAMESPACE = 2615;

  private static final int PG_REWRITE = 2618;
  private static final int PG_CAST = 2605;

  private ExtensionTables() {}

  static void register(SystemTables t, ServerState server) {
    t.rows("pg_extension", ExtensionTables::extensions);
    t.rows("pg_am", (catalog, context, out) -> methods(catalog, server, out));
    t.rows("pg_opclass", (catalog, context, out) -> classes(catalog, server, out));
    t.rows("pg_opfamily", (catalog, context, out) -> families(catalog, server, out));
    t.rows("pg_depend", (catalog, context, out) -> dependencies(catalog, server, context, out));
    t.rows("pg_rewrite", ExtensionTables::rules);
    t.live("pg_available_extensions", (c, context, out) -> available(c, server, out));
    t.live("pg_available_extension_versions", (c, context, out) -> versions(c, server, out));
  }

  private static void extensions(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (ExtensionEntry e : catalog.extensions()) {
      out.set("oid", e.oid())
          .set("extname", e.name())
          .set("extowner", e.owner())
          .set("extnamespace", e.schemaOid())
          .set("extrelocatable", true)
          .set("extversion", e.version())
          .end();
    }
  }

  /** Returns the extensions that are created, with where. */
  private static Map<ExtensionEntry, Extension> created(
      CatalogVersion catalog, ServerState server) {
    Map<ExtensionEntry, Extension> result = new LinkedHashMap<>();
    for (Extension extension : server.extensions()) {
      ExtensionEntry entry = catalog.extension(extension.name());
      if (entry != null) {
        result.put(entry, extension);
      }
    }
    return result;
  }

  private static Set<String> methods(Extension extension) {
    Set<String> result = new TreeSet<>();
    extension.operatorClasses().forEach(c -> result.add(c.method()));
    result.removeIf(AccessMethods::isBuiltin);
    return result;
  }

  private static void methods(CatalogVersion catalog, ServerState server, RowSink out) {
    for (Extension extension : created(catalog, server).values()) {
      for (String method : methods(extension)) {
        FunctionDef handler = AccessMethods.handler(catalog, method);
        out.set("oid", AccessMethods.oid(method))
            .set("amname", method)
            .set("amhandler", handler == null ? 0 : handler.oid())
            .set("amtype", 'i')
            .end();
      }
    }
  }

  private static void classes(CatalogVersion catalog, ServerState server, RowSink out) {
    created(catalog, server)
        .forEach((entry, extension) -> {
          for (Extension.OperatorClass c : extension.operatorClasses()) {
            out.set("oid", c.oid())
                .set("opcmethod", AccessMethods.oid(c.method()))
                .set("opcname", c.name())
                .set("opcnamespace", entry.schemaOid())
                .set("opcowner", entry.owner())
                .set("opcfamily", c.oid())
                .set("opcintype", c.inputType())
                .set("opcdefault", c.isDefault())
                .end();
          }
        });
  }

  /** Each class of an extension is a family of its own, under the same oid. */
  private static void families(CatalogVersion catalog, ServerState server, RowSink out) {
    created(catalog, server)
        .forEach((entry, extension) -> {
          for (Extension.OperatorClass c : extension.operatorClasses()) {
            out.set("oid", c.oid())
                .set("opfmethod", AccessMethods.oid(c.method()))
                .set("opfname", c.name())
                .set("opfnamespace", entry.schemaOid())
                .set("opfowner", entry.owner())
                .end();
          }
        });
  }

  private static void dependencies(
      CatalogVersion catalog, ServerState server, EvalContext context, RowSink out) {
    DefinitionPrinter definitions = context.service(CatalogServices.class).definitions();
    created(catalog, server).forEach((entry, extension) -> members(entry, extension, out));
    for (RelationEntry relation : catalog.relations()) {
      switch (relation) {
        case SequenceEntry sequence -> sequence(catalog, sequence, out);
        case TableEntry table -> table(table, definitions, out);
        case IndexEntry index -> index(catalog, index, definitions, out);
        case ViewEntry view -> view(view, definitions, out);
        case VirtualTable table -> {}
      }
    }
  }

  private static void members(ExtensionEntry entry, Extension extension, RowSink out) {
    for (SqlType type : extension.types()) {
      if (TypeFacts.isArray(type)) {
        depend(out, PG_TYPE, type.oid(), 0, PG_TYPE, type.info().element(), 0, 'i');
      } else {
        member(out, PG_TYPE, type.oid(), entry);
      }
    }
    extension.functions().forEach(f -> member(out, PG_PROC, f.oid(), entry));
    extension.operators().forEach(o -> member(out, PG_OPERATOR, o.oid(), entry));
    extension.casts().forEach(c -> member(out, PG_CAST, ObjectTables.castOid(c), entry));
    methods(extension).forEach(m -> member(out, PG_AM, AccessMethods.oid(m), entry));
    for (Extension.OperatorClass c : extension.operatorClasses()) {
      member(out, PG_OPCLASS, c.oid(), entry);
      member(out, PG_OPFAMILY, c.oid(), entry);
    }
    depend(out, PG_EXTENSION, entry.oid(), 0, PG_NAMESPACE, entry.schemaOid(), 0, 'n');
  }

  private static void member(RowSink out, int classOid, int oid, ExtensionEntry entry) {
    depend(out, classOid, oid, 0, PG_EXTENSION, entry.oid(), 0, 'e');
  }

  private static void depend(
      RowSink out, int classOid, int oid, int part, int onClass, int on, int onPart, char kind) {
    out.set("classid", classOid)
        .set("objid", oid)
        .set("objsubid", part)
        .set("refclassid", onClass)
        .set("refobjid", on)
        .set("refobjsubid", onPart)
        .set("deptype", kind)
        .end();
  }

  private static void sequence(CatalogVersion catalog, SequenceEntry sequence, RowSink out) {
    depend(out, PG_CLASS, sequence.oid(), 0, PG_NAMESPACE, sequence.schemaOid(), 0, 'n');
    RelationEntry table = catalog.relationByOid(sequence.ownedByTable());
    if (table != null) {
      int number = sequence.ownedByColumn();
      boolean isIdentity =
          table.columns().stream().anyMatch(c -> c.number() == number && c.identity() != 0);
      char kind = isIdentity ? 'i' : 'a';
      depend(out, PG_CLASS, sequence.oid(), 0, PG_CLASS, table.oid(), number, kind);
    }
  }

  /** A view depends on nothing but its rule does, which has the view's oid. */
  private static void view(ViewEntry view, DefinitionPrinter definitions, RowSink out) {
    depend(out, PG_CLASS, view.oid(), 0, PG_NAMESPACE, view.schemaOid(), 0, 'n');
    depend(out, PG_REWRITE, view.oid(), 0, PG_CLASS, view.oid(), 0, 'i');
    depend(out, PG_REWRITE, view.oid(), 0, PG_CLASS, view.oid(), 0, 'n');
    for (DefinitionPrinter.Reference reference : definitions.references(view)) {
      depend(
          out, PG_REWRITE, view.oid(), 0, PG_CLASS, reference.relation(), reference.column(), 'n');
    }
  }

  private static void rules(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation instanceof ViewEntry view) {
        out.set("oid", view.oid())
            .set("rulename", "_RETURN")
            .set("ev_class", view.oid())
            .set("ev_type", '1')
            .set("ev_enabled", 'O')
            .set("is_instead", true)
            .set("ev_qual", "<>")
            .set("ev_action", view.querySql())
            .end();
      }
    }
  }

  private static void table(TableEntry table, DefinitionPrinter definitions, RowSink out) {
    depend(out, PG_CLASS, table.oid(), 0, PG_NAMESPACE, table.schemaOid(), 0, 'n');
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && ObjectTables.isOurs(column.type().oid())) {
        depend(out, PG_CLASS, table.oid(), column.number(), PG_TYPE, column.type().oid(), 0, 'n');
      }
      if (RelationTables.hasDefault(column)) {
        int oid = RelationTables.defaultOid(table, column);
        depend(out, PG_ATTRDEF, oid, 0, PG_CLASS, table.oid(), column.number(), 'a');
        if (column.generated() == 0) {
          for (int used : definitions.relationsIn(column.defaultSql())) {
            depend(out, PG_ATTRDEF, oid, 0, PG_CLASS, used, 0, 'n');
          }
        }
      }
    }
    for (ConstraintEntry constraint : table.constraints()) {
      depend(out, PG_CONSTRAINT, constraint.oid(), 0, PG_CLASS, table.oid(), 0, 'a');
      if (constraint instanceof ConstraintEntry.ForeignKey key) {
        int target = key.referencedTable();
        for (int column : key.referencedColumns()) {
          depend(out, PG_CONSTRAINT, key.oid(), 0, PG_CLASS, target, column, 'n');
        }
      } else if (constraint instanceof ConstraintEntry.Key key) {
        depend(out, PG_CLASS, key.indexOid(), 0, PG_CONSTRAINT, key.oid(), 0, 'i');
      }
    }
  }

  /** An index of a constraint depends on that alone, another on the columns that it reads. */
  private static void index(
      CatalogVersion catalog, IndexEntry index, DefinitionPrinter definitions, RowSink out) {
    if (!(catalog.relationByOid(index.tableOid()) instanceof TableEntry table)) {
      return; // of a system catalog, which cannot be dropped
    }
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Key key && key.indexOid() == index.oid()) {
        return;
      }
    }
    List<Integer> columns = new ArrayList<>(index.includedColumns());
    List<String> texts = new ArrayList<>();
    for (IndexEntry.Key key : index.keys()) {
      if (key.column() != 0) {
        columns.add(key.column());
      } else {
        texts.add(key.expressionSql());
      }
    }
    if (columns.isEmpty()) {
      columns.add(0);
    }
    if (index.predicateSql() != null) {
      texts.add(index.predicateSql());
    }
    texts.forEach(text -> columns.addAll(definitions.columnsIn(text, table)));
    for (int column : columns) {
      depend(out, PG_CLASS, index.oid(), 0, PG_CLASS, table.oid(), column, 'a');
    }
  }

  private static void available(CatalogVersion catalog, ServerState server, RowSink out) {
    new TreeMap<>(server.availableExtensions())
        .forEach((name, facts) -> {
          ExtensionEntry created = catalog.extension(name);
          out.set("name", name)
              .set("default_version", facts.get(0))
              .set("installed_version", created == null ? null : created.version())
              .set("comment", facts.get(1))
              .end();
        });
  }

  private static void versions(CatalogVersion catalog, ServerState server, RowSink out) {
    new TreeMap<>(server.availableExtensions())
        .forEach((name, facts) ->
            out.set("name", name)
                .set("version", facts.get(0))
                .set("installed", catalog.extension(name) != null)
                .set("superuser", true)
                .set("trusted", true)
                .set("relocatable", true)
                .set("comment", facts.get(1))
                .end());
  }
}
