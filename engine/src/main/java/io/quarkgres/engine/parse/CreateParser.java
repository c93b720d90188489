package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Persistence;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.Tokens;

/** Reads CREATE up to the word that says what is created, and hands over. Thread: one. */
final class CreateParser {
  private final Grammar grammar;
  private final Tokens tokens;

  CreateParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads a CREATE statement within CREATE SCHEMA. */
  Statement schemaElement() {
    tokens.enter();
    Statement statement = create();
    tokens.leave();
    return statement;
  }

  /** Reads CREATE. */
  Statement create() {
    int position = tokens.expect(Keyword.CREATE);
    boolean isOrReplace = tokens.accept(Keyword.OR);
    if (isOrReplace) {
      tokens.expect(Keyword.REPLACE);
    }
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    if (isOrReplace) {
      return createOrReplace(keyword, position);
    }
    return switch (keyword) {
      case TABLE -> grammar.tables.createTable(Persistence.PERMANENT, position);
      case TEMPORARY, TEMP, LOCAL, GLOBAL, UNLOGGED -> temporary(false, position);
      case UNIQUE, INDEX -> grammar.indexes.createIndex(position);
      case VIEW, RECURSIVE -> grammar.views.createView(false, false, position);
      case MATERIALIZED -> grammar.tables.createMaterializedView(Persistence.PERMANENT, position);
      case SEQUENCE -> grammar.sequences.createSequence(Persistence.PERMANENT, position);
      case SCHEMA -> grammar.schemas.createSchema(position);
      case DATABASE -> grammar.schemas.createDatabase(position);
      case EXTENSION -> grammar.schemas.createExtension(position);
      case TYPE -> grammar.userTypes.createType(position);
      case DOMAIN -> grammar.userTypes.createDomain(position);
      case ROLE, USER, GROUP -> grammar.roles.createRole(position);
      case FUNCTION, PROCEDURE -> grammar.routines.createRoutine(false, position);
      case TRIGGER -> grammar.triggers.createTrigger(false, position);
      case CONSTRAINT -> grammar.triggers.createTrigger(false, position);
      default -> throw notCreated(keyword, position);
    };
  }

  private Statement createOrReplace(Keyword keyword, int position) {
    return switch (keyword) {
      case VIEW, RECURSIVE -> grammar.views.createView(true, false, position);
      case TEMPORARY, TEMP, LOCAL, GLOBAL -> temporary(true, position);
      case FUNCTION, PROCEDURE -> grammar.routines.createRoutine(true, position);
      case TRIGGER, CONSTRAINT -> grammar.triggers.createTrigger(true, position);
      case AGGREGATE, LANGUAGE, PROCEDURAL, RULE, TRANSFORM, TRUSTED ->
          throw ParseErrors.unsupported("CREATE OR REPLACE " + keyword.name(), position);
      default -> throw tokens.syntaxError();
    };
  }

  private RuntimeException notCreated(Keyword keyword, int position) {
    return switch (keyword) {
      case ACCESS,
          AGGREGATE,
          CAST,
          COLLATION,
          CONVERSION,
          DEFAULT,
          EVENT,
          FOREIGN,
          LANGUAGE,
          OPERATOR,
          POLICY,
          PROCEDURAL,
          PUBLICATION,
          RULE,
          SERVER,
          STATISTICS,
          SUBSCRIPTION,
          TABLESPACE,
          TEXT,
          TRANSFORM,
          TRUSTED ->
          ParseErrors.unsupported("CREATE " + keyword.name(), position);
      default -> tokens.syntaxError();
    };
  }

  /** Reads TEMP, LOCAL TEMP and UNLOGGED, and what follows. */
  private Statement temporary(boolean isOrReplace, int position) {
    Persistence persistence = Persistence.TEMPORARY;
    if (tokens.accept(Keyword.UNLOGGED)) {
      persistence = Persistence.UNLOGGED;
    } else {
      if (tokens.at(Keyword.LOCAL) || tokens.at(Keyword.GLOBAL)) {
        tokens.advance();
      }
      if (!tokens.accept(Keyword.TEMPORARY)) {
        tokens.expect(Keyword.TEMP);
      }
    }
    Keyword keyword = tokens.keyword();
    boolean isTemporary = persistence == Persistence.TEMPORARY;
    if (isTemporary && (keyword == Keyword.VIEW || keyword == Keyword.RECURSIVE)) {
      return grammar.views.createView(isOrReplace, true, position);
    }
    if (isOrReplace || keyword == null) {
      throw tokens.syntaxError();
    }
    if (!isTemporary && keyword == Keyword.MATERIALIZED) {
      return grammar.tables.createMaterializedView(persistence, position);
    }
    return keyword == Keyword.SEQUENCE
        ? grammar.sequences.createSequence(persistence, position)
        : grammar.tables.createTable(persistence, position);
  }
}
