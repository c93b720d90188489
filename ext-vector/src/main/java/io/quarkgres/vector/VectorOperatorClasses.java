package io.quarkgres.vector;

import io.quarkgres.engine.extension.Extension.OperatorClass;
import io.quarkgres.engine.type.Oids;
import java.util.List;

/** The extension's operator classes. Thread: any. */
final class VectorOperatorClasses {
  private static final String BTREE = "btree";
  private static final String HNSW = "hnsw";
  private static final String IVFFLAT = "ivfflat";

  private VectorOperatorClasses() {}

  static List<OperatorClass> all() {
    return List.of(
        new OperatorClass(
            VectorOids.BTREE_VECTOR_OPS, "vector_ops", BTREE, VectorOids.VECTOR, true, 0),
        new OperatorClass(
            VectorOids.IVFFLAT_L2_OPS,
            "vector_l2_ops",
            IVFFLAT,
            VectorOids.VECTOR,
            true,
            VectorOids.OPERATOR_L2),
        new OperatorClass(
            VectorOids.IVFFLAT_IP_OPS,
            "vector_ip_ops",
            IVFFLAT,
            VectorOids.VECTOR,
            false,
            VectorOids.OPERATOR_NEGATIVE_INNER_PRODUCT),
        new OperatorClass(
            VectorOids.IVFFLAT_COSINE_OPS,
            "vector_cosine_ops",
            IVFFLAT,
            VectorOids.VECTOR,
            false,
            VectorOids.OPERATOR_COSINE),
        new OperatorClass(
            VectorOids.HNSW_L2_OPS,
            "vector_l2_ops",
            HNSW,
            VectorOids.VECTOR,
            false,
            VectorOids.OPERATOR_L2),
        new OperatorClass(
            VectorOids.HNSW_IP_OPS,
            "vector_ip_ops",
            HNSW,
            VectorOids.VECTOR,
            false,
            VectorOids.OPERATOR_NEGATIVE_INNER_PRODUCT),
        new OperatorClass(
            VectorOids.HNSW_COSINE_OPS,
            "vector_cosine_ops",
            HNSW,
            VectorOids.VECTOR,
            false,
            VectorOids.OPERATOR_COSINE),
        new OperatorClass(
            VectorOids.HNSW_L1_OPS,
            "vector_l1_ops",
            HNSW,
            VectorOids.VECTOR,
            false,
            VectorOids.OPERATOR_L1),
        new OperatorClass(
            VectorOids.BTREE_HALFVEC_OPS, "halfvec_ops", BTREE, VectorOids.HALFVEC, true, 0),
        new OperatorClass(
            VectorOids.IVFFLAT_HALFVEC_L2_OPS,
            "halfvec_l2_ops",
            IVFFLAT,
            VectorOids.HALFVEC,
            false,
            half(VectorOids.OPERATOR_L2)),
        new OperatorClass(
            VectorOids.IVFFLAT_HALFVEC_IP_OPS,
            "halfvec_ip_ops",
            IVFFLAT,
            VectorOids.HALFVEC,
            false,
            half(VectorOids.OPERATOR_NEGATIVE_INNER_PRODUCT)),
        new OperatorClass(
            VectorOids.IVFFLAT_HALFVEC_COSINE_OPS,
            "halfvec_cosine_ops",
            IVFFLAT,
            VectorOids.HALFVEC,
            false,
            half(VectorOids.OPERATOR_COSINE)),
        new OperatorClass(
            VectorOids.HNSW_HALFVEC_L2_OPS,
            "halfvec_l2_ops",
            HNSW,
            VectorOids.HALFVEC,
            false,
            half(VectorOids.OPERATOR_L2)),
        new OperatorClass(
            VectorOids.HNSW_HALFVEC_IP_OPS,
            "halfvec_ip_ops",
            HNSW,
            VectorOids.HALFVEC,
            false,
            half(VectorOids.OPERATOR_NEGATIVE_INNER_PRODUCT)),
        new OperatorClass(
            VectorOids.HNSW_HALFVEC_COSINE_OPS,
            "halfvec_cosine_ops",
            HNSW,
            VectorOids.HALFVEC,
            false,
            half(VectorOids.OPERATOR_COSINE)),
        new OperatorClass(
            VectorOids.HNSW_HALFVEC_L1_OPS,
            "halfvec_l1_ops",
            HNSW,
            VectorOids.HALFVEC,
            false,
            half(VectorOids.OPERATOR_L1)),
        new OperatorClass(
            VectorOids.IVFFLAT_BIT_HAMMING_OPS,
            "bit_hamming_ops",
            IVFFLAT,
            Oids.BIT,
            false,
            VectorOids.OPERATOR_HAMMING),
        new OperatorClass(
            VectorOids.HNSW_BIT_HAMMING_OPS,
            "bit_hamming_ops",
            HNSW,
            Oids.BIT,
            false,
            VectorOids.OPERATOR_HAMMING),
        new OperatorClass(
            VectorOids.HNSW_BIT_JACCARD_OPS,
            "bit_jaccard_ops",
            HNSW,
            Oids.BIT,
            false,
            VectorOids.OPERATOR_JACCARD),
        new OperatorClass(
            VectorOids.BTREE_SPARSEVEC_OPS, "sparsevec_ops", BTREE, VectorOids.SPARSEVEC, true, 0),
        new OperatorClass(
            VectorOids.HNSW_SPARSEVEC_L2_OPS,
            "sparsevec_l2_ops",
            HNSW,
            VectorOids.SPARSEVEC,
            false,
            VectorOids.OPERATOR_SPARSEVEC_L2),
        new OperatorClass(
            VectorOids.HNSW_SPARSEVEC_IP_OPS,
            "sparsevec_ip_ops",
            HNSW,
            VectorOids.SPARSEVEC,
            false,
            VectorOids.OPERATOR_SPARSEVEC_NEGATIVE_INNER_PRODUCT),
        new OperatorClass(
            VectorOids.HNSW_SPARSEVEC_COSINE_OPS,
            "sparsevec_cosine_ops",
            HNSW,
            VectorOids.SPARSEVEC,
            false,
            VectorOids.OPERATOR_SPARSEVEC_COSINE),
        new OperatorClass(
            VectorOids.HNSW_SPARSEVEC_L1_OPS,
            "sparsevec_l1_ops",
            HNSW,
            VectorOids.SPARSEVEC,
            false,
            VectorOids.OPERATOR_SPARSEVEC_L1));
  }

  private static int half(int vectorOperator) {
    return Precision.HALF.operatorOid(vectorOperator);
  }
}
