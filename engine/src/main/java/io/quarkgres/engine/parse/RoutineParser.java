package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.RoutineStatement;
import io.quarkgres.engine.ast.RoutineStatement.ParameterMode;
import io.quarkgres.engine.ast.RoutineStatement.RoutineOption;
import io.quarkgres.engine.ast.RoutineStatement.RoutineParameter;
import io.quarkgres.engine.ast.SourceExpression;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads CREATE and ALTER of functions and procedures, and DO. Thread: one. */
final class RoutineParser {
  private final Grammar grammar;
  private final Tokens tokens;

  RoutineParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads CREATE FUNCTION or PROCEDURE from that word on. */
  Statement createRoutine(boolean isOrReplace, int position) {
    boolean isProcedure = tokens.at(Keyword.PROCEDURE);
    tokens.advance();
    QualifiedName name = grammar.names.function();
    List<RoutineParameter> parameters = new ArrayList<>(parameters());
    TypeName returns = null;
    if (!isProcedure && tokens.at(Keyword.RETURNS) && !isReturnsNull()) {
      tokens.advance();
      if (tokens.accept(Keyword.TABLE)) {
        parameters.addAll(tableColumns());
      } else {
        returns = grammar.types.functionType();
      }
    }
    List<RoutineOption> options = new ArrayList<>(createOptions());
    RoutineOption body = body();
    if (body != null) {
      options.add(body);
    }
    return new RoutineStatement.CreateRoutine(
        isProcedure,
        isOrReplace,
        name,
        List.copyOf(parameters),
        returns,
        List.copyOf(options),
        position);
  }

  private boolean isReturnsNull() {
    return tokens.peekKeyword(1) == Keyword.NULL;
  }

