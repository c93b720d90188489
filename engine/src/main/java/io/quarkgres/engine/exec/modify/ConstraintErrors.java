package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.DefinitionPrinter;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.ObjectDefinitions;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.ErrorObject;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** The wording of errors about rows that break constraints or were changed by others. */
final class ConstraintErrors {
  private static final int VALUE_BYTES_MAX = 64;

  private ConstraintErrors() {}

  static SqlException notNull(
      TableEntry table, ColumnEntry column, Block rows, int position, TypeContext types) {
    return new SqlException(
            SqlState.NOT_NULL_VIOLATION,
            "null value in column \""
                + column.name()
                + "\" of relation \""
                + table.name()
                + "\" violates not-null constraint",
            failingRow(table, rows, position, types),
            null)
        .withObject(ErrorObject.column(table.schema(), table.name(), column.name()));
  }

  static SqlException check(
      TableEntry table, String constraint, Block rows, int position, TypeContext types) {
    return new SqlException(
            SqlState.CHECK_VIOLATION,
            "new row for relation \""
                + table.name()
                + "\" violates check constraint \""
                + constraint
                + "\"",
            failingRow(table, rows, position, types),
            null)
        .withObject(ErrorObject.constraint(table.schema(), table.name(), constraint));
  }

  /** Returns 44000: a new row that the view which it goes through would not show. */
  static SqlException checkOption(
      TableEntry table, String view, Block rows, int position, TypeContext types) {
    return new SqlException(
        SqlState.WITH_CHECK_OPTION_VIOLATION,
        "new row violates check option for view \"" + view + "\"",
        failingRow(table, rows, position, types),
        null);
  }

  private static String failingRow(TableEntry table, Block rows, int position, TypeContext types) {
    StringBuilder text = new StringBuilder("Failing row contains (");
    String separator = "";
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnEntry column = table.columns().get(i);
      if (!column.isDropped()) {
        text.append(separator)
            .append(clipped(print(column.type(), rows.column(i), position, types)));
        separator = ", ";
      }
    }
    return text.append(").").toString();
  }

  private static String clipped(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= VALUE_BYTES_MAX) {
      return value;
    }
    int end = VALUE_BYTES_MAX;
    while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + "...";
  }

  private static String print(SqlType type, Column column, int position, TypeContext types) {
    if (column.isNull(position)) {
      return "null";
    }
    ByteSink sink = new ByteSink(32);
    type.print(column, position, sink, types);
    return sink.toString();
  }

  /** 23505; the keys are the index's key columns. */
  static SqlException unique(
      TableEntry table, IndexEntry index, Block keys, int position, EvalContext evaluation) {
    Supplier<DefinitionPrinter> printer =
        () -> evaluation.service(CatalogServices.class).definitions();
    StringBuilder names = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < index.keys().size(); i++) {
      String separator = i == 0 ? "" : ", ";
      IndexEntry.Key key = index.keys().get(i);
      names.append(separator).append(ObjectDefinitions.keyExpression(table, key, printer, true));
      SqlType type = index.columns().get(i).type();
      values.append(separator).append(print(type, keys.column(i), position, evaluation.types()));
    }
    return new SqlException(
            SqlState.UNIQUE_VIOLATION,
            "duplicate key value violates unique constraint \"" + index.name() + "\"",
            "Key (" + names + ")=(" + values + ") already exists.",
            null)
        .withObject(ErrorObject.constraint(table.schema(), table.name(), index.name()));
  }

  /** 23503 of a referencing row whose key is not there. */
  static SqlException notPresent(
      TableEntry table,
      ConstraintEntry.ForeignKey key,
      RelationEntry referenced,
      Column[] values,
      int position,
      TypeContext types) {
    return new SqlException(
            SqlState.FOREIGN_KEY_VIOLATION,
            "insert or update on table \""
                + table.name()
                + "\" violates foreign key constraint \""
                + key.name()
                + "\"",
            "Key "
                + keyText(table, key.columns(), values, position, types)
                + " is not present in table \""
                + referenced.name()
                + "\".",
            null)
        .withObject(ErrorObject.constraint(table.schema(), table.name(), key.name()));
  }

  /** 23503 of a row of MATCH FULL with some columns NULL. */
  static SqlException mixedNulls(TableEntry table, ConstraintEntry.ForeignKey key) {
    return new SqlException(
            SqlState.FOREIGN_KEY_VIOLATION,
            "insert or update on table \""
                + table.name()
                + "\" violates foreign key constraint \""
                + key.name()
                + "\"",
            "MATCH FULL does not allow mixing of null and nonnull key values.",
            null)
        .withObject(ErrorObject.constraint(table.schema(), table.name(), key.name()));
  }

  /** 23503 of a referenced row that others still refer to. */
  static SqlException stillReferenced(
      TableEntry referenced,
      ConstraintEntry.ForeignKey key,
      TableEntry referencing,
      Column[] values,
      int position,
      TypeContext types) {
    return new SqlException(
            SqlState.FOREIGN_KEY_VIOLATION,
            "update or delete on table \""
                + referenced.name()
                + "\" violates foreign key constraint \""
                + key.name()
                + "\" on table \""
                + referencing.name()
                + "\"",
            "Key "
                + keyText(referenced, key.referencedColumns(), values, position, types)
                + " is still referenced from table \""
                + referencing.name()
                + "\".",
            null)
        .withObject(ErrorObject.constraint(referencing.schema(), referencing.name(), key.name()));
  }

  private static String keyText(
      TableEntry table, List<Integer> columns, Column[] values, int position, TypeContext types) {
    StringBuilder names = new StringBuilder();
    StringBuilder texts = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      ColumnEntry column = table.columns().get(columns.get(i) - 1);
      String separator = i == 0 ? "" : ", ";
      names.append(separator).append(column.name());
      texts.append(separator).append(print(column.type(), values[i], position, types));
    }
    return "(" + names + ")=(" + texts + ")";
  }

  static SqlException concurrentUpdate() {
    return new SqlException(
        SqlState.T_R_SERIALIZATION_FAILURE, "could not serialize access due to concurrent update");
  }

  static SqlException concurrentDelete() {
    return new SqlException(
        SqlState.T_R_SERIALIZATION_FAILURE, "could not serialize access due to concurrent delete");
  }

  static SqlException affectedTwice() {
    return new SqlException(
        SqlState.CARDINALITY_VIOLATION,
        "ON CONFLICT DO UPDATE command cannot affect row a second time",
        null,
        "Ensure that no rows proposed for insertion within the same command have duplicate"
            + " constrained values.");
  }

  static SqlException mergedTwice() {
    return new SqlException(
        SqlState.CARDINALITY_VIOLATION,
        "MERGE command cannot affect row a second time",
        null,
        "Ensure that not more than one source row matches any one target row.");
  }

  static SqlException lockNotAvailable(String relation) {
    return new SqlException(
        SqlState.LOCK_NOT_AVAILABLE,
        "could not obtain lock on row in relation \"" + relation + "\"");
  }
}
