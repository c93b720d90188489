package io.quarkgres.engine.function.textsearch;

import io.quarkgres.engine.type.textsearch.TsPosition;
import io.quarkgres.engine.type.textsearch.TsQuery;
import io.quarkgres.engine.type.textsearch.TsVector;
import java.util.Arrays;

/**
 * Whether a query matches what a document has. A phrase over lexemes without positions is {@link
 * Truth#MAYBE}, and that is no match. Thread: any.
 */
final class Match {
  /** An answer about what may have no positions. */
  enum Truth {
    NO,
    MAYBE,
    YES
  }

  /** What a document has of a lexeme. */
  interface Occurrences {
    /**
     * Looks a lexeme up.
     *
     * @param places where to put its places; {@code null} when only its presence counts
     */
    Truth find(TsQuery.Value value, Places places);
  }

  private final Occurrences document;

  private Match(Occurrences document) {
    this.document = document;
  }

  /** Tells whether a document matches a query; none matches the query without lexemes. */
  static boolean matches(TsQuery query, Occurrences document) {
    return query != null && new Match(document).plain(query) != Truth.NO;
  }

  private Truth plain(TsQuery query) {
    return switch (query) {
      case TsQuery.Value q -> document.find(q, null);
      case TsQuery.Not q ->
          switch (plain(q.operand())) {
            case NO -> Truth.YES;
            case MAYBE -> Truth.MAYBE;
            case YES -> Truth.NO;
          };
      case TsQuery.And q -> {
        Truth left = plain(q.left());
        yield left == Truth.NO ? left : least(left, plain(q.right()));
      }
      case TsQuery.Or q -> {
        Truth left = plain(q.left());
        yield left == Truth.YES ? left : greatest(left, plain(q.right()));
      }
      case TsQuery.Phrase q -> places(q, new Places()) == Truth.YES ? Truth.YES : Truth.NO;
    };
  }

  private static Truth least(Truth a, Truth b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Truth greatest(Truth a, Truth b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** Finds the places where a part of a phrase ends, in order, or where it does not. */
  private Truth places(TsQuery query, Places out) {
    return switch (query) {
      case TsQuery.Value q -> document.find(q, out);
      case TsQuery.Not q -> not(places(q.operand(), out), out);
      case TsQuery.And q -> both(q.left(), q.right(), -1, out);
      case TsQuery.Phrase q -> both(q.left(), q.right(), q.distance(), out);
      case TsQuery.Or q -> either(q, out);
    };
  }

  private static Truth not(Truth found, Places out) {
    switch (found) {
      case NO -> {
        out.clear();
        out.isNegated = true;
        return Truth.YES;
      }
      case MAYBE -> {
        return Truth.MAYBE;
      }
      case YES -> {
        if (out.count == 0 && out.isNegated) {
          out.isNegated = false;
          return Truth.NO;
        }
        out.isNegated = !out.isNegated;
        return Truth.YES;
      }
    }
    throw new IllegalStateException();
  }

  private Truth both(TsQuery leftQuery, TsQuery rightQuery, int distance, Places out) {
    Places left = new Places();
    Truth leftFound = places(leftQuery, left);
    if (leftFound == Truth.NO) {
      return Truth.NO;
    }
    Places right = new Places();
    Truth rightFound = places(rightQuery, right);
    if (rightFound == Truth.NO) {
      return Truth.NO;
    }
    if (leftFound == Truth.MAYBE || rightFound == Truth.MAYBE) {
      return Truth.MAYBE;
    }
    int leftOffset;
    int rightOffset = 0;
    if (distance >= 0) {
      leftOffset = distance + right.width;
      out.width = distance + left.width + right.width;
    } else {
      out.width = Math.max(left.width, right.width);
      leftOffset = out.width - left.width;
      rightOffset = out.width - right.width;
    }
    boolean isNeither = left.isNegated && right.isNegated;
    out.merge(
        left,
        leftOffset,
        right,
        rightOffset,
        left.isNegated == right.isNegated,
        isNeither || right.isNegated,
        isNeither || left.isNegated);
    out.isNegated = isNeither;
    return isNeither || out.count > 0 ? Truth.YES : Truth.NO;
  }

  private Truth either(TsQuery.Or query, Places out) {
    Places left = new Places();
    Places right = new Places();
    Truth leftFound = places(query.left(), left);
    Truth rightFound = places(query.right(), right);
    if (leftFound == Truth.NO && rightFound == Truth.NO) {
      return Truth.NO;
    }
    if (leftFound == Truth.MAYBE || rightFound == Truth.MAYBE) {
      return Truth.MAYBE;
    }
    left.width = leftFound == Truth.NO ? 0 : left.width;
    right.width = rightFound == Truth.NO ? 0 : right.width;
    out.width = Math.max(left.width, right.width);
    boolean isNegated = left.isNegated || right.isNegated;
    out.merge(
        left,
        out.width - left.width,
        right,
        out.width - right.width,
        left.isNegated == right.isNegated,
        !isNegated || left.isNegated && !right.isNegated,
        !isNegated || right.isNegated && !left.isNegated);
    out.isNegated = isNegated;
    return isNegated || out.count > 0 ? Truth.YES : Truth.NO;
  }

  /** Places in order: where something ends, or, negated, where it does not. */
  static final class Places {
    private int[] places = new int[8];
    private int count;
    private boolean isNegated;
    private int width;

    void add(int place) {
      if (count == places.length) {
        places = Arrays.copyOf(places, 2 * count);
      }
      places[count++] = place;
    }

    void addAll(Places others) {
      for (int i = 0; i < others.count; i++) {
        add(others.places[i]);
      }
    }

    void clear() {
      count = 0;
    }

    /** Puts what was added in order, each place once. */
    void order() {
      Arrays.sort(places, 0, count);
      int n = 0;
      for (int i = 0; i < count; i++) {
        if (n == 0 || places[n - 1] != places[i]) {
          places[n++] = places[i];
        }
      }
      count = n;
    }

    private void merge(
        Places left,
        int leftOffset,
        Places right,
        int rightOffset,
        boolean takesBoth,
        boolean takesLeft,
        boolean takesRight) {
      int l = 0;
      int r = 0;
      while (l < left.count || r < right.count) {
        int a = l < left.count ? left.places[l] + leftOffset : Integer.MAX_VALUE;
        int b = r < right.count ? right.places[r] + rightOffset : Integer.MAX_VALUE;
        int place = Math.min(a, b);
        boolean takes = a == b ? takesBoth : a < b ? takesLeft : takesRight;
        l += a == place ? 1 : 0;
        r += b == place ? 1 : 0;
        if (takes && place > 0) {
          add(place);
        }
      }
    }
  }

  /** Adds the places of a lexeme that have one of the weights; 0 stands for any. */
  static boolean addPlaces(TsVector vector, int lexeme, int weights, Places out) {
    boolean found = false;
    for (int n = 0; n < vector.positionCount(lexeme); n++) {
      int position = vector.position(lexeme, n);
      if (weights == 0 || (weights & 1 << TsPosition.weight(position)) != 0) {
        found = true;
        if (out == null) {
          return true;
        }
        out.add(TsPosition.place(position));
      }
    }
    return found;
  }
}
