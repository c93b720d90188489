/**
 * Sessions: statements, portals, transactions and settings of one client, and the statements that
 * are run from their syntax (DDL, SET, COPY, EXPLAIN and other utility statements).
 *
 * <p>Read {@link io.quarkgres.engine.session.Engine} first, then {@link
 * io.quarkgres.engine.session.Session}. In: SQL text and encoded parameters. Out: blocks, tags and
 * notices through a {@link io.quarkgres.engine.session.Reply}. This is the only package that knows
 * all stages: parse, bind, optimize, plan, exec.
 *
 * <p>Threads. A session is used by one thread at a time, usually a virtual one that may park in
 * locks and in a slow client's {@link io.quarkgres.engine.session.Reply}; {@link
 * io.quarkgres.engine.session.Session#cancel} may come from any thread. Invariant: after an error
 * the session is in the state that PostgreSQL would be in (an explicit transaction failed, an
 * implicit one rolled back), and every snapshot and lock of the failed statement is let go.
 *
 * <p>By idea: {@code ClientSession} holds the parts of a session. {@code SimpleProtocol} and {@code
 * ExtendedProtocol} run messages; {@code StatementTable}, {@code PortalTable} and {@code Portal}
 * keep what clients name. {@code QueryRunner} runs queries, {@code UtilityRunner} and {@code
 * DdlSession} the other statements, a class a family ({@code SettingStatements}, {@code
 * CursorStatements}, {@code CopyStatement}). {@code TransactionControl} begins and ends, {@code
 * SessionTransaction} is what is open. {@code SessionEnvironment} is what expressions see of a
 * session, {@code SessionRole} whose rights it has. {@code LocalEngine}, {@code Databases}, {@code
 * Notifications} and {@code StatementTemplates} are there once for all sessions.
 *
 * <p>What knows no session lives below: {@code setting}, {@code copy} (the formats of COPY) and
 * {@code cache} (plans and results that were there before). What runs a session's statements shares
 * its {@code ClientSession} and stays in one room.
 *
 * <p>It knows neither sockets nor frames.
 */
package io.quarkgres.engine.session;
