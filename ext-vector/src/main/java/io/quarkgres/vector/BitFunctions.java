package io.quarkgres.vector;

import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.text.BitType;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** The distances of bit strings. Thread: any. */
final class BitFunctions {
  private static final List<Integer> TWO = List.of(Oids.BIT, Oids.BIT);

  private BitFunctions() {}

  static List<FunctionDef> all() {
    return List.of(
        Functions.row(
            VectorOids.HAMMING_DISTANCE,
            "hamming_distance",
            TWO,
            Oids.FLOAT8,
            BitFunctions::hamming),
        Functions.row(
            VectorOids.JACCARD_DISTANCE,
            "jaccard_distance",
            TWO,
            Oids.FLOAT8,
            BitFunctions::jaccard));
  }

  private static void hamming(Row row, Out out) {
    out.float64(
        BitSums.differing(row.heap(0), bits(row, 0), row.heap(1), bits(row, 1), bytes(row)));
  }

  private static void jaccard(Row row, Out out) {
    out.float64(BitSums.jaccard(row.heap(0), bits(row, 0), row.heap(1), bits(row, 1), bytes(row)));
  }

  private static int bits(Row row, int i) {
    return row.start(i) + BitType.HEADER_BYTES;
  }

  /** Returns the bytes of both values; raises 22000 when they are not of the same length. */
  private static int bytes(Row row) {
    int left = BitType.bits((BytesColumn) row.column(0), row.position());
    int right = BitType.bits((BytesColumn) row.column(1), row.position());
    if (left != right) {
      throw new SqlException(
          SqlState.DATA_EXCEPTION, "different bit lengths " + left + " and " + right);
    }
    return row.length(0) - BitType.HEADER_BYTES;
  }
}
