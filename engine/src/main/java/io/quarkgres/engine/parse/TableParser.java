package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.Persistence;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TableElement;
import io.quarkgres.engine.ast.TableElement.LikeOption;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.ast.TableStatement.OnCommit;
import io.quarkgres.engine.ast.TableStatement.PartitionBy;
import io.quarkgres.engine.ast.TableStatement.PartitionOf;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads CREATE TABLE, CREATE TABLE AS and CREATE MATERIALIZED VIEW. Thread: one. */
final class TableParser {
  private final Grammar grammar;
  private final Tokens tokens;

  TableParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads {@code IF NOT EXISTS} if there. */
  boolean ifNotExists() {
    if (!tokens.accept(Keyword.IF, Keyword.NOT)) {
      return false;
    }
    tokens.expect(Keyword.EXISTS);
    return true;
  }

  /** Reads CREATE TABLE from the word TABLE on. */
  Statement createTable(Persistence persistence, int position) {
    tokens.expect(Keyword.TABLE);
    boolean isIfNotExists = ifNotExists();
    QualifiedName name = grammar.names.relation();
    if (tokens.accept(Keyword.OF)) {
      return typedTable(name, persistence, isIfNotExists, position);
    }
    if (tokens.accept(Keyword.PARTITION)) {
      tokens.expect(Keyword.OF);
      return partition(name, persistence, isIfNotExists, position);
    }
    boolean isList =
        grammar.names.isColumnName(1)
            && (tokens.peekKind(2) == TokenKind.COMMA
                || tokens.peekKind(2) == TokenKind.RIGHT_PAREN);
    if (!tokens.at(TokenKind.LEFT_PAREN) || isList) {
      return createTableAs(name, persistence, isIfNotExists, position);
    }
    List<TableElement> elements = elements();
    List<QualifiedName> inherits = inherits();
    return finished(name, persistence, isIfNotExists, elements, inherits, null, null, position);
  }

  private Statement typedTable(
      QualifiedName name, Persistence persistence, boolean isIfNotExists, int position) {
    QualifiedName type = grammar.names.any();
    List<TableElement> elements = typedElements();
    return finished(name, persistence, isIfNotExists, elements, List.of(), type, null, position);
  }

  private Statement partition(
      QualifiedName name, Persistence persistence, boolean isIfNotExists, int position) {
    int partitionPosition = tokens.position();
    QualifiedName parent = grammar.names.relation();
    List<TableElement> elements = typedElements();
    PartitionOf partitionOf =
        new PartitionOf(parent, grammar.partitions.bound(), partitionPosition);
    return finished(
        name, persistence, isIfNotExists, elements, List.of(), null, partitionOf, position);
  }

  /** Reads what ends all forms: PARTITION BY and how the table is stored. */
  private Statement finished(
      QualifiedName name,
      Persistence persistence,
      boolean isIfNotExists,
      List<TableElement> elements,
      List<QualifiedName> inherits,
      QualifiedName type,
      PartitionOf partitionOf,
      int position) {
    PartitionBy partitionBy = grammar.partitions.partitionBy();
    Storage storage = storage();
    return new TableStatement.CreateTable(
        name,
        persistence,
        isIfNotExists,
        elements,
        inherits,
        type,
        partitionBy,
        partitionOf,
        storage.accessMethod(),
        storage.options(),
        storage.onCommit(),
        storage.tablespace(),
        position);
  }

  private List<TableElement> elements() {
    tokens.expect(TokenKind.LEFT_PAREN);
    if (tokens.accept(TokenKind.RIGHT_PAREN)) {
      return List.of();
    }
    List<TableElement> elements = grammar.names.list(this::element);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return elements;
  }

  private TableElement element() {
    if (tokens.at(Keyword.LIKE)) {
      return like();
    }
    return grammar.constraints.beginsConstraint()
        ? grammar.constraints.constraint()
        : grammar.columns.column();
  }

  private List<TableElement> typedElements() {
    if (!tokens.accept(TokenKind.LEFT_PAREN)) {
      return List.of();
    }
    List<TableElement> elements = grammar.names.list(this::typedElement);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return elements;
  }

  private TableElement typedElement() {
    return grammar.constraints.beginsConstraint()
        ? grammar.constraints.constraint()
        : grammar.columns.columnWithoutType();
  }

  private TableElement like() {
    int position = tokens.expect(Keyword.LIKE);
    QualifiedName table = grammar.names.relation();
    Set<LikeOption> including = EnumSet.noneOf(LikeOption.class);
    while (true) {
      if (tokens.accept(Keyword.INCLUDING)) {
        including.addAll(likeOptions());
      } else if (tokens.accept(Keyword.EXCLUDING)) {
        including.removeAll(likeOptions());
      } else {
        return new TableElement.Like(table, Set.copyOf(including), position);
      }
    }
  }

