package io.quarkgres.engine.function.json;

import io.quarkgres.engine.function.kernel.KernelTable;

/** The table of functions of json and jsonb. Thread: any. */
public final class JsonFunctions {
  private JsonFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    JsonAccess.register(t);
    JsonSets.register(t);
    JsonPopulation.register(t);
    JsonBuilding.register(t);
    JsonbEditing.register(t);
    JsonbTests.register(t);
    JsonTexts.register(t);
    JsonbCasts.register(t);
    JsonAggregates.register(t);
  }
}
