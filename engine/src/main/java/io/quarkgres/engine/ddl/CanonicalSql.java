package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.FormatType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a bound expression as PostgreSQL prints stored ones: every operator in parentheses, every
 * constant with its type. What it cannot write stays as the user wrote it. Used by one thread.
 */
final class CanonicalSql {
  private static final int RELATION = 1;

  private final DdlContext context;
  private final List<ColumnEntry> columns;

  private CanonicalSql(DdlContext context, List<ColumnEntry> columns) {
    this.context = context;
    this.columns = columns;
  }

  /** Returns the text of a CHECK condition, an index predicate or an index expression. */
  static String over(DdlContext context, String sql, String table, List<ColumnEntry> columns) {
    BoundExpr bound = context.bindOver(sql, table, columns, RELATION);
    String text = new CanonicalSql(context, columns).text(bound);
    return text == null ? sql : text;
  }

  /** Writes texts about a table anew when a column of it gets another name. */
  static final class Renaming {
    private final DdlContext context;
    private final TableEntry table;
    private final List<ColumnEntry> columns;

    Renaming(DdlContext context, TableEntry table, List<ColumnEntry> columns) {
      this.context = context;
      this.table = table;
      this.columns = columns;
    }

    /** Returns a text with the new names; raises 0A000 for one that cannot be written. */
    String of(String sql) {
      BoundExpr bound = context.bindOver(sql, table.name(), table.columns(), RELATION);
      String text = new CanonicalSql(context, columns).text(bound);
      if (text == null) {
        throw DdlErrors.notBuilt("renaming a column of a table with the expression " + sql);
      }
      return text;
    }
  }

  /** Returns the text of a column's DEFAULT; {@code null} for DEFAULT NULL, which is none. */
  static String assigned(DdlContext context, String sql, ColumnEntry column) {
    Expression parsed = Parser.parseExpression(sql);
    if (parsed instanceof Expression.SessionValue) {
      return sql.toUpperCase(java.util.Locale.ROOT);
    }
    if (parsed instanceof Expression.NumericConstant number) {
      return number(number);
    }
    BoundExpr bound = context.bindAssigned(parsed, column);
    CanonicalSql writer = new CanonicalSql(context, List.of());
    int written =
        parsed instanceof Expression.Cast cast ? context.resolveType(cast.type()).type().oid() : 0;
    BoundExpr bare = writer.withoutImplicitCast(bound, written);
    if (bare instanceof BoundExpr.Constant constant && constant.isNull()) {
      return null;
    }
    String text = writer.text(bare);
    return text == null ? sql : text;
  }

  /** A number stands as it was written, whatever the column's type makes of it. */
  private static String number(Expression.NumericConstant number) {
    if (!number.text().startsWith("-")) {
      return number.text();
    }
    String type =
        switch (number.kind()) {
          case INT4 -> "integer";
          case INT8 -> "bigint";
          case NUMERIC -> "numeric";
        };
    return "'" + number.text() + "'::" + type;
  }

  /** Takes away the cast to a column's type, down to the cast that the user wrote. */
  private BoundExpr withoutImplicitCast(BoundExpr e, int written) {
    if (e.type().oid() == written) {
      return e;
    }
    if (e instanceof BoundExpr.CoerceLength c) {
      return withoutImplicitCast(c.operand(), written);
    }
    if (e instanceof BoundExpr.Relabel r) {
      return withoutImplicitCast(r.operand(), written);
    }
    return e instanceof BoundExpr.FunctionCall f && isCast(f)
        ? withoutImplicitCast(f.arguments().get(0), written)
        : e;
  }

  private String text(BoundExpr e) {
    return switch (e) {
      case BoundExpr.Constant c -> constant(c);
      case BoundExpr.ColumnRef c -> column(c);
      case BoundExpr.FunctionCall f -> call(f);
      case BoundExpr.And a -> joined(a.operands(), " AND ");
      case BoundExpr.Or o -> joined(o.operands(), " OR ");
      case BoundExpr.Not n -> around("(NOT ", n.operand(), ")");
      case BoundExpr.IsNull n ->
          around("(", n.operand(), n.isNegated() ? " IS NOT NULL)" : " IS NULL)");
      case BoundExpr.IsTruth t ->
          around("(", t.operand(), (t.isNegated() ? " IS NOT " : " IS ") + t.truth() + ")");
      case BoundExpr.Coalesce c -> around("COALESCE(", c.operands(), ")");
      case BoundExpr.Extreme x ->
          around(x.isGreatest() ? "GREATEST(" : "LEAST(", x.operands(), ")");
      case BoundExpr.Relabel r -> cast(r.operand(), r.type(), r.typmod());
      case BoundExpr.CastByText c -> cast(c.operand(), c.type(), c.typmod());
      case BoundExpr.CoerceLength c -> length(c);
      case BoundExpr.Parameter p -> null;
      case BoundExpr.IsDistinct d -> null;
      case BoundExpr.Case c -> null;
      case BoundExpr.CaseOperand c -> null;
      case BoundExpr.NullIf n -> null;
      case BoundExpr.ArrayConstructor a -> around("ARRAY[", a.elements(), "]");
      case BoundExpr.RowConstructor r -> null;
      case BoundExpr.RowComparison r -> null;
      case BoundExpr.FieldAccess f -> null;
      case BoundExpr.Subscripts s -> null;
      case BoundExpr.SubscriptAssignment s -> null;
      case BoundExpr.QuantifiedArray q -> quantified(q);
      case BoundExpr.ArrayCast a -> null;
      case BoundExpr.Subquery s -> null;
    };
  }

