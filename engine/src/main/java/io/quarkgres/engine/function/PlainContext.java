package io.quarkgres.engine.function;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;

/**
 * The context of expressions that belong to no session, such as index keys: immutable functions
 * only, default settings. Thread: any.
 */
public final class PlainContext implements EvalContext {
  /** The one instance. */
  public static final PlainContext INSTANCE = new PlainContext();

  private final Interruption interruption = new Interruption();

  private PlainContext() {}

  @Override
  public TypeContext types() {
    return TypeContext.DEFAULT;
  }

  @Override
  public long statementMicros() {
    throw unavailable("the time");
  }

  @Override
  public long transactionMicros() {
    throw unavailable("the time");
  }

  @Override
  public long clockMicros() {
    throw unavailable("the time");
  }

  @Override
  public SessionRandom random() {
    throw unavailable("randomness");
  }

  @Override
  public String setting(String name) {
    return null;
  }

  @Override
  public Interruption interruption() {
    return interruption;
  }

  @Override
  public <T> T service(Class<T> kind) {
    throw unavailable(kind.getSimpleName());
  }

  private static SqlException unavailable(String what) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, what + " is not available in an index expression");
  }
}
