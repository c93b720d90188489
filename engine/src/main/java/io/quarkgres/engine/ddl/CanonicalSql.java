package io.quarkgres.engine.ddl;

import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.deparse.Deparser;
import io.quarkgres.engine.deparse.Style;
import io.quarkgres.engine.parse.Parser;
import java.util.List;

/** The text under which the catalog keeps an expression: resolved and qualified. One thread. */
public final class CanonicalSql {
  private CanonicalSql() {}

  /** Returns the text of a CHECK condition, an index predicate or an index expression. */
  public static String over(
      DdlContext context, String sql, String table, List<ColumnEntry> columns) {
    return context
        .deparser()
        .over(Parser.parseExpression(sql), table, columns, Binder.Purpose.CHECK, Style.KEPT)
        .text();
  }

  /** Returns the text of a condition of a domain. */
  public static String overValue(DdlContext context, String sql, ColumnEntry value) {
    return context.deparser().overValue(Parser.parseExpression(sql), value, Style.KEPT).text();
  }

  /** Writes texts about a table anew when a column of it gets another name. */
  public static final class Renaming {
    private final DdlContext context;
    private final TableEntry table;
    private final List<ColumnEntry> columns;

    public Renaming(DdlContext context, TableEntry table, List<ColumnEntry> columns) {
      this.context = context;
      this.table = table;
      this.columns = columns;
    }

    /** Returns a text with the new names. */
    public String of(String sql) {
      return context
          .deparser()
          .renamed(sql, table.name(), table.columns(), columns, Style.KEPT)
          .text();
    }
  }

  /** Returns the text of a column's DEFAULT; {@code null} for DEFAULT NULL, which is none. */
  public static String assigned(DdlContext context, String sql, ColumnEntry column) {
    Deparser.Printed printed =
        context.deparser().assigned(Parser.parseExpression(sql), column, Style.KEPT);
    return printed == null ? null : printed.text();
  }
}
