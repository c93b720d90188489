package io.quarkgres.engine.bind;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * Where in a recursive query the binder is: a query may refer to itself only where rows of the
 * previous step can be taken one by one. Used by one thread.
 */
final class RecursionGuard {
  private Place place = Place.OK;

  /** The places, with the reason why a reference is refused there. */
  enum Place {
    OK(null),
    NON_RECURSIVE_TERM("within its non-recursive term"),
    SUBQUERY("within a subquery"),
    OUTER_JOIN("within an outer join"),
    INTERSECT("within INTERSECT"),
    EXCEPT("within EXCEPT");

    private final String reason;

    Place(String reason) {
      this.reason = reason;
    }
  }

  /** Goes into a place, unless the one around it is already forbidden; returns that one. */
  Place enter(Place newPlace) {
    Place before = place;
    if (place == Place.OK) {
      place = newPlace;
    }
    return before;
  }

  /** Starts anew for a query of its own; returns the place before. */
  Place restart(Place newPlace) {
    Place before = place;
    place = newPlace;
    return before;
  }

  void leave(Place before) {
    place = before;
  }

  /** Raises 42P19 when a query must not refer to itself here. */
  void check(String query, int position) {
    if (place != Place.OK) {
      throw new SqlException(
          SqlState.INVALID_RECURSION,
          "recursive reference to query \"%s\" must not appear %s".formatted(query, place.reason),
          position);
    }
  }
}
