package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/// Every type through pgjdbc, as text and as binary, there and back.
class JdbcTypesIT {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("jdbc_types");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  static Stream<String> modes() {
    return Stream.of(
        "preferQueryMode=simple",
        "prepareThreshold=0&binaryTransfer=false",
        "prepareThreshold=1&binaryTransfer=true",
        "prepareThreshold=-1",
        "preferQueryMode=extendedForPrepared",
        "preferQueryMode=extendedCacheEverything");
  }

  private static Object roundTrip(Connection connection, String type, Object value)
      throws SQLException {
    Object first = null;
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?::" + type + " AS v")) {
      // Several times, because pgjdbc goes over to named statements and binary on the way.
      for (int i = 0; i < 3; i++) {
        statement.setObject(1, value);
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          Object read = value == null ? rows.getObject(1) : rows.getObject(1, value.getClass());
          assertThat(i == 0 || Objects.equals(read, first)).as("run %d of %s", i, type).isTrue();
          first = read;
          assertThat(rows.next()).isFalse();
        }
      }
    }
    return first;
  }

  @ParameterizedTest
  @MethodSource("modes")
  void valuesComeBackAsTheyWent(String mode) throws SQLException {
    try (Connection connection = database.jdbc(mode)) {
      check(connection, "int4", 0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE);
      check(connection, "int8", 0L, Long.MAX_VALUE, Long.MIN_VALUE);
      check(connection, "int2", (short) 7, Short.MIN_VALUE);
      check(connection, "float8", 0.0, 1.5, -1e300, 0.1, Double.POSITIVE_INFINITY, Double.NaN);
      check(connection, "float4", 1.5f, 0.1f, -3.4e38f);
      check(connection, "bool", true, false);
      check(connection, "text", "", "plain", "naïve 日本 🙂", "tab\tnl\n\"quote'");
      check(connection, "uuid", UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
      check(
          connection,
          "date",
          LocalDate.of(2024, 2, 29),
          LocalDate.of(1, 1, 1),
          LocalDate.of(9999, 12, 31));
      check(connection, "time", LocalTime.of(23, 59, 59, 999_999_000), LocalTime.MIDNIGHT);
      check(
          connection,
          "timestamp",
          LocalDateTime.of(2024, 2, 29, 10, 20, 30, 123_456_000),
          LocalDateTime.of(1970, 1, 1, 0, 0));
      check(
          connection, "timestamptz", OffsetDateTime.of(2024, 2, 29, 10, 20, 30, 0, ZoneOffset.UTC));
      for (String number :
          List.of(
              "0",
              "1.50",
              "-0.001",
              "123456789012345678901234567890.123456789",
              "1E-20",
              "10000")) {
        BigDecimal read = (BigDecimal) roundTrip(connection, "numeric", new BigDecimal(number));
        assertThat(read).as(number).isEqualByComparingTo(new BigDecimal(number));
      }
      for (String type :
          List.of("int4", "text", "numeric", "timestamptz", "bytea", "uuid", "jsonb", "int4[]")) {
        assertThat(roundTripNull(connection, type)).isNull();
      }
    }
  }

  private static void check(Connection connection, String type, Object... values)
      throws SQLException {
    for (Object value : values) {
      assertThat(roundTrip(connection, type, value)).as(type).isEqualTo(value);
    }
  }

  private static Object roundTripNull(Connection connection, String type) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?::" + type)) {
      statement.setNull(1, Types.OTHER);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        Object read = rows.getObject(1);
        assertThat(rows.wasNull()).isTrue();
        return read;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void byteaJsonAndInterval(String mode) throws SQLException {
    try (Connection connection = database.jdbc(mode);
        PreparedStatement statement =
            connection.prepareStatement("SELECT ?::bytea, ?::jsonb, ?::interval, ?::json")) {
      byte[] bytes = new byte[256];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) i;
      }
      PGobject json = new PGobject();
      json.setType("jsonb");
      json.setValue("{\"b\": [1, null], \"a\": \"é\"}");
      for (int i = 0; i < 3; i++) {
        statement.setBytes(1, bytes);
        statement.setObject(2, json);
        statement.setObject(3, new PGInterval(1, 2, 3, 4, 5, 6.5));
        statement.setString(4, "{\"x\" : 1}");
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          assertThat(rows.getBytes(1)).isEqualTo(bytes);
          assertThat(rows.getString(2)).isEqualTo("{\"a\": \"é\", \"b\": [1, null]}");
          assertThat(rows.getObject(3)).isEqualTo(new PGInterval(1, 2, 3, 4, 5, 6.5));
          assertThat(rows.getString(4)).isEqualTo("{\"x\" : 1}");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void arrays(String mode) throws SQLException {
    try (Connection connection = database.jdbc(mode);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT ?::int4[], ?::text[], ?::float8[], ?::bool[], ?::uuid[]")) {
      UUID uuid = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
      for (int i = 0; i < 3; i++) {
        statement.setArray(1, connection.createArrayOf("int4", new Object[] {1, null, -3}));
        statement.setArray(
            2, connection.createArrayOf("text", new Object[] {"a,b", null, "\"q\"", "", "NULL"}));
        statement.setArray(3, connection.createArrayOf("float8", new Object[] {1.5, null}));
        statement.setArray(4, connection.createArrayOf("bool", new Object[] {true, false, null}));
        statement.setArray(5, connection.createArrayOf("uuid", new Object[] {uuid}));
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          assertThat((Object[]) rows.getArray(1).getArray()).containsExactly(1, null, -3);
          assertThat((Object[]) rows.getArray(2).getArray())
              .containsExactly("a,b", null, "\"q\"", "", "NULL");
          assertThat((Object[]) rows.getArray(3).getArray()).containsExactly(1.5, null);
          assertThat((Object[]) rows.getArray(4).getArray()).containsExactly(true, false, null);
          assertThat((Object[]) rows.getArray(5).getArray()).containsExactly(uuid);
          Array empty = rows.getArray(1);
          assertThat(empty.getBaseTypeName()).isEqualTo("int4");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void storedValuesReadBack(String mode) throws SQLException {
    String table = "stored_" + Integer.toHexString(mode.hashCode());
    try (Connection connection = database.jdbc(mode)) {
      connection
          .createStatement()
          .execute(
              "CREATE TABLE "
                  + table
                  + " (id serial PRIMARY KEY, n numeric(10, 3), v varchar(10), c char(5), f float4, t timestamptz, b bytea, s smallint)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO " + table + " (n, v, c, f, t, b, s) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
        for (int i = 0; i < 8; i++) {
          insert.setBigDecimal(1, new BigDecimal("1.5").multiply(BigDecimal.valueOf(i)));
          insert.setString(2, "v" + i);
          insert.setString(3, "c" + i);
          insert.setFloat(4, i / 4f);
          insert.setTimestamp(5, new Timestamp(i * 1000L));
          insert.setBytes(6, new byte[] {(byte) i, 0});
          insert.setInt(7, i);
          assertThat(insert.executeUpdate()).isEqualTo(1);
        }
      }
      try (PreparedStatement select =
          connection.prepareStatement("SELECT * FROM " + table + " WHERE id > ? ORDER BY id")) {
        select.setInt(1, 2);
        try (ResultSet rows = select.executeQuery()) {
          int count = 0;
          while (rows.next()) {
            int i = rows.getInt("id") - 1;
            assertThat(rows.getBigDecimal("n").toPlainString())
                .isEqualTo(
                    new BigDecimal("1.5")
                        .multiply(BigDecimal.valueOf(i))
                        .setScale(3)
                        .toPlainString());
            assertThat(rows.getString("v")).isEqualTo("v" + i);
            assertThat(rows.getString("c")).isEqualTo("c" + i + "   ");
            assertThat(rows.getFloat("f")).isEqualTo(i / 4f);
            assertThat(rows.getTimestamp("t").getTime()).isEqualTo(i * 1000L);
            assertThat(rows.getBytes("b")).containsExactly(i, 0);
            assertThat(rows.getShort("s")).isEqualTo((short) i);
            count++;
          }
          assertThat(count).isEqualTo(6);
          assertThat(rows.getMetaData().getColumnTypeName(2)).isEqualTo("numeric");
          assertThat(rows.getMetaData().getPrecision(2)).isEqualTo(10);
          assertThat(rows.getMetaData().getScale(2)).isEqualTo(3);
          assertThat(rows.getMetaData().getColumnDisplaySize(3)).isEqualTo(10);
          assertThat(rows.getMetaData().isAutoIncrement(1)).isTrue();
        }
      }
    }
  }
}
