package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.ast.UtilityStatement.Setting;
import io.quarkgres.engine.ast.UtilityStatement.SettingValue;
import io.quarkgres.engine.ast.UtilityStatement.TransactionModes;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads SET, RESET, SHOW and ALTER SYSTEM. Thread: one. */
final class SettingParser {
  private static final String TIME_ZONE = "timezone";
  private static final String AUTHORIZATION = "session_authorization";

  private final Grammar grammar;
  private final Tokens tokens;

  SettingParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads SET. */
  Statement set() {
    int position = tokens.expect(Keyword.SET);
    if (tokens.at(Keyword.CONSTRAINTS) && !isAssignment(1)) {
      return constraints(position);
    }
    boolean isLocal = false;
    if (isScope(Keyword.LOCAL)) {
      tokens.advance();
      isLocal = true;
    } else if (isScope(Keyword.SESSION)
        && tokens.peekKeyword(1) != Keyword.AUTHORIZATION
        && tokens.peekKeyword(1) != Keyword.CHARACTERISTICS) {
      tokens.advance();
    }
    if (tokens.at(Keyword.TRANSACTION) && !isAssignment(1)) {
      return transaction(isLocal, position);
    }
    if (tokens.accept(Keyword.SESSION, Keyword.CHARACTERISTICS)) {
      tokens.expect(Keyword.AS, Keyword.TRANSACTION);
      TransactionModes modes = grammar.transactions.modes(true);
      return new UtilityStatement.SetSessionCharacteristics(modes, position);
    }
    return new UtilityStatement.Set(isLocal, assignment(), position);
  }

  private boolean isScope(Keyword keyword) {
    return tokens.at(keyword) && !isAssignment(1);
  }

  private boolean isAssignment(int ahead) {
    TokenKind kind = tokens.peekKind(ahead);
    return kind == TokenKind.EQUAL
        || kind == TokenKind.DOT
        || tokens.peekKeyword(ahead) == Keyword.TO;
  }

  private Statement transaction(boolean isLocal, int position) {
    tokens.expect(Keyword.TRANSACTION);
    if (tokens.accept(Keyword.SNAPSHOT)) {
      String snapshot = tokens.expectString();
      return new UtilityStatement.SetTransaction(
          isLocal, TransactionModes.NONE, snapshot, position);
    }
    TransactionModes modes = grammar.transactions.modes(true);
    return new UtilityStatement.SetTransaction(isLocal, modes, null, position);
  }

  private Statement constraints(int position) {
    tokens.expect(Keyword.CONSTRAINTS);
    List<QualifiedName> names = tokens.accept(Keyword.ALL) ? List.of() : grammar.names.relations();
    boolean isDeferred = tokens.accept(Keyword.DEFERRED);
    if (!isDeferred) {
      tokens.expect(Keyword.IMMEDIATE);
    }
    return new UtilityStatement.SetConstraints(names, isDeferred, position);
  }

  /** Reads SET or RESET within ALTER DATABASE, ROLE and FUNCTION. */
  Setting setOrReset() {
    if (tokens.accept(Keyword.RESET)) {
      return resetTarget();
    }
    tokens.expect(Keyword.SET);
    return assignment();
  }

  /** Reads ALTER SYSTEM, whose names have no other spellings. */
  Statement alterSystem(int position) {
    tokens.expect(Keyword.SYSTEM);
    if (tokens.accept(Keyword.RESET)) {
      Setting target =
          tokens.accept(Keyword.ALL)
              ? new Setting.ResetAll()
              : new Setting.ToDefault(variableName(), true);
      return new UtilityStatement.AlterSystem(target, position);
    }
    tokens.expect(Keyword.SET);
    return new UtilityStatement.AlterSystem(valueOrDefault(variableName()), position);
  }

  /** Reads what follows SET and its scope. */
  private Setting assignment() {
    int position = tokens.position();
    if (isAssignment(1)) {
      return generic();
    }
    if (tokens.accept(Keyword.TIME, Keyword.ZONE)) {
      return timeZone();
    }
    if (tokens.accept(Keyword.CATALOG)) {
      int namePosition = tokens.position();
      tokens.expectString();
      throw ParseErrors.notYet("current database cannot be changed", namePosition);
    }
    if (tokens.accept(Keyword.SCHEMA)) {
      return assign("search_path", tokens.expectString(), position);
    }
    if (tokens.accept(Keyword.NAMES)) {
      return names();
    }
    if (tokens.accept(Keyword.ROLE)) {
      return assign("role", grammar.schemas.wordOrString(), position);
    }
    if (tokens.accept(Keyword.SESSION, Keyword.AUTHORIZATION)) {
      if (tokens.accept(Keyword.DEFAULT)) {
        return new Setting.ToDefault(AUTHORIZATION, false);
      }
      return assign(AUTHORIZATION, grammar.schemas.wordOrString(), position);
    }
    if (tokens.accept(Keyword.XML)) {
      tokens.expect(Keyword.OPTION);
      throw ParseErrors.unsupported("SET XML OPTION", position);
    }
    return generic();
  }

  private static Setting assign(String name, String value, int position) {
    return new Setting.Assign(name, List.of(new SettingValue(value, false, null, position)));
  }

