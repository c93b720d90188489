package io.quarkgres.vector;

import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.vector.hnsw.HnswIndexMethod;
import io.quarkgres.vector.ivfflat.IvfflatIndexMethod;
import java.util.List;
import java.util.stream.Stream;

/** The extension {@code vector}: what CREATE EXTENSION vector makes visible. Thread: any. */
public final class VectorExtension implements Extension {
  private static final List<String> SCAN_MODES = List.of("off", "relaxed_order", "strict_order");

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String version() {
    return "0.8.6";
  }

  @Override
  public String comment() {
    return "vector data type and ivfflat and hnsw access methods";
  }

  @Override
  public List<SqlType> types() {
    return List.of(
        VectorType.INSTANCE,
        arrayOf(VectorType.INSTANCE),
        VectorType.HALF,
        arrayOf(VectorType.HALF),
        SparsevecType.INSTANCE,
        arrayOf(SparsevecType.INSTANCE));
  }

  private static ArrayType arrayOf(SqlType element) {
    TypeInfo info = element.info();
    return new ArrayType(
        new TypeInfo(
            info.array(),
            info.schema(),
            "_" + info.name(),
            info.sqlName() + "[]",
            -1,
            'b',
            'A',
            false,
            info.oid(),
            0,
            ','),
        element);
  }

  @Override
  public List<FunctionDef> functions() {
    return Stream.of(
            new VectorFunctions(Precision.SINGLE).all(),
            new VectorFunctions(Precision.HALF).all(),
            VectorFunctions.conversions(),
            BitFunctions.all(),
            SparsevecFunctions.all())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<OperatorDef> operators() {
    return VectorOperators.all();
  }

  @Override
  public List<CastDef> casts() {
    return VectorOperators.casts();
  }

  @Override
  public List<IndexMethod> indexMethods() {
    return List.of(new HnswIndexMethod(), new IvfflatIndexMethod());
  }

  @Override
  public List<OperatorClass> operatorClasses() {
    return VectorOperatorClasses.all();
  }

  /**
   * Returns the settings. Searches always go on until enough rows pass the filter: the modes of
   * iterative scans change the order only, and their limits how the rest is looked for.
   */
  @Override
  public List<SettingDef> settings() {
    return List.of(
        number(
            HnswIndexMethod.EF_SEARCH,
            "integer",
            "40",
            "1000",
            "Sets the size of the dynamic candidate list for search"),
        scanMode("hnsw.iterative_scan", SCAN_MODES),
        number(
            "hnsw.max_scan_tuples",
            "integer",
            "20000",
            "2147483647",
            "Sets the max number of tuples to visit for iterative scans"),
        number(
            "hnsw.scan_mem_multiplier",
            "real",
            "1",
            "1000",
            "Sets the multiple of work_mem to use for iterative scans"),
        scanMode("ivfflat.iterative_scan", SCAN_MODES.subList(0, 2)),
        number(
            "ivfflat.max_probes",
            "integer",
            "32768",
            "32768",
            "Sets the max number of probes for iterative scans"),
        number(IvfflatIndexMethod.PROBES, "integer", "1", "32768", "Sets the number of probes"));
  }

  private static SettingDef number(
      String name, String kind, String defaultValue, String maximum, String description) {
    return new SettingDef(name, kind, defaultValue, "1", maximum, List.of(), description);
  }

  private static SettingDef scanMode(String name, List<String> values) {
    return new SettingDef(
        name, "enum", "off", null, null, values, "Sets the mode for iterative scans");
  }
}
