package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.spi.store.IsolationLevel;
import java.util.Locale;

/**
 * How a transaction was begun or set to be. Thread: any.
 *
 * @param isolation SQL's level; READ UNCOMMITTED is shown as such and is READ COMMITTED
 * @param isDeferrable means something to SERIALIZABLE READ ONLY transactions only
 */
record TransactionModes(
    UtilityStatement.IsolationLevel isolation, boolean isReadOnly, boolean isDeferrable) {
  /** Returns the modes that the session's settings give to new transactions. */
  static TransactionModes ofSettings(Settings settings) {
    return new TransactionModes(
        isolation(settings.raw("default_transaction_isolation")),
        settings.isOn("default_transaction_read_only"),
        settings.isOn("default_transaction_deferrable"));
  }

  /** Returns these modes but for those that a statement names. */
  TransactionModes with(UtilityStatement.TransactionModes changes) {
    return new TransactionModes(
        changes.isolation() == null ? isolation : changes.isolation(),
        changes.isReadOnly() == null ? isReadOnly : changes.isReadOnly(),
        changes.isDeferrable() == null ? isDeferrable : changes.isDeferrable());
  }

  /** Returns the level by the word of a setting, which was checked. */
  static UtilityStatement.IsolationLevel isolation(String setting) {
    return UtilityStatement.IsolationLevel.valueOf(
        setting.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }

  /** Returns a level as settings write it. */
  static String name(UtilityStatement.IsolationLevel level) {
    return level.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns the storage's level. */
  IsolationLevel level() {
    return switch (isolation) {
      case READ_UNCOMMITTED, READ_COMMITTED -> IsolationLevel.READ_COMMITTED;
      case REPEATABLE_READ -> IsolationLevel.REPEATABLE_READ;
      case SERIALIZABLE -> IsolationLevel.SERIALIZABLE;
    };
  }
}
