package io.quarkgres.engine.function.textsearch;

import io.quarkgres.engine.type.textsearch.TsPosition;
import io.quarkgres.engine.type.textsearch.TsQuery;
import io.quarkgres.engine.type.textsearch.TsVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * {@code ts_rank}: how often the lexemes of a query stand in a document, and for a query that asks
 * for all of them, how near to each other. Computed in single precision where PostgreSQL does.
 * Thread: any.
 */
final class Ranking {
  /** The sum of 1/n² over all n, which limits what one lexeme can add. */
  private static final double SQUARES = 1.64493406685;

  private static final int FAR = 100;
  private static final int[] WITHOUT_PLACE_ALONE = {0};
  private static final int[] WITHOUT_PLACE = {TsPosition.PLACE_MAX};
  private final float[] weights;
  private final TsVector vector;

  private Ranking(float[] weights, TsVector vector) {
    this.weights = weights;
    this.vector = vector;
  }

  static float rank(float[] weights, TsVector vector, TsQuery query, int normalization) {
    if (vector.count() == 0 || query == null) {
      return 0;
    }
    Ranking ranking = new Ranking(weights, vector);
    List<TsQuery.Value> values = lexemes(query);
    boolean asksForAll =
        (query instanceof TsQuery.And || query instanceof TsQuery.Phrase) && values.size() > 1;
    float rank = asksForAll ? ranking.together(values) : ranking.each(values);
    if (rank < 0) {
      rank = 1e-20f;
    }
    return normalized(rank, vector, normalization);
  }

  private static float normalized(float rank, TsVector vector, int normalization) {
    float result = rank;
    int length = length(vector);
    if ((normalization & Normalization.LOG_LENGTH) != 0) {
      result = (float) (result / (Math.log(length + 1) / Math.log(2.0)));
    }
    if ((normalization & Normalization.LENGTH) != 0) {
      result /= (float) length;
    }
    if ((normalization & Normalization.UNIQUE) != 0) {
      result /= (float) vector.count();
    }
    if ((normalization & Normalization.LOG_UNIQUE) != 0) {
      result = (float) (result / (Math.log(vector.count() + 1) / Math.log(2.0)));
    }
    if ((normalization & Normalization.OF_ONE) != 0) {
      result /= result + 1;
    }
    return result;
  }

  /** Returns how many words a document has. */
  static int length(TsVector vector) {
    int length = 0;
    for (int i = 0; i < vector.count(); i++) {
      length += Math.max(1, vector.positionCount(i));
    }
    return length;
  }

  /** Returns the lexemes of a query by their bytes, each once. */
  private static List<TsQuery.Value> lexemes(TsQuery query) {
    TreeMap<byte[], TsQuery.Value> result = new TreeMap<>(Arrays::compareUnsigned);
    collect(query, result);
    return new ArrayList<>(result.values());
  }

  private static void collect(TsQuery query, TreeMap<byte[], TsQuery.Value> out) {
    switch (query) {
      case TsQuery.Value q -> out.putIfAbsent(q.lexeme(), q);
      case TsQuery.Not q -> collect(q.operand(), out);
      case TsQuery.And q -> collectBoth(q.left(), q.right(), out);
      case TsQuery.Or q -> collectBoth(q.left(), q.right(), out);
      case TsQuery.Phrase q -> collectBoth(q.left(), q.right(), out);
    }
  }

  private static void collectBoth(TsQuery left, TsQuery right, TreeMap<byte[], TsQuery.Value> out) {
    collect(right, out);
    collect(left, out);
  }

  private float weight(int position) {
    return weights[TsPosition.weight(position)];
  }

  private float each(List<TsQuery.Value> values) {
    float rank = 0;
    for (TsQuery.Value value : values) {
      for (int i = vector.search(value.lexeme());
          vector.matches(i, value.lexeme(), value.isPrefix());
          i++) {
        rank = ofLexeme(rank, i);
      }
    }
    return values.isEmpty() ? rank : rank / values.size();
  }

  private float ofLexeme(float before, int lexeme) {
    int[] positions =
        vector.positionCount(lexeme) == 0 ? WITHOUT_PLACE_ALONE : vector.positions(lexeme);
    float sum = 0;
    float greatest = -1;
    int greatestAt = 0;
    for (int j = 0; j < positions.length; j++) {
      float weight = weight(positions[j]);
      sum += weight / ((j + 1) * (j + 1));
      if (weight > greatest) {
        greatest = weight;
        greatestAt = j;
      }
    }
    float whole = greatest + sum - greatest / ((greatestAt + 1) * (greatestAt + 1));
    return (float) (before + whole / SQUARES);
  }

  private float together(List<TsQuery.Value> values) {
    float rank = -1;
    int[][] places = new int[values.size()][];
    for (int i = 0; i < places.length; i++) {
      TsQuery.Value value = values.get(i);
      for (int e = vector.search(value.lexeme());
          vector.matches(e, value.lexeme(), value.isPrefix());
          e++) {
        places[i] = vector.positionCount(e) == 0 ? WITHOUT_PLACE : vector.positions(e);
        for (int k = 0; k < i; k++) {
          if (places[k] != null) {
            rank = ofPair(rank, places[i], places[k]);
          }
        }
      }
    }
    return rank;
  }

  private float ofPair(float before, int[] left, int[] right) {
    float rank = before;
    boolean hasNoPlace = left == WITHOUT_PLACE || right == WITHOUT_PLACE;
    for (int a : left) {
      for (int b : right) {
        int distance = Math.abs(TsPosition.place(a) - TsPosition.place(b));
        if (distance == 0 && !hasNoPlace) {
          continue;
        }
        int counted = distance == 0 ? TsPosition.PLACE_MAX + 1 : distance;
        float near = (float) Math.sqrt(weight(a) * weight(b) * nearness(counted));
        rank = rank < 0 ? near : (float) (1.0 - (1.0 - rank) * (1.0 - near));
      }
    }
    return rank;
  }

  private static float nearness(int distance) {
    return distance > FAR ? 1e-30f : (float) (1.0 / (1.005 + 0.05 * Math.exp(distance / 1.5f - 2)));
  }
}
