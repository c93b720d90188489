/**
 * Rights and owners: GRANT, REVOKE, OWNER TO, REASSIGN OWNED, DROP OWNED.
 *
 * <p>Read {@code GrantDdl} first, then {@code AclChange}: what is granted by whom, and what goes
 * along with what is revoked. Used by the session's thread.
 */
package io.quarkgres.engine.ddl.right;
