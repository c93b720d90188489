package io.quarkgres.engine.function.textsearch;

import static io.quarkgres.engine.function.textsearch.TextSearchFunctions.vector;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.engine.type.textsearch.TsPosition;
import io.quarkgres.engine.type.textsearch.TsVector;
import io.quarkgres.engine.type.textsearch.TsVectorBuilder;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Functions that take vectors apart and put them together. Thread: any. */
final class VectorFunctions {
  private static final int[] NO_POSITIONS = {};

  private VectorFunctions() {}

  static void register(KernelTable t) {
    t.row("tsvector_length", (r, o) -> o.int32(vector(r, 0).count()));
    t.row("tsvector_strip", (r, o) -> strip(vector(r, 0), o));
    t.row("tsvector_concat", (r, o) -> concat(vector(r, 0), vector(r, 1), o));
    t.row("tsvector_setweight", (r, o) -> weigh(vector(r, 0), weight(r.int32(1)), null, o));
    t.row(
        "tsvector_setweight_by_filter",
        (r, o) -> weigh(vector(r, 0), weight(r.int32(1)), lexemes(r, 2), o));
    t.row("tsvector_delete_str", (r, o) -> delete(vector(r, 0), only(r.bytes(1)), o));
    t.row("tsvector_delete_arr", (r, o) -> delete(vector(r, 0), lexemes(r, 1), o));
    t.row("tsvector_to_array", (r, o) -> toArray(vector(r, 0), o));
    t.row("array_to_tsvector", VectorFunctions::fromArray);
  }

  private static int weight(int letter) {
    int weight = TsPosition.weightOf(letter & 0xff);
    if (weight < 0) {
      throw new SqlException(
          SqlState.INTERNAL_ERROR, "unrecognized weight: " + (int) (byte) letter);
    }
    return weight;
  }

  private static void strip(TsVector vector, Out o) {
    TsVectorBuilder result = new TsVectorBuilder();
    for (int i = 0; i < vector.count(); i++) {
      result.add(vector.lexeme(i), NO_POSITIONS);
    }
    o.bytes(result.build());
  }

  /** The second document stands behind the first. */
  private static void concat(TsVector first, TsVector second, Out o) {
    TsVectorBuilder result = new TsVectorBuilder();
    int last = 0;
    for (int i = 0; i < first.count(); i++) {
      result.add(first.lexeme(i), first.positions(i));
      for (int position : first.positions(i)) {
        last = Math.max(last, TsPosition.place(position));
      }
    }
    for (int i = 0; i < second.count(); i++) {
      int[] positions = second.positions(i);
      for (int n = 0; n < positions.length; n++) {
        int place = TsPosition.place(positions[n]) + last;
        positions[n] = TsPosition.of(place, TsPosition.weight(positions[n]));
      }
      result.add(second.lexeme(i), positions);
    }
    o.bytes(result.build());
  }

  /** Gives all positions a weight, or those of some lexemes. */
  private static void weigh(TsVector vector, int weight, Set<byte[]> lexemes, Out o) {
    TsVectorBuilder result = new TsVectorBuilder();
    for (int i = 0; i < vector.count(); i++) {
      byte[] lexeme = vector.lexeme(i);
      int[] positions = vector.positions(i);
      if (lexemes == null || lexemes.contains(lexeme)) {
        for (int n = 0; n < positions.length; n++) {
          positions[n] = TsPosition.of(TsPosition.place(positions[n]), weight);
        }
      }
      result.add(lexeme, positions);
    }
    o.bytes(result.build());
  }

  private static void delete(TsVector vector, Set<byte[]> lexemes, Out o) {
    TsVectorBuilder result = new TsVectorBuilder();
    for (int i = 0; i < vector.count(); i++) {
      byte[] lexeme = vector.lexeme(i);
      if (!lexemes.contains(lexeme)) {
        result.add(lexeme, vector.positions(i));
      }
    }
    o.bytes(result.build());
  }

  private static Set<byte[]> only(byte[] lexeme) {
    Set<byte[]> result = new TreeSet<>(Arrays::compareUnsigned);
    result.add(lexeme);
    return result;
  }

  /** Returns the texts of an array, without NULLs. */
  private static Set<byte[]> lexemes(Row r, int i) {
    ArrayValue array = ((ArrayType) r.type(i)).value(r.column(i), r.position());
    Set<byte[]> result = new TreeSet<>(Arrays::compareUnsigned);
    for (int n = 0; n < array.cardinality(); n++) {
      if (!array.elements().isNull(n)) {
        result.add(((BytesColumn) array.elements()).copy(n));
      }
    }
    return result;
  }

  private static void toArray(TsVector vector, Out o) {
    BytesBuilder lexemes = new BytesBuilder(vector.count());
    for (int i = 0; i < vector.count(); i++) {
      lexemes.append(vector.lexeme(i));
    }
    ArrayValue.of(Oids.TEXT, lexemes.build()).appendTo(o.builder());
  }

  private static void fromArray(Row r, Out o) {
    ArrayValue array = ((ArrayType) r.type(0)).value(r.column(0), r.position());
    for (int i = 0; i < array.cardinality(); i++) {
      if (array.elements().isNull(i)) {
        throw new SqlException(
            SqlState.NULL_VALUE_NOT_ALLOWED, "lexeme array may not contain nulls");
      }
    }
    TsVectorBuilder result = new TsVectorBuilder();
    for (byte[] lexeme : lexemes(r, 0)) {
      if (lexeme.length == 0) {
        throw new SqlException(
            SqlState.ZERO_LENGTH_CHARACTER_STRING, "lexeme array may not contain empty strings");
      }
      result.add(lexeme, NO_POSITIONS);
    }
    o.bytes(result.build());
  }
}
