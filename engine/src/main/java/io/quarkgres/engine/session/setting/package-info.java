/**
 * Settings: which there are, what values they take, and what they are in a session and in the
 * server.
 *
 * <p>Read {@code SettingTable} first, the settings that exist (PostgreSQL's, recorded in {@code
 * pg_settings.tsv}), then {@code Settings}, a session's values with the scopes of SET and SET
 * LOCAL, and {@code ServerSettings}, those of ALTER SYSTEM. {@code SettingValues} reads and shows
 * values, {@code SettingRules} refuses what would have to change something that is not built.
 * {@code StartupParameters} and {@code StoredSettings} give a new session its first values.
 *
 * <p>{@code Settings} are used by the session's thread, the rest by any. Invariant: a value that a
 * session holds has been checked and is in canonical form.
 */
package io.quarkgres.engine.session.setting;
