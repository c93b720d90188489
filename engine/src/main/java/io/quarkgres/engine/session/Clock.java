package io.quarkgres.engine.session;

/** The engine's source of time and randomness, replaced in tests. Thread: any. */
public interface Clock {
  /** Returns the time now in microseconds since 2000-01-01 00:00 UTC. */
  long micros();

  /** Returns a new source of randomness for a session. */
  java.util.random.RandomGenerator random();

  /** The machine's clock. */
  Clock SYSTEM =
      new Clock() {
        private static final long POSTGRES_EPOCH_SECONDS = 946_684_800L;

        @Override
        public long micros() {
          java.time.Instant now = java.time.Instant.now();
          return (now.getEpochSecond() - POSTGRES_EPOCH_SECONDS) * 1_000_000L
              + now.getNano() / 1_000;
        }

        @Override
        public java.util.random.RandomGenerator random() {
          return new java.util.SplittableRandom(new java.security.SecureRandom().nextLong());
        }
      };
}
