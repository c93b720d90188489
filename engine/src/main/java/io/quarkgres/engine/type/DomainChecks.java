package io.quarkgres.engine.type;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * Judges whether values belong to a domain, by the constraints that the catalog has now. Used by
 * the thread that has it.
 */
public interface DomainChecks {
  /** Raises 23502 or 23514 when one of the given rows of a column is no value of a domain. */
  void check(DomainType domain, Column values, Selection rows);

  /** Raises 23502 or 23514 when one of the first rows of a column is no value of a domain. */
  default void check(DomainType domain, Column values, int count) {
    check(domain, values, Selection.dense(count));
  }

  /** Lets no value in: for contexts without a catalog. */
  DomainChecks NONE =
      (domain, values, rows) -> {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED, "values of domain " + domain.name() + " here");
      };
}
