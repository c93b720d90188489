package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads what names any kind of object: DROP and COMMENT. Thread: one. */
final class ObjectParser {
  private final Grammar grammar;
  private final Tokens tokens;

  ObjectParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads DROP. */
  Statement drop() {
    int position = tokens.expect(Keyword.DROP);
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    return switch (keyword) {
      case DATABASE -> grammar.schemas.dropDatabase(position);
      case ROLE, USER, GROUP -> grammar.roles.dropRole(position);
      case OWNED -> grammar.roles.dropOwned(position);
      default -> dropObjects("DROP", position);
    };
  }

  private Statement dropObjects(String command, int position) {
    ObjectKind kind = kind(command);
    boolean isConcurrently = kind == ObjectKind.INDEX && tokens.accept(Keyword.CONCURRENTLY);
    boolean isIfExists = grammar.alterTables.ifExists();
    List<ObjectName> names = grammar.names.list(() -> name(kind));
    boolean isCascade = grammar.alterTables.cascade();
    return new ObjectStatement.Drop(kind, names, isIfExists, isConcurrently, isCascade, position);
  }

  /** Reads COMMENT ON. */
  Statement comment() {
    int position = tokens.expect(Keyword.COMMENT);
    tokens.expect(Keyword.ON);
    ObjectKind kind;
    ObjectName object;
    if (tokens.accept(Keyword.COLUMN)) {
      kind = ObjectKind.COLUMN;
      object = column();
    } else if (tokens.accept(Keyword.CONSTRAINT)) {
      String name = grammar.names.columnName();
      tokens.expect(Keyword.ON);
      boolean isDomain = tokens.accept(Keyword.DOMAIN);
      kind = isDomain ? ObjectKind.DOMAIN_CONSTRAINT : ObjectKind.CONSTRAINT;
      QualifiedName owner = grammar.names.any();
      object = new ObjectName.Within(name, owner, owner.position());
    } else {
      kind = commentKind();
      object = name(kind);
    }
    tokens.expect(Keyword.IS);
    String text = tokens.accept(Keyword.NULL) ? null : tokens.expectString();
    return new ObjectStatement.Comment(kind, object, text, position);
  }

  private ObjectKind commentKind() {
    if (tokens.accept(Keyword.DATABASE)) {
      return ObjectKind.DATABASE;
    }
    return tokens.accept(Keyword.ROLE) ? ObjectKind.ROLE : kind("COMMENT ON");
  }

  private ObjectName column() {
    QualifiedName name = grammar.names.any();
    int count = name.parts().size();
    if (count < 2) {
      tokens.defer(ParseErrors.grammar("column name must be qualified", -1));
      return new ObjectName.Column(name, name.name(), name.position());
    }
    QualifiedName relation = new QualifiedName(name.parts().subList(0, count - 1), name.position());
    return new ObjectName.Column(relation, name.name(), name.position());
  }

  /** Reads the words for a kind of object that has no statement of its own to drop it. */
  private ObjectKind kind(String command) {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    int position = tokens.position();
    tokens.advance();
    return switch (keyword) {
      case TABLE -> ObjectKind.TABLE;
      case VIEW -> ObjectKind.VIEW;
      case MATERIALIZED -> {
        tokens.expect(Keyword.VIEW);
        yield ObjectKind.MATERIALIZED_VIEW;
      }
      case INDEX -> ObjectKind.INDEX;
      case SEQUENCE -> ObjectKind.SEQUENCE;
      case SCHEMA -> ObjectKind.SCHEMA;
      case EXTENSION -> ObjectKind.EXTENSION;
      case TYPE -> ObjectKind.TYPE;
      case DOMAIN -> ObjectKind.DOMAIN;
      case COLLATION -> ObjectKind.COLLATION;
      case FUNCTION -> ObjectKind.FUNCTION;
      case PROCEDURE -> ObjectKind.PROCEDURE;
      case ROUTINE -> ObjectKind.ROUTINE;
      case AGGREGATE -> ObjectKind.AGGREGATE;
      case TRIGGER -> ObjectKind.TRIGGER;
      case RULE -> ObjectKind.RULE;
      case POLICY -> ObjectKind.POLICY;
      case TABLESPACE -> ObjectKind.TABLESPACE;
      case LANGUAGE -> ObjectKind.LANGUAGE;
      case FOREIGN -> {
        if (tokens.at(Keyword.DATA)) {
          throw ParseErrors.unsupported(command + " FOREIGN DATA WRAPPER", position);
        }
        tokens.expect(Keyword.TABLE);
        yield ObjectKind.FOREIGN_TABLE;
      }
      case ACCESS,
          CAST,
          CONVERSION,
          EVENT,
          LARGE,
          OPERATOR,
          PROCEDURAL,
          PUBLICATION,
          SERVER,
          STATISTICS,
          SUBSCRIPTION,
          TEXT,
          TRANSFORM ->
          throw ParseErrors.unsupported(command + " " + keyword.name(), position);
      default -> {
        tokens.reset(tokens.mark() - 1);
        throw tokens.syntaxError();
      }
    };
  }

  /** Reads the name of an existing object. */
  ObjectName name(ObjectKind kind) {
    return switch (kind) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, INDEX, SEQUENCE, COLLATION ->
          new ObjectName.Plain(grammar.names.any());
      case SCHEMA, DATABASE, EXTENSION, ROLE, TABLESPACE, LANGUAGE -> simple();
      case TYPE, DOMAIN -> new ObjectName.Type(grammar.types.type());
      case FUNCTION, PROCEDURE, ROUTINE -> grammar.routines.routine();
      case AGGREGATE -> grammar.routines.aggregate();
      case TRIGGER, RULE, POLICY, CONSTRAINT, DOMAIN_CONSTRAINT -> within();
      case COLUMN -> column();
    };
  }

  private ObjectName simple() {
    int position = tokens.position();
    return new ObjectName.Plain(QualifiedName.of(grammar.names.columnName(), position));
  }

  private ObjectName within() {
    int position = tokens.position();
    String name = grammar.names.columnName();
    tokens.expect(Keyword.ON);
    return new ObjectName.Within(name, grammar.names.any(), position);
  }
}
