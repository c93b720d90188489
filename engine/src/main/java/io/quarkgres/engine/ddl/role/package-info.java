/**
 * CREATE, ALTER and DROP ROLE, membership, and the settings of roles and databases.
 *
 * <p>Read {@code RoleDdl} first. {@code RoleNames} finds the roles that statements name, {@code
 * RoleUses} tells what keeps one from being dropped, {@code ScramVerifier} makes what is kept of a
 * password.
 *
 * <p>Used by the session's thread. Invariant: roles are the server's; a transaction that changes
 * them commits the change to all databases.
 */
package io.quarkgres.engine.ddl.role;
