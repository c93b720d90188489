package io.quarkgres.vector;

/**
 * The oids of the extension's objects: the same on every server and after every restart, because
 * clients keep them. Thread: any.
 */
final class VectorOids {
  static final int VECTOR = 16720;
  static final int VECTOR_ARRAY = 16721;

  static final int L2_DISTANCE = 16722;
  static final int INNER_PRODUCT = 16723;
  static final int COSINE_DISTANCE = 16724;
  static final int L1_DISTANCE = 16725;
  static final int VECTOR_DIMS = 16726;
  static final int VECTOR_NORM = 16727;
  static final int L2_NORMALIZE = 16728;
  static final int BINARY_QUANTIZE = 16729;
  static final int SUBVECTOR = 16730;
  static final int VECTOR_ADD = 16731;
  static final int VECTOR_SUB = 16732;
  static final int VECTOR_MUL = 16733;
  static final int VECTOR_CONCAT = 16734;
  static final int VECTOR_LT = 16735;
  static final int VECTOR_LE = 16736;
  static final int VECTOR_EQ = 16737;
  static final int VECTOR_NE = 16738;
  static final int VECTOR_GE = 16739;
  static final int VECTOR_GT = 16740;
  static final int VECTOR_CMP = 16741;
  static final int VECTOR_L2_SQUARED_DISTANCE = 16742;
  static final int VECTOR_NEGATIVE_INNER_PRODUCT = 16743;
  static final int VECTOR_SPHERICAL_DISTANCE = 16744;
  static final int VECTOR_ACCUM = 16745;
  static final int VECTOR_AVG = 16746;
  static final int VECTOR_COMBINE = 16747;
  static final int AVG = 16748;
  static final int SUM = 16749;
  static final int VECTOR_FUNCTION = 16750;
  static final int INT4_ARRAY_TO_VECTOR = 16751;
  static final int FLOAT4_ARRAY_TO_VECTOR = 16752;
  static final int FLOAT8_ARRAY_TO_VECTOR = 16753;
  static final int NUMERIC_ARRAY_TO_VECTOR = 16754;
  static final int VECTOR_TO_FLOAT4 = 16755;

  /** What {@code pg_type} names; the type itself does their work. */
  static final int VECTOR_IN = 16756;

  static final int VECTOR_OUT = 16757;
  static final int VECTOR_TYPMOD_IN = 16758;
  static final int VECTOR_RECV = 16759;
  static final int VECTOR_SEND = 16760;

  static final int OPERATOR_L2 = 16762;
  static final int OPERATOR_NEGATIVE_INNER_PRODUCT = 16763;
  static final int OPERATOR_COSINE = 16764;
  static final int OPERATOR_L1 = 16765;
  static final int OPERATOR_ADD = 16766;
  static final int OPERATOR_SUB = 16767;
  static final int OPERATOR_MUL = 16768;
  static final int OPERATOR_CONCAT = 16769;
  static final int OPERATOR_GT = 16770;
  static final int OPERATOR_GE = 16771;
  static final int OPERATOR_LT = 16772;
  static final int OPERATOR_LE = 16773;
  static final int OPERATOR_NE = 16774;
  static final int OPERATOR_EQ = 16775;

  static final int BTREE_VECTOR_OPS = 16786;
  static final int IVFFLAT_L2_OPS = 16794;
  static final int IVFFLAT_IP_OPS = 16799;
  static final int IVFFLAT_COSINE_OPS = 16805;
  static final int HNSW_L2_OPS = 16812;
  static final int HNSW_IP_OPS = 16816;
  static final int HNSW_COSINE_OPS = 16820;
  static final int HNSW_L1_OPS = 16825;

  static final int HALFVEC = 16828;
  static final int HALFVEC_ARRAY = 16834;
  static final int HALFVEC_TO_VECTOR = 16864;
  static final int VECTOR_TO_HALFVEC = 16865;
  static final int BTREE_HALFVEC_OPS = 16894;
  static final int IVFFLAT_HALFVEC_L2_OPS = 16902;
  static final int IVFFLAT_HALFVEC_IP_OPS = 16908;
  static final int IVFFLAT_HALFVEC_COSINE_OPS = 16915;
  static final int HNSW_HALFVEC_L2_OPS = 16923;
  static final int HNSW_HALFVEC_IP_OPS = 16928;
  static final int HNSW_HALFVEC_COSINE_OPS = 16933;
  static final int HNSW_HALFVEC_L1_OPS = 16939;

  static final int HAMMING_DISTANCE = 16943;
  static final int JACCARD_DISTANCE = 16944;
  static final int OPERATOR_HAMMING = 16945;
  static final int OPERATOR_JACCARD = 16946;
  static final int IVFFLAT_BIT_HAMMING_OPS = 16948;
  static final int HNSW_BIT_HAMMING_OPS = 16954;
  static final int HNSW_BIT_JACCARD_OPS = 16959;

  static final int SPARSEVEC = 16963;
  static final int SPARSEVEC_ARRAY = 16969;
  static final int SPARSEVEC_L2_DISTANCE = 16970;
  static final int SPARSEVEC_COSINE_DISTANCE = 16972;
  static final int SPARSEVEC_L1_DISTANCE = 16973;
  static final int SPARSEVEC_LT = 16976;
  static final int SPARSEVEC_LE = 16977;
  static final int SPARSEVEC_EQ = 16978;
  static final int SPARSEVEC_NE = 16979;
  static final int SPARSEVEC_GE = 16980;
  static final int SPARSEVEC_GT = 16981;
  static final int SPARSEVEC_NEGATIVE_INNER_PRODUCT = 16984;
  static final int SPARSEVEC_FUNCTION = 16985;
  static final int VECTOR_TO_SPARSEVEC = 16986;
  static final int SPARSEVEC_TO_VECTOR = 16987;
  static final int HALFVEC_TO_SPARSEVEC = 16988;
  static final int SPARSEVEC_TO_HALFVEC = 16989;
  static final int INT4_ARRAY_TO_SPARSEVEC = 16990;
  static final int FLOAT4_ARRAY_TO_SPARSEVEC = 16991;
  static final int FLOAT8_ARRAY_TO_SPARSEVEC = 16992;
  static final int NUMERIC_ARRAY_TO_SPARSEVEC = 16993;
  static final int OPERATOR_SPARSEVEC_L2 = 17003;
  static final int OPERATOR_SPARSEVEC_NEGATIVE_INNER_PRODUCT = 17004;
  static final int OPERATOR_SPARSEVEC_COSINE = 17005;
  static final int OPERATOR_SPARSEVEC_L1 = 17006;
  static final int OPERATOR_SPARSEVEC_GT = 17007;
  static final int OPERATOR_SPARSEVEC_GE = 17008;
  static final int OPERATOR_SPARSEVEC_LT = 17009;
  static final int OPERATOR_SPARSEVEC_LE = 17010;
  static final int OPERATOR_SPARSEVEC_NE = 17011;
  static final int OPERATOR_SPARSEVEC_EQ = 17012;
  static final int BTREE_SPARSEVEC_OPS = 17014;
  static final int HNSW_SPARSEVEC_L2_OPS = 17022;
  static final int HNSW_SPARSEVEC_IP_OPS = 17027;
  static final int HNSW_SPARSEVEC_COSINE_OPS = 17032;
  static final int HNSW_SPARSEVEC_L1_OPS = 17038;

  private VectorOids() {}
}
