package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.Over;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads calls of functions, aggregates and window functions. Thread: one. */
final class CallParser {
  private final Grammar grammar;
  private final Tokens tokens;

  CallParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Makes a call of a function of pg_catalog that stands for special syntax. */
  static Expression.FunctionCall system(String name, List<Expression> values, int position) {
    List<Expression.Argument> arguments = new ArrayList<>(values.size());
    for (Expression value : values) {
      arguments.add(new Expression.Argument(null, value, value.position()));
    }
    return new Expression.FunctionCall(
        QualifiedName.system(name, position),
        List.copyOf(arguments),
        false,
        false,
        false,
        List.of(),
        false,
        null,
        null,
        true,
        position);
  }

  /**
   * Reads a call from its parenthesis on, with WITHIN GROUP, FILTER and OVER; or, when a string
   * follows, the constant of a type with modifiers, as in {@code vector(3) '[1,2,3]'}.
   */
  Expression call(QualifiedName name) {
    Expression.FunctionCall call = arguments(name);
    if (tokens.at(TokenKind.STRING)) {
      return constant(call);
    }
    if (tokens.at(Keyword.WITHIN)) {
      call = withinGroup(call);
    }
    Expression filter = filter();
    Over over = tokens.accept(Keyword.OVER) ? grammar.windows.over() : null;
    return filter == null && over == null ? call : with(call, filter, over);
  }

  /** Reads a call with its arguments alone. */
  Expression.FunctionCall arguments(QualifiedName name) {
    tokens.expect(TokenKind.LEFT_PAREN);
    if (tokens.accept(TokenKind.RIGHT_PAREN)) {
      return new Call().finish(name);
    }
    tokens.enter();
    Call call = new Call();
    if (tokens.accept(TokenKind.STAR)) {
      call.isStar = true;
    } else {
      call.isDistinct = tokens.accept(Keyword.DISTINCT);
      boolean isAll = !call.isDistinct && tokens.accept(Keyword.ALL);
      argumentList(call, !call.isDistinct && !isAll);
      if (tokens.at(Keyword.ORDER)) {
        call.orderBy = grammar.selects.orderBy();
      }
    }
    tokens.leave();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return call.finish(name);
  }

  /** Reads the rest of a call whose first argument has been read. */
  Expression.FunctionCall argumentsAfter(QualifiedName name, Expression first) {
    Call call = new Call();
    call.arguments.add(new Expression.Argument(null, first, first.position()));
    if (tokens.accept(TokenKind.COMMA)) {
      argumentList(call, true);
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return call.finish(name);
  }

  private void argumentList(Call call, boolean allowsVariadic) {
    do {
      if (allowsVariadic && tokens.accept(Keyword.VARIADIC)) {
        call.isVariadic = true;
      }
      call.arguments.add(argument());
    } while (!call.isVariadic && tokens.accept(TokenKind.COMMA));
  }

  private Expression.Argument argument() {
    int position = tokens.position();
    TokenKind next = tokens.peekKind(1);
    boolean isNamed = next == TokenKind.ARROW || next == TokenKind.COLON_EQUAL;
    if (isNamed && grammar.names.isTypeOrFunctionName(0)) {
      String name = grammar.names.typeOrFunctionName();
      tokens.advance();
      return new Expression.Argument(name, grammar.expressions.expression(), position);
    }
    return new Expression.Argument(null, grammar.expressions.expression(), position);
  }

  private Expression constant(Expression.FunctionCall call) {
    List<Expression> modifiers = new ArrayList<>();
    for (Expression.Argument argument : call.arguments()) {
      if (argument.name() != null) {
        throw ParseErrors.grammar("type modifier cannot have parameter name", argument.position());
      }
      modifiers.add(argument.value());
    }
    if (!call.orderBy().isEmpty()) {
      throw ParseErrors.grammar(
          "type modifier cannot have ORDER BY", call.orderBy().getFirst().position());
    }
    if (modifiers.isEmpty() || call.isDistinct() || call.isVariadic()) {
      throw tokens.syntaxError();
    }
    int valuePosition = tokens.position();
    Expression value = new Expression.StringConstant(tokens.expectString(), valuePosition);
    TypeName type =
        new TypeName(call.name(), List.copyOf(modifiers), List.of(), false, false, call.position());
    return new Expression.Cast(value, type, call.position());
  }

  private Expression.FunctionCall withinGroup(Expression.FunctionCall call) {
    int position = tokens.expect(Keyword.WITHIN);
    tokens.expect(Keyword.GROUP);
    tokens.expect(TokenKind.LEFT_PAREN);
    List<OrderItem> orderBy = grammar.selects.orderBy();
    tokens.expect(TokenKind.RIGHT_PAREN);
    if (!call.orderBy().isEmpty()) {
      throw ParseErrors.grammar("cannot use multiple ORDER BY clauses with WITHIN GROUP", position);
    }
    if (call.isDistinct()) {
      throw ParseErrors.grammar("cannot use DISTINCT with WITHIN GROUP", position);
    }
    if (call.isVariadic()) {
      throw ParseErrors.grammar("cannot use VARIADIC with WITHIN GROUP", position);
    }
    return new Expression.FunctionCall(
        call.name(),
        call.arguments(),
        call.isStar(),
        false,
        false,
        orderBy,
        true,
        null,
        null,
        false,
        call.position());
  }

  private Expression filter() {
    if (!tokens.accept(Keyword.FILTER)) {
      return null;
    }
    tokens.enter();
    tokens.expect(TokenKind.LEFT_PAREN);
    tokens.expect(Keyword.WHERE);
    Expression filter = grammar.expressions.expression();
    tokens.expect(TokenKind.RIGHT_PAREN);
    tokens.leave();
    return filter;
  }

  private static Expression.FunctionCall with(
      Expression.FunctionCall call, Expression filter, Over over) {
    return new Expression.FunctionCall(
        call.name(),
        call.arguments(),
        call.isStar(),
        call.isDistinct(),
        call.isVariadic(),
        call.orderBy(),
        call.isWithinGroup(),
        filter,
        over,
        call.isSqlSyntax(),
        call.position());
  }

  /** The parts of a call while its parentheses are read. */
  private static final class Call {
    private final List<Expression.Argument> arguments = new ArrayList<>(2);
    private List<OrderItem> orderBy = List.of();
    private boolean isStar;
    private boolean isDistinct;
    private boolean isVariadic;

    private Expression.FunctionCall finish(QualifiedName name) {
      return new Expression.FunctionCall(
          name,
          List.copyOf(arguments),
          isStar,
          isDistinct,
          isVariadic,
          orderBy,
          false,
          null,
          null,
          false,
          name.position());
    }
  }
}
