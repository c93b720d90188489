package io.quarkgres.vector;

import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.Oids;
import java.util.ArrayList;
import java.util.List;

/** The extension's operators and casts. Thread: any. */
final class VectorOperators {
  private VectorOperators() {}

  static List<OperatorDef> all() {
    List<OperatorDef> result = new ArrayList<>();
    addDense(Precision.SINGLE, result);
    addDense(Precision.HALF, result);
    addBits(result);
    addSparse(result);
    return List.copyOf(result);
  }

  private static void addDense(Precision p, List<OperatorDef> out) {
    addDistances(
        p.oid(),
        p.operatorOid(VectorOids.OPERATOR_L2),
        new int[] {
          p.functionOid(VectorOids.L2_DISTANCE),
          p.functionOid(VectorOids.VECTOR_NEGATIVE_INNER_PRODUCT),
          p.functionOid(VectorOids.COSINE_DISTANCE),
          p.functionOid(VectorOids.L1_DISTANCE)
        },
        out);
    int add = p.operatorOid(VectorOids.OPERATOR_ADD);
    int multiply = p.operatorOid(VectorOids.OPERATOR_MUL);
    out.add(arithmetic(p, add, "+", VectorOids.VECTOR_ADD, add));
    out.add(arithmetic(p, p.operatorOid(VectorOids.OPERATOR_SUB), "-", VectorOids.VECTOR_SUB, 0));
    out.add(arithmetic(p, multiply, "*", VectorOids.VECTOR_MUL, multiply));
    int concat = p.operatorOid(VectorOids.OPERATOR_CONCAT);
    out.add(arithmetic(p, concat, "||", VectorOids.VECTOR_CONCAT, 0));
    addComparisons(
        p.oid(), p.operatorOid(VectorOids.OPERATOR_GT), p.functionOid(VectorOids.VECTOR_LT), out);
  }

  private static void addSparse(List<OperatorDef> out) {
    addDistances(
        VectorOids.SPARSEVEC,
        VectorOids.OPERATOR_SPARSEVEC_L2,
        new int[] {
          VectorOids.SPARSEVEC_L2_DISTANCE,
          VectorOids.SPARSEVEC_NEGATIVE_INNER_PRODUCT,
          VectorOids.SPARSEVEC_COSINE_DISTANCE,
          VectorOids.SPARSEVEC_L1_DISTANCE
        },
        out);
    addComparisons(
        VectorOids.SPARSEVEC, VectorOids.OPERATOR_SPARSEVEC_GT, VectorOids.SPARSEVEC_LT, out);
  }

  private static void addBits(List<OperatorDef> out) {
    int hamming = VectorOids.OPERATOR_HAMMING;
    int jaccard = VectorOids.OPERATOR_JACCARD;
    out.add(
        operator(hamming, "<~>", Oids.BIT, Oids.FLOAT8, VectorOids.HAMMING_DISTANCE, hamming, 0));
    out.add(
        operator(jaccard, "<%>", Oids.BIT, Oids.FLOAT8, VectorOids.JACCARD_DISTANCE, jaccard, 0));
  }

  /** Adds the four distances, whose operators have oids in a row. */
  private static void addDistances(int type, int first, int[] functions, List<OperatorDef> out) {
    List<String> names = List.of("<->", "<#>", "<=>", "<+>");
    for (int i = 0; i < functions.length; i++) {
      int oid = first + i;
      out.add(operator(oid, names.get(i), type, Oids.FLOAT8, functions[i], oid, 0));
    }
  }

  private static OperatorDef arithmetic(
      Precision p, int oid, String name, int function, int commutator) {
    return operator(oid, name, p.oid(), p.oid(), p.functionOid(function), commutator, 0);
  }

