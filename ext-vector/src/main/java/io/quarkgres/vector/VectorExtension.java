package io.quarkgres.vector;

import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.ArrayType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.vector.hnsw.HnswIndexMethod;
import java.util.List;

/** The extension {@code vector}: what CREATE EXTENSION vector makes visible. Thread: any. */
public final class VectorExtension implements Extension {
  private static final String BTREE = "btree";
  private static final String HNSW = "hnsw";
  private static final String IVFFLAT = "ivfflat";
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
    return List.of(VectorType.INSTANCE, new ArrayType(arrayInfo(), VectorType.INSTANCE));
  }

  private static TypeInfo arrayInfo() {
    return new TypeInfo(
        VectorOids.VECTOR_ARRAY,
        "public",
        "_vector",
        "vector[]",
        -1,
        'b',
        'A',
        false,
        VectorOids.VECTOR,
        0,
        ',');
  }

  @Override
  public List<FunctionDef> functions() {
    return VectorFunctions.all();
  }

  @Override
  public List<OperatorDef> operators() {
    return List.of(
        distance(VectorOids.OPERATOR_L2, "<->", VectorOids.L2_DISTANCE),
        distance(
            VectorOids.OPERATOR_NEGATIVE_INNER_PRODUCT,
            "<#>",
            VectorOids.VECTOR_NEGATIVE_INNER_PRODUCT),
        distance(VectorOids.OPERATOR_COSINE, "<=>", VectorOids.COSINE_DISTANCE),
        distance(VectorOids.OPERATOR_L1, "<+>", VectorOids.L1_DISTANCE),
        arithmetic(VectorOids.OPERATOR_ADD, "+", VectorOids.VECTOR_ADD, VectorOids.OPERATOR_ADD),
        arithmetic(VectorOids.OPERATOR_SUB, "-", VectorOids.VECTOR_SUB, 0),
        arithmetic(VectorOids.OPERATOR_MUL, "*", VectorOids.VECTOR_MUL, VectorOids.OPERATOR_MUL),
        arithmetic(VectorOids.OPERATOR_CONCAT, "||", VectorOids.VECTOR_CONCAT, 0),
        comparison(
            VectorOids.OPERATOR_GT,
            ">",
            VectorOids.VECTOR_GT,
            VectorOids.OPERATOR_LT,
            VectorOids.OPERATOR_LE),
        comparison(
            VectorOids.OPERATOR_GE,
            ">=",
            VectorOids.VECTOR_GE,
            VectorOids.OPERATOR_LE,
            VectorOids.OPERATOR_LT),
        comparison(
            VectorOids.OPERATOR_LT,
            "<",
            VectorOids.VECTOR_LT,
            VectorOids.OPERATOR_GT,
            VectorOids.OPERATOR_GE),
        comparison(
            VectorOids.OPERATOR_LE,
            "<=",
            VectorOids.VECTOR_LE,
            VectorOids.OPERATOR_GE,
            VectorOids.OPERATOR_GT),
        comparison(
            VectorOids.OPERATOR_NE,
            "<>",
            VectorOids.VECTOR_NE,
            VectorOids.OPERATOR_NE,
            VectorOids.OPERATOR_EQ),
        comparison(
            VectorOids.OPERATOR_EQ,
            "=",
            VectorOids.VECTOR_EQ,
            VectorOids.OPERATOR_EQ,
            VectorOids.OPERATOR_NE));
  }

  private static OperatorDef distance(int oid, String name, int function) {
    return operator(oid, name, Oids.FLOAT8, function, oid, 0);
  }

  private static OperatorDef arithmetic(int oid, String name, int function, int commutator) {
    return operator(oid, name, VectorOids.VECTOR, function, commutator, 0);
  }

  private static OperatorDef comparison(
      int oid, String name, int function, int commutator, int negator) {
    return operator(oid, name, Oids.BOOL, function, commutator, negator);
  }

  private static OperatorDef operator(
      int oid, String name, int result, int function, int commutator, int negator) {
    return new OperatorDef(
        oid,
        "public",
        name,
        VectorOids.VECTOR,
        VectorOids.VECTOR,
        result,
        function,
        commutator,
        negator);
  }

  @Override
  public List<CastDef> casts() {
    return List.of(
        cast(
            VectorOids.VECTOR,
            VectorOids.VECTOR,
            VectorOids.VECTOR_FUNCTION,
            CastDef.Context.IMPLICIT),
        cast(
            VectorOids.VECTOR,
            Oids.FLOAT4_ARRAY,
            VectorOids.VECTOR_TO_FLOAT4,
            CastDef.Context.IMPLICIT),
        fromArray(Oids.INT4_ARRAY, VectorOids.INT4_ARRAY_TO_VECTOR),
        fromArray(Oids.FLOAT4_ARRAY, VectorOids.FLOAT4_ARRAY_TO_VECTOR),
        fromArray(Oids.FLOAT8_ARRAY, VectorOids.FLOAT8_ARRAY_TO_VECTOR),
        fromArray(Oids.NUMERIC_ARRAY, VectorOids.NUMERIC_ARRAY_TO_VECTOR));
  }

  private static CastDef fromArray(int source, int function) {
    return cast(source, VectorOids.VECTOR, function, CastDef.Context.ASSIGNMENT);
  }

  private static CastDef cast(int source, int target, int function, CastDef.Context context) {
    return new CastDef(source, target, function, context, CastDef.Method.FUNCTION);
  }

  @Override
  public List<IndexMethod> indexMethods() {
    return List.of(new HnswIndexMethod());
  }

  @Override
  public List<OperatorClass> operatorClasses() {
    return List.of(
        operatorClass(VectorOids.BTREE_VECTOR_OPS, "vector_ops", BTREE, true, 0),
        operatorClass(
            VectorOids.IVFFLAT_L2_OPS, "vector_l2_ops", IVFFLAT, true, VectorOids.OPERATOR_L2),
        operatorClass(
            VectorOids.IVFFLAT_IP_OPS,
            "vector_ip_ops",
            IVFFLAT,
            false,
            VectorOids.OPERATOR_NEGATIVE_INNER_PRODUCT),
        operatorClass(
            VectorOids.IVFFLAT_COSINE_OPS,
            "vector_cosine_ops",
            IVFFLAT,
            false,
            VectorOids.OPERATOR_COSINE),
        operatorClass(VectorOids.HNSW_L2_OPS, "vector_l2_ops", HNSW, false, VectorOids.OPERATOR_L2),
        operatorClass(
            VectorOids.HNSW_IP_OPS,
            "vector_ip_ops",
            HNSW,
            false,
            VectorOids.OPERATOR_NEGATIVE_INNER_PRODUCT),
        operatorClass(
            VectorOids.HNSW_COSINE_OPS,
            "vector_cosine_ops",
            HNSW,
            false,
            VectorOids.OPERATOR_COSINE),
        operatorClass(
            VectorOids.HNSW_L1_OPS, "vector_l1_ops", HNSW, false, VectorOids.OPERATOR_L1));
  }

  private static OperatorClass operatorClass(
      int oid, String name, String method, boolean isDefault, int ordering) {
    return new OperatorClass(oid, name, method, VectorOids.VECTOR, isDefault, ordering);
  }

  /**
   * Returns the settings. Searches always go on until enough rows pass the filter: the modes of
   * iterative scans change the order only, and their limits how the rest is looked for. Ivfflat
   * indexes have no structure, so their settings change nothing.
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
        number("ivfflat.probes", "integer", "1", "32768", "Sets the number of probes"));
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
