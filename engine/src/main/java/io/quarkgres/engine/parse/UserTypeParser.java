package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.ColumnDefinition;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.ObjectStatement.AttributeAction;
import io.quarkgres.engine.ast.ObjectStatement.DomainAction;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.SourceExpression;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads CREATE and ALTER of types and domains. Thread: one. */
final class UserTypeParser {
  private final Grammar grammar;
  private final Tokens tokens;

  UserTypeParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads CREATE TYPE from the word TYPE on. */
  Statement createType(int position) {
    tokens.expect(Keyword.TYPE);
    QualifiedName name = grammar.names.any();
    if (!tokens.accept(Keyword.AS)) {
      if (tokens.at(TokenKind.LEFT_PAREN) || tokens.at(TokenKind.END)) {
        throw ParseErrors.unsupported("CREATE TYPE of a base type", position);
      }
      throw tokens.syntaxError();
    }
    if (tokens.accept(Keyword.ENUM)) {
      return new ObjectStatement.CreateEnum(name, labels(), position);
    }
    if (tokens.accept(Keyword.RANGE)) {
      return new ObjectStatement.CreateRange(name, definition(), position);
    }
    tokens.expect(TokenKind.LEFT_PAREN);
    List<ColumnDefinition> attributes =
        tokens.at(TokenKind.RIGHT_PAREN)
            ? List.of()
            : grammar.names.list(grammar.columns::attribute);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new ObjectStatement.CreateComposite(name, attributes, position);
  }

  private List<String> labels() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<String> labels =
        tokens.at(TokenKind.RIGHT_PAREN) ? List.of() : grammar.names.list(tokens::expectString);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return labels;
  }

  private List<Option> definition() {
    return grammar.options.storage();
  }

  /** Reads ALTER TYPE behind the name, but for what all objects share. */
  Statement alterType(QualifiedName name, int position) {
    if (tokens.at(Keyword.ADD, Keyword.VALUE)) {
      return addValue(name, position);
    }
    if (tokens.accept(Keyword.RENAME, Keyword.VALUE)) {
      String oldLabel = tokens.expectString();
      tokens.expect(Keyword.TO);
      return new ObjectStatement.RenameEnumValue(name, oldLabel, tokens.expectString(), position);
    }
    if (tokens.at(Keyword.SET)) {
      throw ParseErrors.unsupported("ALTER TYPE ... SET", position);
    }
    List<AttributeAction> actions = grammar.names.list(this::attributeAction);
    return new ObjectStatement.AlterComposite(name, actions, position);
  }

  private Statement addValue(QualifiedName name, int position) {
    tokens.expect(Keyword.ADD, Keyword.VALUE);
    boolean isIfNotExists = grammar.tables.ifNotExists();
    String label = tokens.expectString();
    boolean isAfter = tokens.accept(Keyword.AFTER);
    boolean hasNeighbor = isAfter || tokens.accept(Keyword.BEFORE);
    String neighbor = hasNeighbor ? tokens.expectString() : null;
    return new ObjectStatement.AddEnumValue(
        name, label, isIfNotExists, neighbor, isAfter, position);
  }

  private AttributeAction attributeAction() {
    int position = tokens.position();
    if (tokens.accept(Keyword.ADD)) {
      tokens.expect(Keyword.ATTRIBUTE);
      ColumnDefinition attribute = grammar.columns.attribute();
      return new AttributeAction.Add(attribute, grammar.alterTables.cascade());
    }
    if (tokens.accept(Keyword.DROP)) {
      tokens.expect(Keyword.ATTRIBUTE);
      boolean isIfExists = grammar.alterTables.ifExists();
      String name = grammar.names.columnName();
      return new AttributeAction.Drop(name, isIfExists, grammar.alterTables.cascade(), position);
    }
    tokens.expect(Keyword.ALTER, Keyword.ATTRIBUTE);
    String name = grammar.names.columnName();
    if (tokens.accept(Keyword.SET)) {
      tokens.expect(Keyword.DATA);
    }
    tokens.expect(Keyword.TYPE);
    TypeName type = grammar.types.type();
    QualifiedName collation = tokens.accept(Keyword.COLLATE) ? grammar.names.any() : null;
    return new AttributeAction.AlterType(
        name, type, collation, grammar.alterTables.cascade(), position);
  }

  /** Reads CREATE DOMAIN from the word DOMAIN on. */
  Statement createDomain(int position) {
    tokens.expect(Keyword.DOMAIN);
    QualifiedName name = grammar.names.any();
    tokens.accept(Keyword.AS);
    TypeName type = grammar.types.type();
    ColumnParser.Properties properties = grammar.columns.properties();
    return new ObjectStatement.CreateDomain(
        name, type, properties.collation(), properties.constraints(), position);
  }

  /** Reads ALTER DOMAIN behind the name, but for what all objects share. */
  Statement alterDomain(QualifiedName name, int position) {
    return new ObjectStatement.AlterDomain(name, domainAction(), position);
  }

  private DomainAction domainAction() {
    if (tokens.accept(Keyword.SET)) {
      if (tokens.accept(Keyword.NOT)) {
        tokens.expect(Keyword.NULL);
        return new DomainAction.NotNull(true);
      }
      tokens.expect(Keyword.DEFAULT);
      int start = tokens.position();
      return new DomainAction.Default(
          new SourceExpression(grammar.expressions.expression(), tokens.textFrom(start)));
    }
    if (tokens.accept(Keyword.ADD)) {
      return new DomainAction.AddConstraint(grammar.constraints.constraint());
    }
    if (tokens.accept(Keyword.VALIDATE)) {
      tokens.expect(Keyword.CONSTRAINT);
      return new DomainAction.ValidateConstraint(grammar.names.columnName());
    }
    tokens.expect(Keyword.DROP);
    if (tokens.accept(Keyword.DEFAULT)) {
      return new DomainAction.Default(null);
    }
    if (tokens.accept(Keyword.NOT)) {
      tokens.expect(Keyword.NULL);
      return new DomainAction.NotNull(false);
    }
    tokens.expect(Keyword.CONSTRAINT);
    boolean isIfExists = grammar.alterTables.ifExists();
    String constraint = grammar.names.columnName();
    return new DomainAction.DropConstraint(constraint, isIfExists, grammar.alterTables.cascade());
  }
}
