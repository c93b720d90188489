package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.ColumnConstraint;
import io.quarkgres.engine.ast.ColumnDefinition;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.SequenceOption;
import io.quarkgres.engine.ast.SourceExpression;
import io.quarkgres.engine.ast.TableConstraint.Deferral;
import io.quarkgres.engine.ast.TableConstraint.IndexParameters;
import io.quarkgres.engine.ast.TableConstraint.Reference;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads column definitions and their constraints. Thread: one. */
final class ColumnParser {
  private final Grammar grammar;
  private final Tokens tokens;

  ColumnParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** What follows the type of a column or domain. */
  record Properties(QualifiedName collation, List<ColumnConstraint> constraints) {}

  /** Reads {@code name type ...}. */
  ColumnDefinition column() {
    int position = tokens.position();
    String name = grammar.names.columnName();
    TypeName type = grammar.types.type();
    String compression = null;
    if (tokens.accept(Keyword.COMPRESSION)) {
      compression = compression();
    }
    Properties properties = properties();
    return new ColumnDefinition(
        name, type, compression, properties.collation(), properties.constraints(), position);
  }

  /** Reads the name of a compression method, or DEFAULT. */
  String compression() {
    return tokens.accept(Keyword.DEFAULT) ? "default" : grammar.names.columnName();
  }

  /** Reads {@code name [WITH OPTIONS] ...}, a column of a typed table or partition. */
  ColumnDefinition columnWithoutType() {
    int position = tokens.position();
    String name = grammar.names.columnName();
    if (tokens.accept(Keyword.WITH)) {
      tokens.expect(Keyword.OPTIONS);
    }
    Properties properties = properties();
    return new ColumnDefinition(
        name, null, null, properties.collation(), properties.constraints(), position);
  }

  /** Reads {@code name type [COLLATE collation]}, an attribute of a composite type. */
  ColumnDefinition attribute() {
    int position = tokens.position();
    String name = grammar.names.columnName();
    TypeName type = grammar.types.type();
    QualifiedName collation = tokens.accept(Keyword.COLLATE) ? grammar.names.any() : null;
    return new ColumnDefinition(name, type, null, collation, List.of(), position);
  }

  /** Reads collation and constraints, which may be mixed. */
  Properties properties() {
    QualifiedName collation = null;
    List<ColumnConstraint> constraints = new ArrayList<>(2);
    while (true) {
      int position = tokens.position();
      if (tokens.accept(Keyword.COLLATE)) {
        if (collation != null) {
          throw ParseErrors.grammar("multiple COLLATE clauses not allowed", position);
        }
        collation = grammar.names.any();
        continue;
      }
      ColumnConstraint constraint = tryConstraint(position);
      if (constraint == null) {
        return new Properties(collation, List.copyOf(constraints));
      }
      constraints.add(constraint);
    }
  }

  private ColumnConstraint tryConstraint(int position) {
    if (tokens.accept(Keyword.CONSTRAINT)) {
      String name = grammar.names.columnName();
      ColumnConstraint constraint = tryUnnamed(name, position);
      if (constraint == null) {
        throw tokens.syntaxError();
      }
      return constraint;
    }
    return tryUnnamed(null, position);
  }

