package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.DatabaseStatement;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads CREATE and ALTER of schemas, databases and extensions. Thread: one. */
final class SchemaParser {
  private final Grammar grammar;
  private final Tokens tokens;

  SchemaParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads CREATE SCHEMA from the word SCHEMA on. */
  Statement createSchema(int position) {
    tokens.expect(Keyword.SCHEMA);
    boolean isIfNotExists = grammar.tables.ifNotExists();
    String name = tokens.at(Keyword.AUTHORIZATION) ? null : grammar.names.columnName();
    RoleName owner = tokens.accept(Keyword.AUTHORIZATION) ? grammar.names.role() : null;
    int elementsPosition = tokens.position();
    List<Statement> elements = elements();
    if (isIfNotExists && !elements.isEmpty()) {
      throw ParseErrors.notYet(
          "CREATE SCHEMA IF NOT EXISTS cannot include schema elements", elementsPosition);
    }
    return new ObjectStatement.CreateSchema(name, owner, isIfNotExists, elements, position);
  }

  private List<Statement> elements() {
    List<Statement> elements = new ArrayList<>();
    while (true) {
      if (tokens.at(Keyword.CREATE)) {
        elements.add(grammar.creates.schemaElement());
      } else if (tokens.at(Keyword.GRANT)) {
        elements.add(grammar.grants.grant());
      } else {
        return List.copyOf(elements);
      }
    }
  }

  /** Reads CREATE DATABASE from the word DATABASE on. */
  Statement createDatabase(int position) {
    tokens.expect(Keyword.DATABASE);
    String name = grammar.names.columnName();
    return new DatabaseStatement.CreateDatabase(name, databaseOptions(), position);
  }

  private List<Option> databaseOptions() {
    tokens.accept(Keyword.WITH);
    List<Option> options = new ArrayList<>();
    while (tokens.at(TokenKind.IDENTIFIER) || isDatabaseOption(tokens.keyword())) {
      options.add(databaseOption());
    }
    return List.copyOf(options);
  }

  private static boolean isDatabaseOption(Keyword keyword) {
    if (keyword == null) {
      return false;
    }
    return switch (keyword) {
      case CONNECTION, ENCODING, LOCATION, OWNER, TABLESPACE, TEMPLATE -> true;
      default -> false;
    };
  }

  private Option databaseOption() {
    int position = tokens.position();
    String name = grammar.names.label();
    if (name.equals("connection")) {
      tokens.expect(Keyword.LIMIT);
      name = "connection_limit";
    }
    tokens.accept(TokenKind.EQUAL);
    if (tokens.accept(Keyword.DEFAULT)) {
      return Option.of(name, null, position);
    }
    boolean isNumber =
        tokens.at(TokenKind.INTEGER) || tokens.at(TokenKind.MINUS) || tokens.at(TokenKind.PLUS);
    String value =
        isNumber
            ? Integer.toString(grammar.options.signedInteger())
            : grammar.options.booleanOrString();
    return Option.of(name, value, position);
  }

  /** Reads ALTER DATABASE from the word DATABASE on, but for its renaming and owner. */
  Statement alterDatabase(String name, int position) {
    if (tokens.at(Keyword.RESET)
        || (tokens.at(Keyword.SET) && tokens.peekKeyword(1) != Keyword.TABLESPACE)) {
      return new ObjectStatement.AlterDatabaseSet(name, grammar.settings.setOrReset(), position);
    }
    if (tokens.accept(Keyword.SET, Keyword.TABLESPACE)) {
      int optionPosition = tokens.position();
      Option option = Option.of("tablespace", grammar.names.columnName(), optionPosition);
      return new ObjectStatement.AlterDatabase(name, List.of(option), position);
    }
    if (tokens.at(Keyword.REFRESH)) {
      throw ParseErrors.unsupported(
          "ALTER DATABASE ... REFRESH COLLATION VERSION", tokens.position());
    }
    return new ObjectStatement.AlterDatabase(name, databaseOptions(), position);
  }

  /** Reads DROP DATABASE from the word DATABASE on. */
  Statement dropDatabase(int position) {
    tokens.expect(Keyword.DATABASE);
    boolean isIfExists = grammar.alterTables.ifExists();
    String name = grammar.names.columnName();
    boolean hasWith = tokens.accept(Keyword.WITH);
    boolean isForce = false;
    if (hasWith || tokens.at(TokenKind.LEFT_PAREN)) {
      tokens.expect(TokenKind.LEFT_PAREN);
      do {
        tokens.expect(Keyword.FORCE);
        isForce = true;
      } while (tokens.accept(TokenKind.COMMA));
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
    return new DatabaseStatement.DropDatabase(name, isIfExists, isForce, position);
  }

  /** Reads CREATE EXTENSION from the word EXTENSION on. */
  Statement createExtension(int position) {
    tokens.expect(Keyword.EXTENSION);
    boolean isIfNotExists = grammar.tables.ifNotExists();
    String name = grammar.names.columnName();
    tokens.accept(Keyword.WITH);
    String schema = null;
    String version = null;
    boolean isCascade = false;
    while (true) {
      int optionPosition = tokens.position();
      if (tokens.accept(Keyword.SCHEMA)) {
        refuseSecond(schema != null, optionPosition);
        schema = grammar.names.columnName();
      } else if (tokens.accept(Keyword.VERSION)) {
        refuseSecond(version != null, optionPosition);
        version = wordOrString();
      } else if (tokens.accept(Keyword.CASCADE)) {
        refuseSecond(isCascade, optionPosition);
        isCascade = true;
      } else if (tokens.at(Keyword.FROM)) {
        throw ParseErrors.notYet(
            "CREATE EXTENSION ... FROM is no longer supported", optionPosition);
      } else {
        return new ObjectStatement.CreateExtension(
            name, isIfNotExists, schema, version, isCascade, position);
      }
    }
  }

  private static void refuseSecond(boolean isSecond, int position) {
    if (isSecond) {
      throw ParseErrors.grammar("conflicting or redundant options", position);
    }
  }

  /** Reads a word that is not reserved, or a string. */
  String wordOrString() {
    return tokens.at(TokenKind.STRING) ? tokens.expectString() : grammar.names.nonReservedWord();
  }

  /** Reads ALTER EXTENSION behind the name, but for SET SCHEMA. */
  Statement alterExtension(String name, int position) {
    if (tokens.at(Keyword.ADD) || tokens.at(Keyword.DROP)) {
      throw ParseErrors.unsupported("ALTER EXTENSION ... ADD or DROP", tokens.position());
    }
    tokens.expect(Keyword.UPDATE);
    String version = tokens.accept(Keyword.TO) ? wordOrString() : null;
    return new ObjectStatement.AlterExtension(name, version, position);
  }
}
