package io.quarkgres.engine.session.cache;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.function.EvalContext;

/** What plans depend on beside their text, as a session has it now. Used by its thread. */
public interface PlanScope extends EvalContext {
  /** Returns a number that changes whenever settings or the temporary schema have changed. */
  long version();

  /** Returns the catalog version that the session sees. */
  CatalogVersion catalog();
}
