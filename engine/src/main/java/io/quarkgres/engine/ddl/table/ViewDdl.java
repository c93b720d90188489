package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.Persistence;
import io.quarkgres.engine.ast.RelationStatement;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.type.TypeDdl;
import io.quarkgres.engine.deparse.Style;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CREATE VIEW. Used by the session's thread. */
public final class ViewDdl {
  private final DdlContext context;

  public ViewDdl(DdlContext context) {
    this.context = context;
  }

  public String create(RelationStatement.CreateView s) {
    RelationStatement.CheckOption checkOption = checkOption(s);
    String name = s.name().name();
    BoundStatement bound = context.bind(s.query().query());
    String schemaName = NewRelation.schemaFor(context, s.name(), persistence(s, bound));
    List<ColumnEntry> columns = columns(s, bound);
    context.lockName(schemaName, name);
    RelationEntry old = context.catalog().relation(schemaName, name);
    int oid = context.newOid();
    if (old == null) {
      TypeDdl.refuseTypeName(context, schemaName, name);
    } else {
      if (!s.isOrReplace()) {
        throw DdlErrors.duplicateRelation(name);
      }
      if (!(old instanceof ViewEntry)) {
        throw DdlErrors.wrongKind(name, "view", "a");
      }
      context.rights().requireOwner(old);
      context.lock(old.oid(), LockMode.ACCESS_EXCLUSIVE);
      requireReplaceable(old.columns(), columns);
      oid = old.oid();
    }
    SchemaEntry schema = context.catalog().schema(schemaName);
    ViewEntry view =
        resolved(
            new ViewEntry(
                oid,
                schema.oid(),
                schema.name(),
                name,
                old != null ? old.owner() : context.currentUser(),
                columns,
                s.query().text(),
                context.searchPath(),
                checkOption,
                old == null ? context.newRowType() : old.rowType()));
    if (checkOption != RelationStatement.CheckOption.NONE) {
      requireUpdatable(view);
    }
    context.change(editor -> editor.put(view));
    return "CREATE VIEW";
  }

  /** A view of something temporary is temporary, too. */
  private Persistence persistence(RelationStatement.CreateView s, BoundStatement bound) {
    if (s.isTemporary()) {
      return Persistence.TEMPORARY;
    }
    for (BoundStatement.TableUse use : bound.tables()) {
      RelationEntry relation = context.catalog().relationByOid(use.oid());
      if (relation != null && relation.schema().startsWith("pg_temp_")) {
        context.notice(
            "NOTICE", "00000", "view \"" + s.name().name() + "\" will be a temporary view");
        return Persistence.TEMPORARY;
      }
    }
    return Persistence.PERMANENT;
  }

  /**
   * Returns a view whose kept text has each star written out and each name resolved: columns that
   * its tables get later must not become columns of the view.
   */
  private ViewEntry resolved(ViewEntry view) {
    String text = context.deparser().view(view, Style.KEPT);
    ViewEntry result = view.withQuery(text.substring(0, text.length() - 1));
    List<ResultColumn> bound = context.bindView(result).columns();
    for (int i = 0; i < bound.size(); i++) {
      ColumnEntry column = view.columns().get(i);
      boolean isSame =
          bound.get(i).type().oid() == column.type().oid()
              && bound.get(i).typmod() == column.typmod();
      if (!isSame) {
        throw DdlErrors.notBuilt("column \"" + column.name() + "\" of such a view");
      }
    }
    return result;
  }

  private static RelationStatement.CheckOption checkOption(RelationStatement.CreateView s) {
    RelationStatement.CheckOption result = s.checkOption();
    for (Option option : s.options()) {
      if (!option.name().equals("check_option") || option.value() == null) {
        throw DdlErrors.notBuilt("a view option");
      }
      result =
          switch (option.value()) {
            case "local" -> RelationStatement.CheckOption.LOCAL;
            case "cascaded" -> RelationStatement.CheckOption.CASCADED;
            default ->
                throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "invalid value for enum option \"check_option\": " + option.value(),
                    "Valid values are \"local\" and \"cascaded\".",
                    null);
          };
    }
    return result;
  }

  private void requireUpdatable(ViewEntry view) {
    String obstacle = context.notUpdatable(view);
    if (obstacle != null) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "WITH CHECK OPTION is supported only on automatically updatable views",
          null,
          obstacle);
    }
  }

  private static List<ColumnEntry> columns(RelationStatement.CreateView s, BoundStatement bound) {
    if (s.columns().size() > bound.columns().size()) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR, "CREATE VIEW specifies more column names than columns");
    }
    List<ColumnEntry> result = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < bound.columns().size(); i++) {
      ResultColumn c = bound.columns().get(i);
      String name = i < s.columns().size() ? s.columns().get(i) : c.name();
      if (!names.add(name)) {
        throw DdlErrors.duplicateColumn(name);
      }
      if (c.type().oid() == Oids.RECORD) {
        throw new SqlException(
            SqlState.INVALID_TABLE_DEFINITION, "column \"" + name + "\" has pseudo-type record");
      }
      result.add(
          new ColumnEntry(
              name, i + 1, c.type(), c.typmod(), 0, false, null, (char) 0, (char) 0, false));
    }
    return result;
  }

  private static void requireReplaceable(List<ColumnEntry> old, List<ColumnEntry> replaced) {
    if (replaced.size() < old.size()) {
      throw new SqlException(SqlState.INVALID_TABLE_DEFINITION, "cannot drop columns from view");
    }
    for (int i = 0; i < old.size(); i++) {
      ColumnEntry a = old.get(i);
      ColumnEntry b = replaced.get(i);
      if (!a.name().equals(b.name())) {
        throw new SqlException(
            SqlState.INVALID_TABLE_DEFINITION,
            "cannot change name of view column \"" + a.name() + "\" to \"" + b.name() + "\"",
            null,
            "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.");
      }
      if (a.type().oid() != b.type().oid() || a.typmod() != b.typmod()) {
        throw new SqlException(
            SqlState.INVALID_TABLE_DEFINITION,
            "cannot change data type of view column \""
                + a.name()
                + "\" from "
                + a.type().info().sqlName()
                + a.type().typmodOut(a.typmod())
                + " to "
                + b.type().info().sqlName()
                + b.type().typmodOut(b.typmod()));
      }
    }
  }
}
