package io.quarkgres.engine.function.textsearch;

import io.quarkgres.engine.type.textsearch.TsQuery;
import io.quarkgres.engine.type.textsearch.TsVector;

/** What a vector has of a lexeme. Used by one thread. */
final class VectorOccurrences implements Match.Occurrences {
  private final TsVector vector;

  VectorOccurrences(TsVector vector) {
    this.vector = vector;
  }

  @Override
  public Match.Truth find(TsQuery.Value value, Match.Places places) {
    Match.Truth result = Match.Truth.NO;
    for (int i = vector.search(value.lexeme());
        vector.matches(i, value.lexeme(), value.isPrefix());
        i++) {
      Match.Truth found = find(i, value.weights(), places);
      if (found == Match.Truth.MAYBE) {
        places.clear();
        return found;
      }
      if (found == Match.Truth.YES) {
        result = found;
        if (places == null) {
          break;
        }
      }
    }
    if (places != null && value.isPrefix()) {
      places.order();
    }
    return result;
  }

  private Match.Truth find(int lexeme, int weights, Match.Places places) {
    if (vector.positionCount(lexeme) == 0) {
      return places == null ? Match.Truth.YES : Match.Truth.MAYBE;
    }
    if (places == null && weights == 0) {
      return Match.Truth.YES;
    }
    return Match.addPlaces(vector, lexeme, weights, places) ? Match.Truth.YES : Match.Truth.NO;
  }
}
