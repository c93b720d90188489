/// Transactions beside each other at every isolation level: known anomalies as schedules of
/// statements, whose outcomes were recorded from a real PostgreSQL, and random histories whose
/// order is proved.
///
/// Read `Schedule` and `History` first. In: `src/test/isolation/*.txt` with the recordings beside
/// them, which only `scripts/record-schedules` writes. `SchedulesIT` compares, `HistoryIT` proves.
package io.quarkgres.it.isolation;
