/// A bare client of PostgreSQL's protocol version 3, for tests that must see every message.
///
/// Read [io.quarkgres.it.wire.WireClient] first. In: messages made with
/// [io.quarkgres.it.wire.Payload]; out: [io.quarkgres.it.wire.Message]s exactly as the server sent
/// them. Used by one thread at a time. It never interprets a value and never retries.
package io.quarkgres.it.wire;
