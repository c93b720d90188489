package io.quarkgres.engine.function.textsearch;

import io.quarkgres.engine.type.textsearch.TsPosition;
import io.quarkgres.engine.type.textsearch.TsQuery;
import io.quarkgres.engine.type.textsearch.TsVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ts_rank_cd}: the density of the covers, the shortest stretches of a document that match a
 * query (Clarke, Cormack, Tudhope: Relevance Ranking for One to Three Term Queries). Used by one
 * thread.
 */
final class CoverRanking {
  /** A position in the document with the lexemes of the query that stand there. */
  private record Hit(int position, int lexeme, List<TsQuery.Value> values) {
    int place() {
      return TsPosition.place(position);
    }
  }

  private final TsQuery query;
  private final List<Hit> hits = new ArrayList<>();
  private final Map<TsQuery.Value, Match.Places> seen = new IdentityHashMap<>();
  private int begin;
  private int end;
  private int next;

  private CoverRanking(TsVector vector, TsQuery query) {
    this.query = query;
    List<Hit> all = new ArrayList<>();
    collect(vector, query, all);
    all.sort(
        Comparator.comparingInt(Hit::place)
            .thenComparingInt(hit -> TsPosition.weight(hit.position()))
            .thenComparingInt(Hit::lexeme));
    for (Hit hit : all) {
      Hit last = hits.isEmpty() ? null : hits.getLast();
      if (last != null && last.position() == hit.position() && last.lexeme() == hit.lexeme()) {
        last.values().addAll(hit.values());
      } else {
        hits.add(hit);
      }
    }
  }

  private static void collect(TsVector vector, TsQuery query, List<Hit> out) {
    switch (query) {
      case TsQuery.Value q -> hits(vector, q, out);
      case TsQuery.Not q -> collect(vector, q.operand(), out);
      case TsQuery.And q -> collectBoth(vector, q.left(), q.right(), out);
      case TsQuery.Or q -> collectBoth(vector, q.left(), q.right(), out);
      case TsQuery.Phrase q -> collectBoth(vector, q.left(), q.right(), out);
    }
  }

  private static void collectBoth(TsVector vector, TsQuery left, TsQuery right, List<Hit> out) {
    collect(vector, left, out);
    collect(vector, right, out);
  }

  private static void hits(TsVector vector, TsQuery.Value value, List<Hit> out) {
    for (int i = vector.search(value.lexeme());
        vector.matches(i, value.lexeme(), value.isPrefix());
        i++) {
      for (int position : vector.positions(i)) {
        if (value.weights() == 0 || (value.weights() & 1 << TsPosition.weight(position)) != 0) {
          out.add(new Hit(position, i, new ArrayList<>(List.of(value))));
        }
      }
    }
  }

  static float rank(float[] weights, TsVector vector, TsQuery query, int normalization) {
    if (query == null || vector.count() == 0) {
      return 0;
    }
    CoverRanking ranking = new CoverRanking(vector, query);
    return ranking.hits.isEmpty() ? 0 : ranking.density(weights, vector, normalization);
  }

  private float density(float[] weights, TsVector vector, int normalization) {
    double density = 0;
    double distances = 0;
    double middleBefore = 0;
    int covers = 0;
    while (findCover()) {
      double inverse = 0;
      for (int i = begin; i <= end; i++) {
        inverse += 1.0 / weights[TsPosition.weight(hits.get(i).position())];
      }
      int from = hits.get(begin).place();
      int to = hits.get(end).place();
      int noise = (to - from) - (end - begin);
      if (noise < 0) {
        noise = (end - begin) / 2;
      }
      density += (end - begin + 1) / inverse / (1 + noise);
      double middle = (to + from) / 2.0;
      if (covers > 0 && middle > middleBefore) {
        distances += 1.0 / (middle - middleBefore);
      }
      middleBefore = middle;
      covers++;
    }
    return (float) normalized(density, vector, normalization, covers, distances);
  }

  private static double normalized(
      double density, TsVector vector, int normalization, int covers, double distances) {
    double result = density;
    int length = Ranking.length(vector);
    if ((normalization & Normalization.LOG_LENGTH) != 0) {
      result /= Math.log(length + 1);
    }
    if ((normalization & Normalization.LENGTH) != 0) {
      result /= length;
    }
    if ((normalization & Normalization.DISTANCE) != 0 && covers > 0 && distances > 0) {
      result /= covers / distances;
    }
    if ((normalization & Normalization.UNIQUE) != 0) {
      result /= vector.count();
    }
    if ((normalization & Normalization.LOG_UNIQUE) != 0) {
      result /= Math.log(vector.count() + 1) / Math.log(2.0);
    }
    if ((normalization & Normalization.OF_ONE) != 0) {
      result /= result + 1;
    }
    return result;
  }

  /** Finds the next cover: up to where the query matches first, then back as far as it has to. */
  private boolean findCover() {
    while (true) {
      int upper = firstMatch(next, hits.size(), 1);
      if (upper < 0) {
        return false;
      }
      int lower = firstMatch(upper, next - 1, -1);
      if (lower >= 0 && hits.get(lower).place() <= hits.get(upper).place()) {
        begin = lower;
        end = upper;
        next = lower + 1;
        return true;
      }
      next++;
    }
  }

  private int firstMatch(int from, int to, int step) {
    seen.clear();
    for (int i = from; i != to; i += step) {
      Hit hit = hits.get(i);
      for (TsQuery.Value value : hit.values()) {
        seen.computeIfAbsent(value, v -> new Match.Places()).add(hit.place());
      }
      if (Match.matches(query, this::find)) {
        return i;
      }
    }
    return -1;
  }

  private Match.Truth find(TsQuery.Value value, Match.Places places) {
    Match.Places found = seen.get(value);
    if (found == null) {
      return Match.Truth.NO;
    }
    if (places != null) {
      places.addAll(found);
      places.order();
    }
    return Match.Truth.YES;
  }
}
