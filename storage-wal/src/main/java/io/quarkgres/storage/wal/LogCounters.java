package io.quarkgres.storage.wal;

import java.util.concurrent.atomic.LongAdder;

/** What the log and its checkpoints have done since the start. Thread: any. */
final class LogCounters {
  final LongAdder records = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder fullBuffers = new LongAdder();
  final LongAdder writes = new LongAdder();
  final LongAdder syncs = new LongAdder();
  final LongAdder writeNanos = new LongAdder();
  final LongAdder syncNanos = new LongAdder();
  final LongAdder checkpointsTimed = new LongAdder();
  final LongAdder checkpointsRequested = new LongAdder();
  final LongAdder checkpointNanos = new LongAdder();
}