  private Setting generic() {
    String name = variableName();
    if (tokens.accept(Keyword.FROM)) {
      tokens.expect(Keyword.CURRENT);
      return new Setting.FromCurrent(name);
    }
    return valueOrDefault(name);
  }

  private Setting valueOrDefault(String name) {
    if (!tokens.accept(Keyword.TO)) {
      tokens.expect(TokenKind.EQUAL);
    }
    if (tokens.accept(Keyword.DEFAULT)) {
      return new Setting.ToDefault(name, false);
    }
    return new Setting.Assign(name, grammar.names.list(this::value));
  }

  private String variableName() {
    String first = grammar.names.columnName();
    if (!tokens.at(TokenKind.DOT)) {
      return first;
    }
    StringBuilder name = new StringBuilder(first);
    while (tokens.accept(TokenKind.DOT)) {
      name.append('.').append(grammar.names.columnName());
    }
    return name.toString();
  }

  private SettingValue value() {
    int position = tokens.position();
    return switch (tokens.kind()) {
      case INTEGER, DECIMAL, PLUS, MINUS ->
          new SettingValue(grammar.options.number(), true, null, position);
      default -> new SettingValue(grammar.options.booleanOrString(), false, null, position);
    };
  }

  private Setting names() {
    int position = tokens.position();
    if (tokens.at(TokenKind.STRING)) {
      return assign("client_encoding", tokens.expectString(), position);
    }
    tokens.accept(Keyword.DEFAULT);
    return new Setting.ToDefault("client_encoding", false);
  }

  private Setting timeZone() {
    int position = tokens.position();
    if (tokens.accept(Keyword.DEFAULT) || tokens.accept(Keyword.LOCAL)) {
      return new Setting.ToDefault(TIME_ZONE, false);
    }
    if (tokens.at(Keyword.INTERVAL)) {
      return intervalZone(position);
    }
    boolean isName = tokens.at(TokenKind.STRING) || tokens.at(TokenKind.IDENTIFIER);
    if (isName) {
      String zone = tokens.text();
      tokens.advance();
      return assign(TIME_ZONE, zone, position);
    }
    String number = grammar.options.number();
    SettingValue value = new SettingValue(number, true, null, position);
    return new Setting.Assign(TIME_ZONE, List.of(value));
  }

  private Setting intervalZone(int position) {
    Expression constant = grammar.primaries.primary();
    boolean isInterval =
        constant instanceof Expression.Cast cast
            && cast.operand() instanceof Expression.StringConstant;
    if (!isInterval) {
      throw tokens.syntaxError();
    }
    Expression.Cast cast = (Expression.Cast) constant;
    TypeName type = cast.type();
    Expression.StringConstant string = (Expression.StringConstant) cast.operand();
    if (!type.modifiers().isEmpty() && !isZoneInterval(type)) {
      throw ParseErrors.grammar(
          "time zone interval must be HOUR or HOUR TO MINUTE", fieldsPosition(string));
    }
    String text = string.value();
    SettingValue value = new SettingValue(text, false, type, position);
    return new Setting.Assign(TIME_ZONE, List.of(value));
  }

  /** Returns where the fields behind the string of an interval stand. */
  private int fieldsPosition(Expression.StringConstant string) {
    int mark = tokens.mark();
    while (tokens.position() > string.position()) {
      tokens.reset(tokens.mark() - 1);
    }
    tokens.advance();
    int position = tokens.position();
    tokens.reset(mark);
    return position;
  }

  private static boolean isZoneInterval(TypeName type) {
    if (!(type.modifiers().getFirst() instanceof Expression.NumericConstant mask)) {
      return false;
    }
    int fields = Integer.parseInt(mask.text());
    int zone = TypeName.INTERVAL_HOUR | TypeName.INTERVAL_MINUTE;
    return fields == TypeName.INTERVAL_FULL_RANGE
        || ((fields & TypeName.INTERVAL_HOUR) != 0 && (fields & ~zone) == 0);
  }

  /** Reads RESET. */
  Statement reset() {
    int position = tokens.expect(Keyword.RESET);
    return new UtilityStatement.Set(false, resetTarget(), position);
  }

  private Setting resetTarget() {
    if (tokens.accept(Keyword.ALL)) {
      return new Setting.ResetAll();
    }
    return new Setting.ToDefault(specialOrVariable(), true);
  }

  private String specialOrVariable() {
    if (tokens.accept(Keyword.TIME, Keyword.ZONE)) {
      return TIME_ZONE;
    }
    if (tokens.accept(Keyword.TRANSACTION, Keyword.ISOLATION)) {
      tokens.expect(Keyword.LEVEL);
      return "transaction_isolation";
    }
    if (tokens.accept(Keyword.SESSION, Keyword.AUTHORIZATION)) {
      return AUTHORIZATION;
    }
    return variableName();
  }

  /** Reads SHOW. */
  Statement show() {
    int position = tokens.expect(Keyword.SHOW);
    String name = tokens.accept(Keyword.ALL) ? null : specialOrVariable();
    return new UtilityStatement.Show(name, position);
  }
}
