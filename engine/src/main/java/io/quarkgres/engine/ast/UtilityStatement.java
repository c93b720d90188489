package io.quarkgres.engine.ast;

import java.util.List;

/** The statements that neither query, change rows nor change the catalog. */
public sealed interface UtilityStatement extends Statement {
  /** What begins, ends and shapes transactions. */
  sealed interface TransactionStatement extends UtilityStatement {}

  /** What sends and receives notifications. */
  sealed interface ChannelStatement extends UtilityStatement {}

  /** What looks after the storage; it changes no answer. */
  sealed interface MaintenanceStatement extends UtilityStatement {}

  /** What runs code that is not SQL. */
  sealed interface CodeStatement extends UtilityStatement {}

  /** BEGIN or START TRANSACTION. */
  record Begin(boolean isStart, TransactionModes modes, int position)
      implements TransactionStatement {}

  /** COMMIT or END. */
  record Commit(boolean isChain, int position) implements TransactionStatement {}

  /** ROLLBACK or ABORT. */
  record Rollback(boolean isChain, int position) implements TransactionStatement {}

  /** SAVEPOINT. */
  record Savepoint(String name, int position) implements TransactionStatement {}

  /** RELEASE SAVEPOINT. */
  record ReleaseSavepoint(String name, int position) implements TransactionStatement {}

  /** ROLLBACK TO SAVEPOINT. */
  record RollbackToSavepoint(String name, int position) implements TransactionStatement {}

  /** {@code SET [SESSION | LOCAL] ...} and RESET in all spellings. */
  record Set(boolean isLocal, Setting setting, int position) implements UtilityStatement {}

  /** ALTER SYSTEM SET and RESET; {@link Setting.FromCurrent} does not occur. */
  record AlterSystem(Setting setting, int position) implements UtilityStatement {}

  /**
   * {@code SET TRANSACTION modes} or {@code SET TRANSACTION SNAPSHOT 'id'}.
   *
   * @param snapshot the snapshot, or {@code null}
   */
  record SetTransaction(boolean isLocal, TransactionModes modes, String snapshot, int position)
      implements TransactionStatement {}

  /** {@code SET SESSION CHARACTERISTICS AS TRANSACTION modes}. */
  record SetSessionCharacteristics(TransactionModes modes, int position)
      implements TransactionStatement {}

  /** SET CONSTRAINTS; no names means ALL. */
  record SetConstraints(List<QualifiedName> names, boolean isDeferred, int position)
      implements TransactionStatement {}

  /**
   * SHOW.
   *
   * @param name the setting, or {@code null} for ALL
   */
  record Show(String name, int position) implements UtilityStatement {}

  /**
   * PREPARE.
   *
   * @param statementText the text of {@code statement}
   */
  record Prepare(
      String name,
      List<TypeName> parameterTypes,
      Statement statement,
      String statementText,
      int position)
      implements UtilityStatement {}

  /** EXECUTE. */
  record Execute(String name, List<Expression> arguments, int position)
      implements UtilityStatement {}

  /**
   * DEALLOCATE.
   *
   * @param name the statement, or {@code null} for ALL
   */
  record Deallocate(String name, int position) implements UtilityStatement {}

  /**
   * DECLARE CURSOR.
   *
   * @param isScroll what SCROLL or NO SCROLL said, or {@code null} when neither stands there
   */
  record DeclareCursor(
      String name,
      boolean isBinary,
      Boolean isScroll,
      boolean isInsensitive,
      boolean isAsensitive,
      boolean isHold,
      Query query,
      int position)
      implements UtilityStatement {}

  /**
   * FETCH or MOVE.
   *
   * @param count the number of rows, position or offset; {@link Long#MAX_VALUE} for ALL
   */
  record Fetch(boolean isMove, FetchDirection direction, long count, String cursor, int position)
      implements UtilityStatement {}

  /**
   * CLOSE.
   *
   * @param cursor the cursor, or {@code null} for ALL
   */
  record ClosePortal(String cursor, int position) implements UtilityStatement {}

  /** EXPLAIN; the old spelling arrives as options. */
  record Explain(List<Option> options, Statement statement, int position)
      implements UtilityStatement {}

