package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.spi.data.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Prints the expressions of a plan as EXPLAIN shows them: every operation in parentheses, constants
 * with the types that they would not have by themselves. Used by one thread.
 */
final class ExpressionText {
  private final FunctionRegistry functions;
  private final TypeContext context;
  private final Map<Integer, String> operators = new HashMap<>();

  /** Gives the alias of a relation, or {@code null} when columns need none. */
  private final Function<Integer, String> aliases;

  /** Gives the expression that a computed column is, or {@code null} for a column of a table. */
  private final Function<BoundExpr.ColumnRef, BoundExpr> computed;

  /** Gives what stands for a subquery. */
  private final Function<BoundExpr.Subquery, String> subqueries;

  private BoundExpr caseOperand;

  ExpressionText(
      FunctionRegistry functions,
      TypeContext context,
      Function<Integer, String> aliases,
      Function<BoundExpr.ColumnRef, BoundExpr> computed,
      Function<BoundExpr.Subquery, String> subqueries) {
    this.functions = functions;
    this.context = context;
    this.aliases = aliases;
    this.computed = computed;
    this.subqueries = subqueries;
  }

  String print(BoundExpr expr) {
    return switch (expr) {
      case BoundExpr.Constant e -> constant(e);
      case BoundExpr.ColumnRef e -> column(e);
      case BoundExpr.Parameter e -> "$" + (e.index() + 1);
      case BoundExpr.FunctionCall e -> call(e);
      case BoundExpr.And e -> "(" + joined(e.operands(), " AND ") + ")";
      case BoundExpr.Or e -> "(" + joined(e.operands(), " OR ") + ")";
      case BoundExpr.Not e -> "(NOT " + print(e.operand()) + ")";
      case BoundExpr.IsNull e ->
          "(" + print(e.operand()) + (e.isNegated() ? " IS NOT NULL)" : " IS NULL)");
      case BoundExpr.IsTruth e ->
          "(" + print(e.operand()) + (e.isNegated() ? " IS NOT " : " IS ") + e.truth() + ")";
      case BoundExpr.IsDistinct e ->
          (e.isNegated() ? "(NOT (" : "(")
              + print(e.left())
              + " IS DISTINCT FROM "
              + print(e.right())
              + (e.isNegated() ? "))" : ")");
      case BoundExpr.Case e -> caseOf(e);
      case BoundExpr.CaseOperand e -> caseOperand == null ? "" : print(caseOperand);
      case BoundExpr.Coalesce e -> "COALESCE(" + joined(e.operands(), ", ") + ")";
      case BoundExpr.NullIf e -> "NULLIF(" + print(e.left()) + ", " + print(e.right()) + ")";
      case BoundExpr.Extreme e ->
          (e.isGreatest() ? "GREATEST(" : "LEAST(") + joined(e.operands(), ", ") + ")";
      case BoundExpr.ArrayConstructor e -> "ARRAY[" + joined(e.elements(), ", ") + "]";
      case BoundExpr.RowConstructor e -> "ROW(" + joined(e.fields(), ", ") + ")";
      case BoundExpr.RowComparison e ->
          "(ROW("
              + joined(e.lefts(), ", ")
              + ") "
              + e.comparison()
              + " ROW("
              + joined(e.rights(), ", ")
              + "))";
      case BoundExpr.FieldAccess e -> "(" + print(e.operand()) + ")." + field(e);
      case BoundExpr.Subscripts e -> subscripted(e.operand(), e.subscripts(), e.isSlice());
      case BoundExpr.SubscriptAssignment e -> subscripted(e.operand(), e.subscripts(), e.isSlice());
      case BoundExpr.QuantifiedArray e ->
          "("
              + print(e.left())
              + " "
              + symbol(e.operator())
              + (e.isAll() ? " ALL (" : " ANY (")
              + print(e.array())
              + "))";
      case BoundExpr.CastByText e -> cast(e.operand(), e.type(), e.typmod());
      case BoundExpr.Relabel e -> cast(e.operand(), e.type(), e.typmod());
      case BoundExpr.ArrayCast e -> cast(e.operand(), e.type(), e.typmod());
      case BoundExpr.CoerceLength e -> cast(e.operand(), e.type(), e.typmod());
      case BoundExpr.CoerceToDomain e -> cast(e.operand(), e.type(), e.typmod());
      case BoundExpr.Subquery e -> subqueries.apply(e);
    };
  }

  String joined(List<BoundExpr> exprs, String separator) {
    return exprs.stream().map(this::print).collect(Collectors.joining(separator));
  }

  private String column(BoundExpr.ColumnRef ref) {
    BoundExpr source = computed.apply(ref);
    if (source != null) {
      return print(source);
    }
    String alias = aliases.apply(ref.relation());
    String name = quoted(ref.name());
    return alias == null ? name : quoted(alias) + "." + name;
  }

