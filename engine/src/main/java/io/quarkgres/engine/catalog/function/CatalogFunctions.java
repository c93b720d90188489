package io.quarkgres.engine.catalog.function;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Row;

/** Registers the catalog functions. Thread: any. */
public final class CatalogFunctions {
  private CatalogFunctions() {}

  /** Registers all families. */
  public static void register(KernelTable t) {
    SequenceFunctions.register(t);
    SessionFunctions.register(t);
    VisibilityFunctions.register(t);
    DefinitionFunctions.register(t);
    SignatureFunctions.register(t);
    CommentFunctions.register(t);
    SizeFunctions.register(t);
    AdvisoryFunctions.register(t);
    PrivilegeFunctions.register(t);
    RegFunctions.register(t);
    AclFunctions.register(t);
    OptionFunctions.register(t);
    WalFunctions.register(t);
  }

  /** Returns the session's side of a call. */
  static CatalogServices services(Row row) {
    return row.context().service(CatalogServices.class);
  }
}