  /**
   * COPY.
   *
   * @param table the table, or {@code null} for a query
   * @param columns the columns; empty for all
   * @param query a {@link Query} or {@link DmlStatement}, or {@code null} for a table
   * @param endpoint where the data is, other than with the client
   * @param path the file or program, or {@code null} for STDIN and STDOUT
   * @param options the options; the old spelling arrives in the new one
   * @param where the condition of COPY FROM, or {@code null}
   */
  record Copy(
      QualifiedName table,
      List<String> columns,
      Statement query,
      boolean isFrom,
      CopyEndpoint endpoint,
      String path,
      List<Option> options,
      Expression where,
      int position)
      implements UtilityStatement {}

  /** VACUUM, or ANALYZE alone. No relations means all. */
  record Vacuum(
      boolean isVacuum, List<Option> options, List<VacuumRelation> relations, int position)
      implements MaintenanceStatement {}

  /**
   * CLUSTER.
   *
   * @param table the table, or {@code null} for all
   * @param index the index, or {@code null} for the one used last
   */
  record Cluster(QualifiedName table, String index, List<Option> options, int position)
      implements MaintenanceStatement {}

  /** CHECKPOINT. */
  record Checkpoint(int position) implements MaintenanceStatement {}

  /** LOCK TABLE. */
  record Lock(List<FromItem.Table> tables, LockMode mode, boolean isNowait, int position)
      implements UtilityStatement {}

  /** LISTEN. */
  record Listen(String channel, int position) implements ChannelStatement {}

  /**
   * NOTIFY.
   *
   * @param payload the payload, or {@code null}
   */
  record Notify(String channel, String payload, int position) implements ChannelStatement {}

  /**
   * UNLISTEN.
   *
   * @param channel the channel, or {@code null} for all
   */
  record Unlisten(String channel, int position) implements ChannelStatement {}

  /** DISCARD. */
  record Discard(DiscardTarget target, int position) implements UtilityStatement {}

  /** LOAD. */
  record Load(String library, int position) implements CodeStatement {}

  /**
   * DO.
   *
   * @param language the language, or {@code null} for plpgsql
   */
  record Do(String language, String body, int position) implements CodeStatement {}

  /** CALL. */
  record Call(Expression.FunctionCall call, int position) implements CodeStatement {}

  /** What SET and RESET do; names are folded, special spellings have the setting's real name. */
  sealed interface Setting {
    /** {@code name = value, ...}. */
    record Assign(String name, List<SettingValue> values) implements Setting {}

    /** {@code name = DEFAULT} or {@code RESET name}. */
    record ToDefault(String name, boolean isReset) implements Setting {}

    /** {@code name FROM CURRENT}. */
    record FromCurrent(String name) implements Setting {}

    /** {@code RESET ALL}. */
    record ResetAll() implements Setting {}
  }

  /**
   * One value of SET.
   *
   * @param text the value: a number with its sign, a decoded string or a folded word
   * @param type for {@code SET TIME ZONE INTERVAL '...'} the interval type, else {@code null}
   */
  record SettingValue(String text, boolean isNumber, TypeName type, int position) {}

  /** The modes of a transaction; {@code null} where nothing was said. */
  record TransactionModes(IsolationLevel isolation, Boolean isReadOnly, Boolean isDeferrable) {
    /** Nothing said. */
    public static final TransactionModes NONE = new TransactionModes(null, null, null);
  }

  /** A table to vacuum or analyze, with the columns to analyze. */
  record VacuumRelation(QualifiedName name, List<String> columns) {}

  /** The isolation levels. */
  enum IsolationLevel {
    READ_UNCOMMITTED,
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE
  }

  /** The directions of FETCH. */
  enum FetchDirection {
    FORWARD,
    BACKWARD,
    ABSOLUTE,
    RELATIVE
  }

  /** Where COPY reads or writes. */
  enum CopyEndpoint {
    CLIENT,
    FILE,
    PROGRAM
  }

  /** PostgreSQL's table lock modes, weakest first. */
  enum LockMode {
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE
  }

  /** What DISCARD forgets. */
  enum DiscardTarget {
    ALL,
    PLANS,
    SEQUENCES,
    TEMP
  }
}