  private Set<LikeOption> likeOptions() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    Set<LikeOption> options =
        switch (keyword) {
          case ALL -> EnumSet.allOf(LikeOption.class);
          case COMMENTS -> EnumSet.of(LikeOption.COMMENTS);
          case COMPRESSION -> EnumSet.of(LikeOption.COMPRESSION);
          case CONSTRAINTS -> EnumSet.of(LikeOption.CONSTRAINTS);
          case DEFAULTS -> EnumSet.of(LikeOption.DEFAULTS);
          case GENERATED -> EnumSet.of(LikeOption.GENERATED);
          case IDENTITY -> EnumSet.of(LikeOption.IDENTITY);
          case INDEXES -> EnumSet.of(LikeOption.INDEXES);
          case STATISTICS -> EnumSet.of(LikeOption.STATISTICS);
          case STORAGE -> EnumSet.of(LikeOption.STORAGE);
          default -> throw tokens.syntaxError();
        };
    tokens.advance();
    return options;
  }

  private List<QualifiedName> inherits() {
    if (!tokens.accept(Keyword.INHERITS)) {
      return List.of();
    }
    tokens.expect(TokenKind.LEFT_PAREN);
    List<QualifiedName> parents = grammar.names.relations();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return parents;
  }

  /** What may stand behind the columns of any table. */
  private record Storage(
      String accessMethod, List<Option> options, OnCommit onCommit, String tablespace) {}

  private Storage storage() {
    String accessMethod = tokens.accept(Keyword.USING) ? grammar.names.columnName() : null;
    List<Option> options = grammar.options.with();
    OnCommit onCommit = tokens.at(Keyword.ON) ? onCommit() : null;
    String tablespace = tokens.accept(Keyword.TABLESPACE) ? grammar.names.columnName() : null;
    return new Storage(accessMethod, options, onCommit, tablespace);
  }

  private OnCommit onCommit() {
    tokens.expect(Keyword.ON, Keyword.COMMIT);
    if (tokens.accept(Keyword.DROP)) {
      return OnCommit.DROP;
    }
    if (tokens.accept(Keyword.DELETE)) {
      tokens.expect(Keyword.ROWS);
      return OnCommit.DELETE_ROWS;
    }
    tokens.expect(Keyword.PRESERVE, Keyword.ROWS);
    return OnCommit.PRESERVE_ROWS;
  }

  private Statement createTableAs(
      QualifiedName name, Persistence persistence, boolean isIfNotExists, int position) {
    List<String> columns = grammar.names.optionalColumns();
    Storage storage = storage();
    tokens.expect(Keyword.AS);
    int start = tokens.position();
    Statement source =
        tokens.at(Keyword.EXECUTE) ? grammar.prepared.execute() : grammar.selects.subquery();
    String text = tokens.textFrom(start);
    return new TableStatement.CreateTableAs(
        name,
        persistence,
        false,
        isIfNotExists,
        columns,
        storage.accessMethod(),
        storage.options(),
        storage.onCommit(),
        storage.tablespace(),
        source,
        text,
        withData(),
        position);
  }

  /** Reads WITH [NO] DATA if there; returns whether there is to be data. */
  boolean withData() {
    if (!tokens.accept(Keyword.WITH)) {
      return true;
    }
    boolean isData = !tokens.accept(Keyword.NO);
    tokens.expect(Keyword.DATA);
    return isData;
  }

  /** Reads CREATE MATERIALIZED VIEW from the word MATERIALIZED on. */
  Statement createMaterializedView(Persistence persistence, int position) {
    tokens.expect(Keyword.MATERIALIZED, Keyword.VIEW);
    boolean isIfNotExists = ifNotExists();
    QualifiedName name = grammar.names.relation();
    List<String> columns = grammar.names.optionalColumns();
    String accessMethod = tokens.accept(Keyword.USING) ? grammar.names.columnName() : null;
    List<Option> options = tokens.accept(Keyword.WITH) ? grammar.options.storage() : List.of();
    String tablespace = tokens.accept(Keyword.TABLESPACE) ? grammar.names.columnName() : null;
    tokens.expect(Keyword.AS);
    int start = tokens.position();
    Statement source = grammar.selects.subquery();
    String text = tokens.textFrom(start);
    return new TableStatement.CreateTableAs(
        name,
        persistence,
        true,
        isIfNotExists,
        columns,
        accessMethod,
        options,
        null,
        tablespace,
        source,
        text,
        withData(),
        position);
  }
}
