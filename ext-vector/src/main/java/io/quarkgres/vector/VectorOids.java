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

  private VectorOids() {}
}
