/// What a server with a data directory has after its process was killed.
///
/// Read [KillIT] first. Each suite starts servers of its own, as it ends them the hard way.
/// Threads: a few clients each.
package io.quarkgres.it.durability;
