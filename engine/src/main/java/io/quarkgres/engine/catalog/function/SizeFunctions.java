package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Sizes: the memory that a relation's rows or entries take. Thread: any. */
final class SizeFunctions {
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};

  private SizeFunctions() {}

  static void register(KernelTable t) {
    t.row("pg_relation_size(regclass)", (r, o) -> relation(r, true, false, o));
    t.row("pg_relation_size", SizeFunctions::fork);
    t.row("pg_table_size", (r, o) -> relation(r, true, false, o));
    t.row("pg_indexes_size", (r, o) -> relation(r, false, true, o));
    t.row("pg_total_relation_size", (r, o) -> relation(r, true, true, o));
    t.row("pg_database_size_name", SizeFunctions::databaseByName);
    t.row("pg_database_size_oid", SizeFunctions::databaseByOid);
    t.row("pg_size_pretty", (r, o) -> o.text(pretty(r.int64(0))));
    t.row("pg_size_pretty_numeric", (r, o) -> o.text(prettyNumeric(r)));
    t.row("pg_relation_filenode", SizeFunctions::fileNode);
  }

  private static void relation(Row row, boolean withRows, boolean withIndexes, Out out) {
    CatalogVersion catalog = services(row).catalog();
    RelationEntry relation = catalog.relationByOid(row.int32(0));
    if (relation == null) {
      out.sqlNull();
      return;
    }
    long bytes = withRows ? bytes(relation) : 0;
    if (withIndexes) {
      for (IndexEntry index : catalog.indexesOf(relation.oid())) {
        bytes += bytes(index);
      }
    }
    out.int64(bytes);
  }

  private static long bytes(RelationEntry relation) {
    return switch (relation) {
      case TableEntry table -> table.store().memoryBytes();
      case IndexEntry index -> index.index() == null ? 0 : index.index().memoryBytes();
      case ViewEntry view -> 0;
      case SequenceEntry sequence -> 0;
      case VirtualTable table -> 0;
    };
  }

  private static void fork(Row row, Out out) {
    switch (row.text(1)) {
      case "main" -> relation(row, true, false, out);
      case "fsm", "vm", "init" -> out.int64(0);
      default ->
          throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "invalid fork name",
              null,
              "Valid fork names are \"main\", \"fsm\", \"vm\", and \"init\".");
    }
  }

  private static void databaseByName(Row row, Out out) {
    CatalogServices services = services(row);
    String name = row.text(0);
    int oid = services.databaseOid(name);
    if (oid == 0) {
      throw new SqlException(
          SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
    }
    out.int64(databaseBytes(services.catalogOf(oid)));
  }

  private static void databaseByOid(Row row, Out out) {
    CatalogVersion catalog = services(row).catalogOf(row.int32(0));
    if (catalog == null) {
      out.sqlNull();
    } else {
      out.int64(databaseBytes(catalog));
    }
  }

  private static long databaseBytes(CatalogVersion catalog) {
    return catalog.relations().stream().mapToLong(SizeFunctions::bytes).sum();
  }

  private static void fileNode(Row row, Out out) {
    RelationEntry relation = services(row).catalog().relationByOid(row.int32(0));
    if (relation == null || relation.kind() == 'v') {
      out.sqlNull();
    } else {
      out.int32(relation.oid());
    }
  }

  /** Divides by 1024 while at least 10240 is left, rounding half away from zero. */
  static String pretty(long size) {
    if (size > -10 * 1024 && size < 10 * 1024) {
      return size + " bytes";
    }
    // one more bit is kept for rounding
    long twice = size / 512;
    int unit = 1;
    while (unit < UNITS.length - 1 && Math.abs(twice) >= 20 * 1024 - 1) {
      twice /= 1024;
      unit++;
    }
    return (twice + Long.signum(twice)) / 2 + " " + UNITS[unit];
  }

  /** What is no number counts as more than any. */
  private static String prettyNumeric(Row row) {
    if (row.decimalCode(0) <= DecimalColumn.NAN) {
      ByteSink text = new ByteSink(16);
      row.type(0).print(row.column(0), row.position(), text, row.context().types());
      return text + " " + UNITS[UNITS.length - 1];
    }
    BigDecimal size = row.decimal(0);
    if (size.abs().compareTo(BigDecimal.valueOf(10 * 1024)) < 0) {
      return size.toPlainString() + " bytes";
    }
    BigInteger twice = size.toBigInteger().divide(BigInteger.valueOf(512));
    int unit = 1;
    while (unit < UNITS.length - 1
        && twice.abs().compareTo(BigInteger.valueOf(20 * 1024 - 1)) >= 0) {
      twice = twice.divide(BigInteger.valueOf(1024));
      unit++;
    }
    return twice.add(BigInteger.valueOf(twice.signum())).divide(BigInteger.TWO) + " " + UNITS[unit];
  }
}
