package io.quarkgres.engine.function.textsearch;

import io.quarkgres.engine.function.json.JsonSlice;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.engine.type.textsearch.TsPosition;
import io.quarkgres.engine.type.textsearch.TsQuery;
import io.quarkgres.engine.type.textsearch.TsVector;
import io.quarkgres.engine.type.textsearch.TsVectorBuilder;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;

/** The functions of full text search. Thread: any. */
public final class TextSearchFunctions {
  private static final float[] WEIGHTS = {0.1f, 0.2f, 0.4f, 1.0f};

  private TextSearchFunctions() {}

  /** What makes a query of a text. */
  private interface Question {
    TsQuery of(Configuration configuration, String text);
  }

  /** How well a vector matches a query. */
  private interface Rank {
    float of(float[] weights, TsVector vector, TsQuery query, int normalization);
  }

  /** Registers the family. */
  public static void register(KernelTable t) {
    t.row("get_current_ts_config", (r, o) -> o.int32(current(r).oid()));
    documents(t);
    question(t, "to_tsquery", Questions::query);
    question(t, "plainto_tsquery", Questions::plain);
    question(t, "phraseto_tsquery", Questions::phrase);
    question(t, "websearch_to_tsquery", Questions::web);
    matches(t);
    ranks(t, "ts_rank_", Ranking::rank);
    ranks(t, "ts_rankcd_", CoverRanking::rank);
    VectorFunctions.register(t);
    QueryFunctions.register(t);
  }

  private static Configuration current(Row r) {
    return Configuration.current(r.context().setting("default_text_search_config"));
  }

  private static Configuration configuration(Row r, int i) {
    return Configuration.byOid(r.int32(i));
  }

  private static void documents(KernelTable t) {
    t.row("to_tsvector", (r, o) -> document(current(r), r.text(0), o));
    t.row("to_tsvector_byid", (r, o) -> document(configuration(r, 0), r.text(1), o));
    for (String json : new String[] {"json", "jsonb"}) {
      t.row(json + "_string_to_tsvector", (r, o) -> parts(current(r), JsonSlice.of(r, 0), o));
      t.row(
          json + "_string_to_tsvector_byid",
          (r, o) -> parts(configuration(r, 0), JsonSlice.of(r, 1), o));
    }
  }

  private static void document(Configuration configuration, String text, Out o) {
    o.bytes(vector(new Words(configuration), text).build());
  }

  private static TsVectorBuilder vector(Words words, String text) {
    words.add(text);
    return vector(words);
  }

  private static TsVectorBuilder vector(Words words) {
    TsVectorBuilder builder = new TsVectorBuilder();
    for (Words.Word word : words.all()) {
      builder.add(word.lexeme(), TsPosition.of(word.place(), 0));
    }
    return builder;
  }

  private static void parts(Configuration configuration, JsonSlice json, Out o) {
    Words words = new Words(configuration);
    addParts(json, words);
    o.bytes(vector(words).build());
  }

  /** Adds the strings of a JSON value, but not its keys. */
  private static void addParts(JsonSlice json, Words words) {
    switch (json.kind()) {
      case STRING -> words.addPart(new String(json.unescaped(), StandardCharsets.UTF_8));
      case ARRAY -> json.elements().forEach(element -> addParts(element, words));
      case OBJECT -> json.members().forEach(member -> addParts(member.value(), words));
      case NULL, BOOLEAN, NUMBER -> {
        // Only strings are text.
      }
    }
  }

  private static void question(KernelTable t, String name, Question question) {
    t.row(name, (r, o) -> o.bytes(TsQuery.encode(question.of(current(r), r.text(0)))));
    t.row(
        name + "_byid",
        (r, o) -> o.bytes(TsQuery.encode(question.of(configuration(r, 0), r.text(1)))));
  }

  static TsQuery query(Row r, int i) {
    return TsQuery.decode(r.heap(i), r.start(i), r.length(i));
  }

  static TsVector vector(Row r, int i) {
    return new TsVector(r.heap(i), r.start(i));
  }

  private static void matches(KernelTable t) {
    t.row("ts_match_vq", (r, o) -> o.bool(matches(vector(r, 0), query(r, 1))));
    t.row("ts_match_qv", (r, o) -> o.bool(matches(vector(r, 1), query(r, 0))));
    t.row("ts_match_tq", (r, o) -> o.bool(matches(ofText(r), query(r, 1))));
    t.row(
        "ts_match_tt",
        (r, o) -> o.bool(matches(ofText(r), Questions.plain(current(r), r.text(1)))));
  }

  private static TsVector ofText(Row r) {
    return new TsVector(vector(new Words(current(r)), r.text(0)).build().toByteArray(), 0);
  }

  private static boolean matches(TsVector vector, TsQuery query) {
    return Match.matches(query, new VectorOccurrences(vector));
  }

  private static void ranks(KernelTable t, String name, Rank rank) {
    t.row(name + "tt", (r, o) -> o.float64(rank.of(WEIGHTS, vector(r, 0), query(r, 1), 0)));
    t.row(
        name + "ttf", (r, o) -> o.float64(rank.of(WEIGHTS, vector(r, 0), query(r, 1), r.int32(2))));
    t.row(name + "wtt", (r, o) -> o.float64(rank.of(weights(r), vector(r, 1), query(r, 2), 0)));
    t.row(
        name + "wttf",
        (r, o) -> o.float64(rank.of(weights(r), vector(r, 1), query(r, 2), r.int32(3))));
  }

  /** Returns the weights D, C, B, A of the first argument; a negative one is the usual one. */
  private static float[] weights(Row r) {
    ArrayValue array = ((ArrayType) r.type(0)).value(r.column(0), r.position());
    if (array.dims().length != 1) {
      throw new SqlException(
          SqlState.ARRAY_ELEMENT_ERROR, "array of weight must be one-dimensional");
    }
    if (array.cardinality() < WEIGHTS.length) {
      throw new SqlException(SqlState.ARRAY_ELEMENT_ERROR, "array of weight is too short");
    }
    for (int i = 0; i < array.cardinality(); i++) {
      if (array.elements().isNull(i)) {
        throw new SqlException(
            SqlState.NULL_VALUE_NOT_ALLOWED, "array of weight must not contain nulls");
      }
    }
    float[] weights = new float[WEIGHTS.length];
    for (int i = 0; i < weights.length; i++) {
      double weight = ((DoubleColumn) array.elements()).values()[i];
      weights[i] = weight >= 0 ? (float) weight : WEIGHTS[i];
      if (weights[i] > 1.0) {
        throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "weight out of range");
      }
    }
    return weights;
  }
}
