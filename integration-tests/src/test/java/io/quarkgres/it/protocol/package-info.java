/// The protocol itself, message by message, and what hostile or broken clients may send.
///
/// Read [io.quarkgres.it.protocol.ExtendedProtocolIT] first. In: the server under test, spoken to
/// with the bare [io.quarkgres.it.wire.WireClient]. All of it holds for a real PostgreSQL too;
/// where PostgreSQL drops a connection without a word, our server may say why before it does. Not
/// here: what statements mean.
package io.quarkgres.it.protocol;
