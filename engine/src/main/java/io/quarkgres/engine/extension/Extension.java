package io.quarkgres.engine.extension;

import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.index.IndexMethod;
import java.util.List;

/** An extension that CREATE EXTENSION knows. Stateless. Thread: any. */
public interface Extension {
  /** Returns the extension's name. */
  String name();

  /** Returns the version that {@code pg_extension} shows. */
  String version();

  /** Returns the text that {@code pg_available_extensions} shows. */
  String comment();

  /** Returns its types; schema names in their infos are replaced by the schema it is created in. */
  List<SqlType> types();

  /** Returns its functions. */
  List<FunctionDef> functions();

  /** Returns its operators. */
  List<OperatorDef> operators();

  /** Returns its casts. */
  List<CastDef> casts();

  /** Returns its index methods. */
  List<IndexMethod> indexMethods();

  /** Returns its operator classes. */
  List<OperatorClass> operatorClasses();

  /** Returns its settings. */
  List<SettingDef> settings();

  /**
   * An operator class of an index method.
   *
   * @param oid {@code pg_opclass.oid}
   * @param method the access method's name
   * @param inputType oid of the type it indexes
   * @param isDefault whether it is the type's default for the method
   * @param orderingOperator oid of the operator whose ascending order the index yields (distance
   *     methods), 0 for others
   */
  record OperatorClass(
      int oid,
      String name,
      String method,
      int inputType,
      boolean isDefault,
      int orderingOperator) {}

  /**
   * A setting.
   *
   * @param kind bool, integer, real, string or enum, as {@code pg_settings.vartype}
   * @param minimum for numbers, otherwise {@code null}
   * @param values for enums, otherwise empty
   */
  record SettingDef(
      String name,
      String kind,
      String defaultValue,
      String minimum,
      String maximum,
      List<String> values,
      String description) {}
}