  private String typeName(SqlType type, int typmod) {
    if (type.info().schema().equals("pg_catalog")) {
      return FormatType.format(type, typmod);
    }
    String schema = type.info().schema();
    boolean isVisible = context.searchPath().contains(schema);
    String name = ObjectNaming.quote(type.name()) + (typmod < 0 ? "" : type.typmodOut(typmod));
    return isVisible ? name : ObjectNaming.quote(schema) + "." + name;
  }

  private String constant(BoundExpr.Constant c) {
    if (c.isNull()) {
      return "NULL::" + typeName(c.type(), SqlType.NO_TYPMOD);
    }
    ByteSink out = new ByteSink(16);
    TypeContext plain = TypeContext.DEFAULT;
    if (isName(c.type())) {
      return null;
    }
    c.type().print(c.value(), 0, out, plain);
    String value = new String(out.toByteArray(), StandardCharsets.UTF_8);
    boolean isDigits = !value.isEmpty() && value.chars().allMatch(Character::isDigit);
    boolean isFraction = value.matches("[0-9]+\\.[0-9]+");
    return switch (c.type().oid()) {
      case Oids.BOOL -> value.equals("t") ? "true" : "false";
      case Oids.INT4 -> isDigits ? value : "'" + value + "'::integer";
      case Oids.NUMERIC -> isFraction ? value : number(c, value, isDigits);
      case Oids.INT2, Oids.INT8, Oids.FLOAT4, Oids.FLOAT8 -> number(c, value, isDigits);
      case Oids.UNKNOWN -> null;
      default -> quoted(value) + "::" + typeName(c.type(), SqlType.NO_TYPMOD);
    };
  }

  /** Names of objects depend on the search path. */
  private static boolean isName(SqlType type) {
    return type.name().startsWith("reg");
  }

  /** Digits are taken for int4 and then cast, as they mostly were when they became a constant. */
  private String number(BoundExpr.Constant c, String value, boolean isDigits) {
    String type = "::" + typeName(c.type(), SqlType.NO_TYPMOD);
    return isDigits && value.length() < 10 ? "(" + value + ")" + type : quoted(value) + type;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private String column(BoundExpr.ColumnRef c) {
    return c.relation() == RELATION && c.column() < columns.size()
        ? ObjectNaming.quote(columns.get(c.column()).name())
        : null;
  }

  private String call(BoundExpr.FunctionCall f) {
    FunctionDef function = f.call().function();
    if (isCast(f)) {
      return cast(f.arguments().get(0), f.type(), f.typmod());
    }
    OperatorDef operator = operator(function.oid(), f.arguments().size());
    List<String> arguments = texts(f.arguments());
    if (arguments == null || function.variadicElement() != 0) {
      return null;
    }
    if (operator != null) {
      String name = operatorName(operator);
      return arguments.size() == 1
          ? "(" + name + " " + arguments.get(0) + ")"
          : "(" + arguments.get(0) + " " + name + " " + arguments.get(1) + ")";
    }
    boolean isVisible =
        function.schema().equals("pg_catalog") || context.searchPath().contains(function.schema());
    String schema = isVisible ? "" : ObjectNaming.quote(function.schema()) + ".";
    return schema + ObjectNaming.quote(function.name()) + "(" + String.join(", ", arguments) + ")";
  }

  private String quantified(BoundExpr.QuantifiedArray q) {
    OperatorDef operator = operator(q.operator().function().oid(), 2);
    String left = text(q.left());
    // a list of constants may have become one constant, which prints in another way
    String array = q.array() instanceof BoundExpr.Constant ? null : text(q.array());
    return operator == null || left == null || array == null
        ? null
        : "("
            + left
            + " "
            + operatorName(operator)
            + (q.isAll() ? " ALL (" : " ANY (")
            + array
            + "))";
  }

  private String operatorName(OperatorDef operator) {
    boolean isVisible =
        operator.schema().equals("pg_catalog") || context.searchPath().contains(operator.schema());
    return isVisible
        ? operator.name()
        : "OPERATOR(" + ObjectNaming.quote(operator.schema()) + "." + operator.name() + ")";
  }

  private boolean isCast(BoundExpr.FunctionCall f) {
    int source = f.arguments().isEmpty() ? 0 : f.arguments().get(0).type().oid();
    CastDef cast = context.catalog().functions().cast(source, f.type().oid());
    return cast != null && cast.function() == f.call().function().oid();
  }

  /** Returns the operator that a call is of, {@code null} for a function. */
  private OperatorDef operator(int function, int arguments) {
    if (arguments != 1 && arguments != 2) {
      return null;
    }
    for (OperatorDef o : context.catalog().functions().allOperators()) {
      if (o.function() == function && (o.left() == 0) == (arguments == 1)) {
        return o;
      }
    }
    return null;
  }

  private String length(BoundExpr.CoerceLength c) {
    return c.isExplicit() ? cast(c.operand(), c.type(), c.typmod()) : text(c.operand());
  }

  private String cast(BoundExpr operand, SqlType type, int typmod) {
    String inner = text(operand);
    return inner == null ? null : "(" + inner + ")::" + typeName(type, typmod);
  }

  private List<String> texts(List<BoundExpr> operands) {
    List<String> result = new ArrayList<>();
    for (BoundExpr operand : operands) {
      String text = text(operand);
      if (text == null) {
        return null;
      }
      result.add(text);
    }
    return result;
  }

  private String joined(List<BoundExpr> operands, String word) {
    List<String> texts = texts(operands);
    return texts == null ? null : texts.stream().collect(Collectors.joining(word, "(", ")"));
  }

  private String around(String before, BoundExpr operand, String after) {
    String text = text(operand);
    return text == null ? null : before + text + after;
  }

  private String around(String before, List<BoundExpr> operands, String after) {
    List<String> texts = texts(operands);
    return texts == null ? null : before + String.join(", ", texts) + after;
  }
}
