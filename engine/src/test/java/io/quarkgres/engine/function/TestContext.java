package io.quarkgres.engine.function;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import java.util.Random;

/** An evaluation context with a fixed clock and seed. */
public record TestContext(TypeContext types) implements EvalContext {
  /** 2024-02-29 13:14:15.678901 UTC. */
  static final long NOW = 762_441_255_678_901L;

  private static final Interruption INTERRUPTION = new Interruption();

  @Override
  public long statementMicros() {
    return NOW;
  }

  @Override
  public long transactionMicros() {
    return NOW;
  }

  @Override
  public long clockMicros() {
    return NOW;
  }

  @Override
  public SessionRandom random() {
    return new SessionRandom(new Random(42));
  }

  @Override
  public String setting(String name) {
    return null;
  }

  @Override
  public Interruption interruption() {
    return INTERRUPTION;
  }

  @Override
  public <T> T service(Class<T> kind) {
    throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, kind.getSimpleName());
  }
}