  static String quoted(String name) {
    boolean isPlain = name.matches("[a-z_][a-z0-9_$]*");
    return isPlain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String field(BoundExpr.FieldAccess access) {
    return access.operand().type().base() instanceof CompositeType type
        ? quoted(type.fieldName(access.field()))
        : "f" + (access.field() + 1);
  }

  private String constant(BoundExpr.Constant e) {
    if (e.isNull()) {
      return "NULL::" + name(e.type(), e.typmod());
    }
    ByteSink sink = new ByteSink(32);
    e.type().print(e.value(), 0, sink, context);
    String text = new String(sink.toByteArray(), StandardCharsets.UTF_8);
    return switch (e.type().oid()) {
      case Oids.BOOL -> text.equals("t") ? "true" : "false";
      case Oids.INT4 -> text.startsWith("-") ? "'" + text + "'::integer" : text;
      case Oids.NUMERIC ->
          text.matches("[0-9]*\\.[0-9]+") && e.typmod() < 0
              ? text
              : "'" + text + "'::" + name(e.type(), e.typmod());
      default -> "'" + text.replace("'", "''") + "'::" + name(e.type(), e.typmod());
    };
  }

  private static String name(SqlType type, int typmod) {
    String name = type.info().sqlName();
    if (typmod < 0) {
      return name;
    }
    String modifier = type.typmodOut(typmod);
    int zone = name.indexOf(" with");
    return zone > 0 ? name.substring(0, zone) + modifier + name.substring(zone) : name + modifier;
  }

  private String call(BoundExpr.FunctionCall e) {
    String symbol = symbol(e.call());
    if (symbol != null && e.arguments().size() == 2) {
      return "("
          + print(e.arguments().get(0))
          + " "
          + symbol
          + " "
          + print(e.arguments().get(1))
          + ")";
    }
    if (symbol != null && e.arguments().size() == 1) {
      return "(" + symbol + " " + print(e.arguments().get(0)) + ")";
    }
    boolean isCast =
        !e.arguments().isEmpty()
            && functions.cast(e.arguments().get(0).type().oid(), e.type().oid()) != null
            && functions.cast(e.arguments().get(0).type().oid(), e.type().oid()).function()
                == e.call().function().oid();
    if (isCast) {
      return cast(e.arguments().get(0), e.type(), e.typmod());
    }
    return quoted(e.call().function().name()) + "(" + joined(e.arguments(), ", ") + ")";
  }

  /** Returns the operator that a function belongs to, {@code null} for a plain function. */
  private String symbol(Call call) {
    return symbol(call.function().oid());
  }

  /** Returns the operator of a function by oid, {@code null} for a plain function. */
  String symbol(int function) {
    return operators.computeIfAbsent(function, this::findSymbol);
  }

  private String findSymbol(int function) {
    for (OperatorDef operator : functions.allOperators()) {
      if (operator.function() == function) {
        return operator.name();
      }
    }
    return null;
  }

  private String cast(BoundExpr operand, SqlType type, int typmod) {
    String text = print(operand);
    boolean isBare = text.startsWith("$") || operand instanceof BoundExpr.Constant;
    return (isBare || text.startsWith("(") && isWhole(text) ? text : "(" + text + ")")
        + "::"
        + name(type, typmod);
  }

  /** Tells whether the first parenthesis is closed by the last one. */
  private static boolean isWhole(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0 && i < text.length() - 1) {
        return false;
      }
    }
    return true;
  }

  private String caseOf(BoundExpr.Case e) {
    StringBuilder result = new StringBuilder("CASE");
    BoundExpr outer = caseOperand;
    caseOperand = e.operand() == null ? outer : e.operand();
    for (BoundExpr.When when : e.whens()) {
      result.append(" WHEN ").append(print(when.condition()));
      result.append(" THEN ").append(print(when.result()));
    }
    caseOperand = outer;
    return result.append(" ELSE ").append(print(e.otherwise())).append(" END").toString();
  }

  private String subscripted(
      BoundExpr operand, List<BoundExpr.Subscript> subscripts, boolean isSlice) {
    String text = print(operand);
    StringBuilder result =
        new StringBuilder(operand instanceof BoundExpr.ColumnRef ? text : "(" + text + ")");
    for (BoundExpr.Subscript subscript : subscripts) {
      result.append('[');
      if (isSlice) {
        result.append(subscript.lower() == null ? "" : print(subscript.lower())).append(':');
      }
      result.append(subscript.upper() == null ? "" : print(subscript.upper())).append(']');
    }
    return result.toString();
  }
}
