package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The catalog queries behind pgjdbc's metadata, as ORMs and migration tools use them.
class JdbcMetadataIT {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("jdbc_metadata");
    database.run(
        "CREATE TABLE parent (id int PRIMARY KEY, code varchar(10) NOT NULL UNIQUE)",
        "CREATE TABLE child (id bigserial, pos int, parent_id int DEFAULT 7 REFERENCES parent ON DELETE CASCADE, amount numeric(8, 2), at timestamptz, tags text[], CONSTRAINT child_pk PRIMARY KEY (pos, id))",
        "CREATE INDEX child_amount ON child (amount DESC, at)",
        "CREATE VIEW looking AS SELECT id FROM parent",
        "CREATE SCHEMA other",
        "CREATE TABLE other.elsewhere (a int)");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static List<String> read(ResultSet rows, String... columns) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
          values.add(rows.getString(column));
        }
        lines.add(String.join("|", values));
      }
    }
    return lines;
  }

  @Test
  void tables() throws SQLException {
    try (Connection connection = database.jdbc()) {
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(
              read(
                  meta.getTables(null, "public", "%", new String[] {"TABLE"}),
                  "TABLE_NAME",
                  "TABLE_TYPE"))
          .containsExactly("child|TABLE", "parent|TABLE");
      assertThat(
              read(
                  meta.getTables(null, null, "l_oking", null),
                  "TABLE_SCHEM",
                  "TABLE_NAME",
                  "TABLE_TYPE"))
          .containsExactly("public|looking|VIEW");
      assertThat(read(meta.getTables(null, "other", null, null), "TABLE_NAME"))
          .containsExactly("elsewhere");
      assertThat(read(meta.getSchemas(), "TABLE_SCHEM"))
          .contains("public", "other", "pg_catalog", "information_schema");
      assertThat(read(meta.getCatalogs(), "TABLE_CAT")).contains("jdbc_metadata");
      assertThat(read(meta.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
    }
  }

  @Test
  void columns() throws SQLException {
    try (Connection connection = database.jdbc()) {
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(
              read(
                  meta.getColumns(null, "public", "child", "%"),
                  "COLUMN_NAME",
                  "TYPE_NAME",
                  "COLUMN_SIZE",
                  "DECIMAL_DIGITS",
                  "IS_NULLABLE",
                  "COLUMN_DEF",
                  "ORDINAL_POSITION",
                  "IS_AUTOINCREMENT"))
          .containsExactly(
              "id|bigserial|19|0|NO|nextval('child_id_seq'::regclass)|1|YES",
              "pos|int4|10|0|NO|null|2|NO",
              "parent_id|int4|10|0|YES|7|3|NO",
              "amount|numeric|8|2|YES|null|4|NO",
              "at|timestamptz|35|6|YES|null|5|NO",
              "tags|_text|2147483647|0|YES|null|6|NO");
      assertThat(read(meta.getColumns(null, null, "parent", "code"), "TYPE_NAME", "COLUMN_SIZE"))
          .containsExactly("varchar|10");
    }
  }

  @Test
  void keysAndIndexes() throws SQLException {
    try (Connection connection = database.jdbc()) {
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(
              read(
                  meta.getPrimaryKeys(null, "public", "child"),
                  "COLUMN_NAME",
                  "KEY_SEQ",
                  "PK_NAME"))
          .containsExactlyInAnyOrder("id|2|child_pk", "pos|1|child_pk");
      assertThat(
              read(
                  meta.getIndexInfo(null, "public", "child", false, false),
                  "INDEX_NAME",
                  "COLUMN_NAME",
                  "NON_UNIQUE",
                  "ORDINAL_POSITION",
                  "ASC_OR_DESC"))
          .containsExactly(
              "child_pk|pos|f|1|A",
              "child_pk|id|f|2|A",
              "child_amount|amount|t|1|D",
              "child_amount|at|t|2|A");
      assertThat(read(meta.getIndexInfo(null, null, "parent", true, false), "INDEX_NAME"))
          .containsExactlyInAnyOrder("parent_code_key", "parent_pkey");
      assertThat(
              read(
                  meta.getImportedKeys(null, "public", "child"),
                  "PKTABLE_NAME",
                  "PKCOLUMN_NAME",
                  "FKCOLUMN_NAME",
                  "DELETE_RULE",
                  "FK_NAME"))
          .containsExactly("parent|id|parent_id|0|child_parent_id_fkey");
      assertThat(read(meta.getExportedKeys(null, "public", "parent"), "FKTABLE_NAME"))
          .containsExactly("child");
      assertThat(
              read(
                  meta.getBestRowIdentifier(
                      null, "public", "parent", DatabaseMetaData.bestRowSession, false),
                  "COLUMN_NAME"))
          .containsExactly("id");
    }
  }

  @Test
  void typesAndFunctions() throws SQLException {
    try (Connection connection = database.jdbc()) {
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(read(meta.getTypeInfo(), "TYPE_NAME"))
          .contains("int4", "text", "numeric", "timestamptz", "jsonb", "uuid", "bytea");
      assertThat(read(meta.getFunctions(null, "pg_catalog", "upper"), "FUNCTION_NAME"))
          .contains("upper");
      assertThat(meta.getDatabaseMajorVersion()).isEqualTo(15);
      assertThat(meta.getDatabaseProductName()).isEqualTo("PostgreSQL");
      assertThat(meta.getSQLKeywords()).contains("ilike");
      assertThat(meta.getMaxColumnNameLength()).isEqualTo(63);
      assertThat(read(meta.getTablePrivileges(null, "public", "parent"), "GRANTEE"))
          .contains("postgres");
    }
  }

  @Test
  void parameterMetadata() throws SQLException {
    try (Connection connection = database.jdbc();
        var statement =
            connection.prepareStatement(
                "SELECT amount, tags FROM child WHERE id = ? AND at > ? LIMIT ?")) {
      assertThat(statement.getParameterMetaData().getParameterTypeName(1)).isEqualTo("int8");
      assertThat(statement.getParameterMetaData().getParameterTypeName(2)).isEqualTo("timestamptz");
      assertThat(statement.getParameterMetaData().getParameterTypeName(3)).isEqualTo("int8");
      assertThat(statement.getMetaData().getColumnTypeName(1)).isEqualTo("numeric");
      assertThat(statement.getMetaData().getColumnTypeName(2)).isEqualTo("_text");
      assertThat(statement.getMetaData().getTableName(1)).isEqualTo("child");
      assertThat(statement.getMetaData().isNullable(1)).isEqualTo(ResultSetMetaData.columnNullable);
    }
  }
}
