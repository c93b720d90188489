package io.quarkgres.engine.session;

/** The one role there is until roles are built. Thread: any. */
final class Roles {
  /** The superuser's name. */
  static final String SUPERUSER = "postgres";

  /** The superuser's oid, as in PostgreSQL. */
  static final int SUPERUSER_OID = 10;

  private Roles() {}
}