  private List<RoutineParameter> tableColumns() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<RoutineParameter> columns = grammar.names.list(this::tableColumn);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return columns;
  }

  private RoutineParameter tableColumn() {
    int position = tokens.position();
    String name = grammar.names.typeOrFunctionName();
    TypeName type = grammar.types.functionType();
    return new RoutineParameter(ParameterMode.TABLE, name, type, null, position);
  }

  private List<RoutineParameter> parameters() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<RoutineParameter> parameters =
        tokens.at(TokenKind.RIGHT_PAREN) ? List.of() : grammar.names.list(this::parameter);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return parameters;
  }

  private RoutineParameter parameter() {
    int position = tokens.position();
    ParameterMode mode = mode();
    String name = null;
    if (grammar.names.isTypeOrFunctionName(0) && beginsTypeOrMode(1)) {
      name = grammar.names.typeOrFunctionName();
      mode = mode == ParameterMode.DEFAULT ? mode() : mode;
    }
    TypeName type = grammar.types.functionType();
    SourceExpression defaultValue = null;
    if (tokens.accept(Keyword.DEFAULT) || tokens.accept(TokenKind.EQUAL)) {
      int start = tokens.position();
      defaultValue = new SourceExpression(grammar.expressions.expression(), tokens.textFrom(start));
    }
    return new RoutineParameter(mode, name, type, defaultValue, position);
  }

  private ParameterMode mode() {
    if (tokens.accept(Keyword.IN)) {
      return tokens.accept(Keyword.OUT) ? ParameterMode.INOUT : ParameterMode.IN;
    }
    if (tokens.accept(Keyword.OUT)) {
      return ParameterMode.OUT;
    }
    if (tokens.accept(Keyword.INOUT)) {
      return ParameterMode.INOUT;
    }
    return tokens.accept(Keyword.VARIADIC) ? ParameterMode.VARIADIC : ParameterMode.DEFAULT;
  }

  /** A name is one only if a type or mode follows it; else it is the type itself. */
  private boolean beginsTypeOrMode(int ahead) {
    Keyword keyword = tokens.peekKeyword(ahead);
    if (keyword == null) {
      return tokens.peekKind(ahead) == TokenKind.IDENTIFIER;
    }
    return switch (keyword.category()) {
      case UNRESERVED, TYPE_OR_FUNCTION -> true;
      case COLUMN_NAME -> keyword != Keyword.PRECISION;
      case RESERVED -> keyword == Keyword.IN || keyword == Keyword.VARIADIC;
    };
  }

  /** Reads the name of an existing routine, perhaps with its parameters. */
  ObjectName.Routine routine() {
    boolean isDotted = tokens.peekKind(1) == TokenKind.DOT;
    int position = tokens.position();
    String first =
        isDotted || !grammar.names.isTypeOrFunctionName(0)
            ? grammar.names.columnName()
            : grammar.names.typeOrFunctionName();
    QualifiedName name = new QualifiedName(grammar.names.dotted(first), position);
    if (!tokens.at(TokenKind.LEFT_PAREN)) {
      return new ObjectName.Routine(name, null);
    }
    List<TypeName> types = new ArrayList<>();
    for (RoutineParameter parameter : parameters()) {
      if (parameter.mode() != ParameterMode.OUT) {
        types.add(parameter.type());
      }
    }
    return new ObjectName.Routine(name, List.copyOf(types));
  }

  /** Reads the name of an aggregate with its parameters, which may be a star. */
  ObjectName.Routine aggregate() {
    if (tokens.peekKind(1) == TokenKind.LEFT_PAREN && tokens.peekKind(2) == TokenKind.STAR) {
      QualifiedName name = grammar.names.function();
      tokens.advance();
      tokens.advance();
      tokens.expect(TokenKind.RIGHT_PAREN);
      return new ObjectName.Routine(name, List.of());
    }
    ObjectName.Routine aggregate = routine();
    if (aggregate.argumentTypes() == null) {
      throw tokens.syntaxError();
    }
    return aggregate;
  }

  private List<RoutineOption> createOptions() {
    List<RoutineOption> options = new ArrayList<>();
    while (true) {
      int position = tokens.position();
      RoutineOption option;
      if (tokens.accept(Keyword.AS)) {
        String definition = tokens.expectString();
        String symbol = tokens.accept(TokenKind.COMMA) ? tokens.expectString() : null;
        option = new RoutineOption.As(definition, symbol, position);
      } else if (tokens.accept(Keyword.LANGUAGE)) {
        option = new RoutineOption.Language(grammar.schemas.wordOrString(), position);
      } else if (tokens.accept(Keyword.WINDOW)) {
        option = new RoutineOption.Window(position);
      } else if (tokens.accept(Keyword.TRANSFORM)) {
        option = new RoutineOption.Transform(grammar.names.list(this::transform), position);
      } else {
        option = tryCommonOption(position);
      }
      if (option == null) {
        return options;
      }
      options.add(option);
    }
  }

  private TypeName transform() {
    tokens.expect(Keyword.FOR, Keyword.TYPE);
    return grammar.types.type();
  }

  private RoutineOption tryCommonOption(int position) {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return null;
    }
    return switch (keyword) {
      case CALLED -> {
        tokens.advance();
        tokens.expect(Keyword.ON);
        tokens.expect(Keyword.NULL, Keyword.INPUT);
        yield new RoutineOption.Strict(false, position);
      }
      case RETURNS -> {
        tokens.advance();
        tokens.expect(Keyword.NULL, Keyword.ON);
        tokens.expect(Keyword.NULL, Keyword.INPUT);
        yield new RoutineOption.Strict(true, position);
      }
      case STRICT -> {
        tokens.advance();
        yield new RoutineOption.Strict(true, position);
      }
      case IMMUTABLE, STABLE, VOLATILE -> {
        tokens.advance();
        yield new RoutineOption.Volatility(keyword.word(), position);
      }
      case EXTERNAL, SECURITY -> security(position);
      case LEAKPROOF -> {
        tokens.advance();
        yield new RoutineOption.Leakproof(true, position);
      }
      case NOT -> {
        tokens.advance();
        tokens.expect(Keyword.LEAKPROOF);
        yield new RoutineOption.Leakproof(false, position);
      }
      case COST -> {
        tokens.advance();
        yield new RoutineOption.Cost(grammar.options.number(), position);
      }
      case ROWS -> {
        tokens.advance();
        yield new RoutineOption.Rows(grammar.options.number(), position);
      }
      case SUPPORT -> {
        tokens.advance();
        yield new RoutineOption.Support(grammar.names.any(), position);
      }
      case PARALLEL -> {
        tokens.advance();
        yield new RoutineOption.Parallel(grammar.names.columnName(), position);
      }
      case SET, RESET -> new RoutineOption.Set(grammar.settings.setOrReset(), position);
      default -> null;
    };
  }

  private RoutineOption security(int position) {
    tokens.accept(Keyword.EXTERNAL);
    tokens.expect(Keyword.SECURITY);
    boolean isDefiner = tokens.accept(Keyword.DEFINER);
    if (!isDefiner) {
      tokens.expect(Keyword.INVOKER);
    }
    return new RoutineOption.Security(isDefiner, position);
  }

  private RoutineOption body() {
    int position = tokens.position();
    if (tokens.accept(Keyword.RETURN)) {
      int start = tokens.position();
      SourceExpression value =
          new SourceExpression(grammar.expressions.expression(), tokens.textFrom(start));
      return new RoutineOption.Return(value, position);
    }
    if (!tokens.accept(Keyword.BEGIN)) {
      return null;
    }
    tokens.expect(Keyword.ATOMIC);
    List<Statement> statements = new ArrayList<>();
    while (!tokens.accept(Keyword.END)) {
      if (!tokens.at(TokenKind.SEMICOLON)) {
        statements.add(grammar.statements.statement());
      }
      tokens.expect(TokenKind.SEMICOLON);
    }
    return new RoutineOption.Atomic(List.copyOf(statements), tokens.textFrom(position), position);
  }

  /** Reads ALTER FUNCTION and its kin behind the name, but for what all objects share. */
  Statement alterRoutine(ObjectKind kind, ObjectName.Routine routine, int position) {
    List<RoutineOption> options = new ArrayList<>();
    RoutineOption option = tryCommonOption(tokens.position());
    while (option != null) {
      options.add(option);
      option = tryCommonOption(tokens.position());
    }
    if (options.isEmpty()) {
      throw tokens.syntaxError();
    }
    tokens.accept(Keyword.RESTRICT);
    return new RoutineStatement.AlterRoutine(kind, routine, List.copyOf(options), position);
  }

  /** Reads DO. */
  Statement doBlock() {
    int position = tokens.expect(Keyword.DO);
    String language = null;
    String body = null;
    while (true) {
      int optionPosition = tokens.position();
      if (tokens.at(TokenKind.STRING)) {
        refuseSecond(body, optionPosition);
        body = tokens.expectString();
      } else if (tokens.accept(Keyword.LANGUAGE)) {
        refuseSecond(language, optionPosition);
        language = grammar.schemas.wordOrString();
      } else if (language == null && body == null) {
        throw tokens.syntaxError();
      } else {
        break;
      }
    }
    if (body == null) {
      tokens.defer(ParseErrors.grammar("no inline code specified", -1));
    }
    return new UtilityStatement.Do(language, body, position);
  }

  private static void refuseSecond(String old, int position) {
    if (old != null) {
      throw ParseErrors.grammar("conflicting or redundant options", position);
    }
  }
}
