package io.quarkgres.engine.session;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The engine's source of time and randomness, replaced in tests. Thread: any. */
public interface Clock {
  /** Returns the time now in microseconds since 2000-01-01 00:00 UTC. */
  long micros();

  /** Returns a new source of randomness for a session. */
  RandomGenerator random();

  /** The machine's clock. */
  Clock SYSTEM =
      new Clock() {
        private static final long POSTGRES_EPOCH_SECONDS = 946_684_800L;

        @Override
        public long micros() {
          Instant now = Instant.now();
          return (now.getEpochSecond() - POSTGRES_EPOCH_SECONDS) * 1_000_000L
              + now.getNano() / 1_000;
        }

        @Override
        public RandomGenerator random() {
          return new SplittableRandom(new SecureRandom().nextLong());
        }
      };
}