  private ColumnConstraint tryUnnamed(String name, int position) {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return null;
    }
    return switch (keyword) {
      case NOT -> notNull(name, position);
      case NULL -> {
        tokens.advance();
        yield new ColumnConstraint.Null(name, position);
      }
      case DEFAULT -> defaultValue(name, position);
      case CHECK -> check(name, position);
      case GENERATED -> generated(name, position);
      case UNIQUE, PRIMARY -> key(name, position);
      case REFERENCES -> references(name, position);
      case DEFERRABLE -> throw misplaced("DEFERRABLE", position);
      case INITIALLY -> throw misplacedInitially(position);
      default -> null;
    };
  }

  private RuntimeException misplacedInitially(int position) {
    boolean isDeferred = tokens.peekKeyword(1) == Keyword.DEFERRED;
    return misplaced(isDeferred ? "INITIALLY DEFERRED" : "INITIALLY IMMEDIATE", position);
  }

  private static RuntimeException misplaced(String clause, int position) {
    return ParseErrors.grammar("misplaced " + clause + " clause", position);
  }

  private ColumnConstraint notNull(String name, int position) {
    tokens.expect(Keyword.NOT);
    if (tokens.at(Keyword.DEFERRABLE)) {
      throw misplaced("NOT DEFERRABLE", position);
    }
    tokens.expect(Keyword.NULL);
    return new ColumnConstraint.NotNull(name, position);
  }

  private ColumnConstraint defaultValue(String name, int position) {
    tokens.expect(Keyword.DEFAULT);
    int start = tokens.position();
    SourceExpression value =
        new SourceExpression(grammar.expressions.restricted(), tokens.textFrom(start));
    return new ColumnConstraint.Default(name, value, position);
  }

  private ColumnConstraint check(String name, int position) {
    tokens.expect(Keyword.CHECK);
    SourceExpression condition = grammar.constraints.parenthesizedSource();
    boolean isNoInherit = tokens.accept(Keyword.NO, Keyword.INHERIT);
    return new ColumnConstraint.Check(name, condition, isNoInherit, position);
  }

  private ColumnConstraint generated(String name, int position) {
    tokens.expect(Keyword.GENERATED);
    int whenPosition = tokens.position();
    boolean isAlways = generatedWhen();
    tokens.expect(Keyword.AS);
    if (tokens.accept(Keyword.IDENTITY)) {
      List<SequenceOption> options =
          tokens.at(TokenKind.LEFT_PAREN) ? grammar.sequences.parenthesized() : List.of();
      return new ColumnConstraint.Identity(name, isAlways, options, position);
    }
    SourceExpression value = grammar.constraints.parenthesizedSource();
    tokens.expect(Keyword.STORED);
    if (!isAlways) {
      throw ParseErrors.grammar(
          "for a generated column, GENERATED ALWAYS must be specified", whenPosition);
    }
    return new ColumnConstraint.Generated(name, value, position);
  }

  /** Reads ALWAYS or BY DEFAULT; returns whether it was ALWAYS. */
  boolean generatedWhen() {
    if (tokens.accept(Keyword.ALWAYS)) {
      return true;
    }
    tokens.expect(Keyword.BY, Keyword.DEFAULT);
    return false;
  }

  private ColumnConstraint key(String name, int position) {
    boolean isPrimary = tokens.at(Keyword.PRIMARY);
    tokens.advance();
    if (isPrimary) {
      tokens.expect(Keyword.KEY);
    }
    boolean isNullsNotDistinct = !isPrimary && grammar.constraints.nullsNotDistinct();
    IndexParameters index = keyParameters();
    Deferral deferral = deferral();
    return new ColumnConstraint.Key(name, isPrimary, isNullsNotDistinct, index, deferral, position);
  }

  private IndexParameters keyParameters() {
    return tokens.at(Keyword.INCLUDE)
        ? IndexParameters.NONE
        : grammar.constraints.indexParameters();
  }

  private ColumnConstraint references(String name, int position) {
    Reference reference = grammar.constraints.reference();
    return new ColumnConstraint.References(name, reference, deferral(), position);
  }

  /** Reads the deferral clauses behind a constraint that may have them. */
  private Deferral deferral() {
    ConstraintParser.Attributes attributes = new ConstraintParser.Attributes(true);
    while (true) {
      int position = tokens.position();
      if (tokens.accept(Keyword.DEFERRABLE)) {
        attributes.deferrable(true, position);
      } else if (tokens.accept(Keyword.NOT, Keyword.DEFERRABLE)) {
        attributes.deferrable(false, position);
      } else if (tokens.accept(Keyword.INITIALLY)) {
        boolean isDeferred = tokens.accept(Keyword.DEFERRED);
        if (!isDeferred) {
          tokens.expect(Keyword.IMMEDIATE);
        }
        attributes.initially(isDeferred, position);
      } else {
        return attributes.deferral();
      }
    }
  }
}
