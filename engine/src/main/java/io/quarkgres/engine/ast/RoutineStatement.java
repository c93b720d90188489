package io.quarkgres.engine.ast;

import java.util.List;

/** The statements about functions, procedures and triggers. */
public sealed interface RoutineStatement extends DdlStatement {
  /**
   * CREATE FUNCTION or PROCEDURE.
   *
   * @param returns the result type; {@code null} for procedures and with OUT parameters. RETURNS
   *     TABLE arrives as parameters of mode TABLE and a {@code null} here
   */
  record CreateRoutine(
      boolean isProcedure,
      boolean isOrReplace,
      QualifiedName name,
      List<RoutineParameter> parameters,
      TypeName returns,
      List<RoutineOption> options,
      int position)
      implements RoutineStatement {}

  /** ALTER FUNCTION, PROCEDURE or ROUTINE with options. */
  record AlterRoutine(
      ObjectKind kind, ObjectName.Routine routine, List<RoutineOption> options, int position)
      implements RoutineStatement {}

  /**
   * CREATE TRIGGER.
   *
   * @param fromTable the table of a constraint trigger's FROM, or {@code null}
   * @param oldTable the name of REFERENCING OLD TABLE, or {@code null}
   * @param newTable the name of REFERENCING NEW TABLE, or {@code null}
   * @param when the condition, or {@code null}
   */
  record CreateTrigger(
      String name,
      boolean isOrReplace,
      boolean isConstraint,
      TriggerTiming timing,
      List<TriggerEvent> events,
      QualifiedName table,
      QualifiedName fromTable,
      TableConstraint.Deferral deferral,
      String oldTable,
      String newTable,
      boolean isForEachRow,
      SourceExpression when,
      QualifiedName function,
      List<String> arguments,
      int position)
      implements RoutineStatement {}

  /**
   * A parameter of a routine.
   *
   * @param name the name, or {@code null}
   * @param defaultValue the default, or {@code null}
   */
  record RoutineParameter(
      ParameterMode mode,
      String name,
      TypeName type,
      SourceExpression defaultValue,
      int position) {}

  /** A property of a routine. */
  sealed interface RoutineOption {
    /** Returns where an error about the option points. */
    int position();

    /**
     * {@code AS 'definition'} or {@code AS 'file', 'symbol'}.
     *
     * @param symbol the link symbol, or {@code null}
     */
    record As(String definition, String symbol, int position) implements RoutineOption {}

    /** {@code RETURN expression}. */
    record Return(SourceExpression value, int position) implements RoutineOption {}

    /** {@code BEGIN ATOMIC ... END}. */
    record Atomic(List<Statement> statements, String text, int position) implements RoutineOption {}

    /** {@code LANGUAGE name}. */
    record Language(String name, int position) implements RoutineOption {}

    /** {@code IMMUTABLE}, {@code STABLE} or {@code VOLATILE}. */
    record Volatility(String word, int position) implements RoutineOption {}

    /** {@code STRICT} (also RETURNS NULL ON NULL INPUT) or {@code CALLED ON NULL INPUT}. */
    record Strict(boolean isStrict, int position) implements RoutineOption {}

    /** {@code SECURITY DEFINER} or {@code INVOKER}. */
    record Security(boolean isDefiner, int position) implements RoutineOption {}

    /** {@code [NOT] LEAKPROOF}. */
    record Leakproof(boolean isLeakproof, int position) implements RoutineOption {}

    /** {@code PARALLEL word}. */
    record Parallel(String word, int position) implements RoutineOption {}

    /** {@code COST n}. */
    record Cost(String value, int position) implements RoutineOption {}

    /** {@code ROWS n}. */
    record Rows(String value, int position) implements RoutineOption {}

    /** {@code SUPPORT function}. */
    record Support(QualifiedName function, int position) implements RoutineOption {}

    /** {@code WINDOW}. */
    record Window(int position) implements RoutineOption {}

    /** {@code TRANSFORM FOR TYPE type, ...}. */
    record Transform(List<TypeName> types, int position) implements RoutineOption {}

    /** {@code SET variable ...} or {@code RESET ...}. */
    record Set(UtilityStatement.Setting setting, int position) implements RoutineOption {}
  }

  /** An event of a trigger; columns only for UPDATE OF. */
  record TriggerEvent(TriggerEventKind kind, List<String> columns) {}

  /** The modes of parameters. */
  enum ParameterMode {
    DEFAULT,
    IN,
    OUT,
    INOUT,
    VARIADIC,
    TABLE
  }

  /** When a trigger fires. */
  enum TriggerTiming {
    BEFORE,
    AFTER,
    INSTEAD_OF
  }

  /** What fires a trigger. */
  enum TriggerEventKind {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE
  }
}