  /**
   * Adds the six comparisons. Operators have oids in a row from {@code >} on, functions from less
   * than on: lt, le, eq, ne, ge, gt.
   */
  private static void addComparisons(int type, int gt, int lessThan, List<OperatorDef> out) {
    int ge = gt + 1;
    int lt = gt + 2;
    int le = gt + 3;
    int ne = gt + 4;
    int eq = gt + 5;
    out.add(operator(gt, ">", type, Oids.BOOL, lessThan + 5, lt, le));
    out.add(operator(ge, ">=", type, Oids.BOOL, lessThan + 4, le, lt));
    out.add(operator(lt, "<", type, Oids.BOOL, lessThan, gt, ge));
    out.add(operator(le, "<=", type, Oids.BOOL, lessThan + 1, ge, gt));
    out.add(operator(ne, "<>", type, Oids.BOOL, lessThan + 3, ne, eq));
    out.add(operator(eq, "=", type, Oids.BOOL, lessThan + 2, eq, ne));
  }

  private static OperatorDef operator(
      int oid, String name, int type, int result, int function, int commutator, int negator) {
    return new OperatorDef(oid, "public", name, type, type, result, function, commutator, negator);
  }

  static List<CastDef> casts() {
    int vector = VectorOids.VECTOR;
    int halfvec = VectorOids.HALFVEC;
    int sparsevec = VectorOids.SPARSEVEC;
    List<CastDef> result = new ArrayList<>();
    for (Precision p : Precision.values()) {
      result.add(implicit(p.oid(), p.oid(), p.functionOid(VectorOids.VECTOR_FUNCTION)));
      result.add(assigned(Oids.INT4_ARRAY, p, VectorOids.INT4_ARRAY_TO_VECTOR));
      result.add(assigned(Oids.FLOAT4_ARRAY, p, VectorOids.FLOAT4_ARRAY_TO_VECTOR));
      result.add(assigned(Oids.FLOAT8_ARRAY, p, VectorOids.FLOAT8_ARRAY_TO_VECTOR));
      result.add(assigned(Oids.NUMERIC_ARRAY, p, VectorOids.NUMERIC_ARRAY_TO_VECTOR));
    }
    result.add(implicit(vector, Oids.FLOAT4_ARRAY, VectorOids.VECTOR_TO_FLOAT4));
    result.add(
        assigned(halfvec, Oids.FLOAT4_ARRAY, Precision.HALF.castOid(VectorOids.VECTOR_TO_FLOAT4)));
    result.add(assigned(halfvec, vector, VectorOids.HALFVEC_TO_VECTOR));
    result.add(implicit(vector, halfvec, VectorOids.VECTOR_TO_HALFVEC));
    result.add(implicit(sparsevec, sparsevec, VectorOids.SPARSEVEC_FUNCTION));
    result.add(assigned(sparsevec, vector, VectorOids.SPARSEVEC_TO_VECTOR));
    result.add(implicit(vector, sparsevec, VectorOids.VECTOR_TO_SPARSEVEC));
    result.add(assigned(sparsevec, halfvec, VectorOids.SPARSEVEC_TO_HALFVEC));
    result.add(implicit(halfvec, sparsevec, VectorOids.HALFVEC_TO_SPARSEVEC));
    result.add(assigned(Oids.INT4_ARRAY, sparsevec, VectorOids.INT4_ARRAY_TO_SPARSEVEC));
    result.add(assigned(Oids.FLOAT4_ARRAY, sparsevec, VectorOids.FLOAT4_ARRAY_TO_SPARSEVEC));
    result.add(assigned(Oids.FLOAT8_ARRAY, sparsevec, VectorOids.FLOAT8_ARRAY_TO_SPARSEVEC));
    result.add(assigned(Oids.NUMERIC_ARRAY, sparsevec, VectorOids.NUMERIC_ARRAY_TO_SPARSEVEC));
    return List.copyOf(result);
  }

  private static CastDef implicit(int source, int target, int function) {
    return cast(source, target, function, CastDef.Context.IMPLICIT);
  }

  private static CastDef assigned(int source, int target, int function) {
    return cast(source, target, function, CastDef.Context.ASSIGNMENT);
  }

  private static CastDef assigned(int source, Precision target, int function) {
    return assigned(source, target.oid(), target.castOid(function));
  }

  private static CastDef cast(int source, int target, int function, CastDef.Context context) {
    return new CastDef(source, target, function, context, CastDef.Method.FUNCTION);
  }
}
