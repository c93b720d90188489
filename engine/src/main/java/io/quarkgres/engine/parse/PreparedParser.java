package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.ast.UtilityStatement.FetchDirection;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads the statements about prepared statements and cursors. Thread: one. */
final class PreparedParser {
  private final Grammar grammar;
  private final Tokens tokens;

  PreparedParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads PREPARE. */
  Statement prepare() {
    int position = tokens.expect(Keyword.PREPARE);
    if (tokens.at(Keyword.TRANSACTION) && tokens.peekKind(1) == TokenKind.STRING) {
      throw ParseErrors.unsupported("PREPARE TRANSACTION", position);
    }
    String name = grammar.names.columnName();
    List<TypeName> types = List.of();
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      types = grammar.names.list(grammar.types::type);
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
    tokens.expect(Keyword.AS);
    int start = tokens.position();
    Statement statement = grammar.withs.preparable();
    String text = tokens.textFrom(start);
    return new UtilityStatement.Prepare(name, types, statement, text, position);
  }

  /** Reads EXECUTE. */
  UtilityStatement.Execute execute() {
    int position = tokens.expect(Keyword.EXECUTE);
    String name = grammar.names.columnName();
    List<Expression> arguments =
        tokens.at(TokenKind.LEFT_PAREN) ? grammar.expressions.parenthesizedList() : List.of();
    return new UtilityStatement.Execute(name, arguments, position);
  }

  /** Reads DEALLOCATE. */
  Statement deallocate() {
    int position = tokens.expect(Keyword.DEALLOCATE);
    boolean hasName = grammar.names.isColumnName(1) || tokens.peekKeyword(1) == Keyword.ALL;
    if (hasName) {
      tokens.accept(Keyword.PREPARE);
    }
    String name = tokens.accept(Keyword.ALL) ? null : grammar.names.columnName();
    return new UtilityStatement.Deallocate(name, position);
  }

  /** Reads DECLARE. */
  Statement declare() {
    int position = tokens.expect(Keyword.DECLARE);
    String name = grammar.names.columnName();
    boolean isBinary = false;
    boolean isInsensitive = false;
    boolean isAsensitive = false;
    Boolean isScroll = null;
    while (!tokens.accept(Keyword.CURSOR)) {
      if (tokens.accept(Keyword.BINARY)) {
        isBinary = true;
      } else if (tokens.accept(Keyword.INSENSITIVE)) {
        isInsensitive = true;
      } else if (tokens.accept(Keyword.ASENSITIVE)) {
        isAsensitive = true;
      } else {
        boolean isNo = tokens.accept(Keyword.NO);
        tokens.expect(Keyword.SCROLL);
        refuseBothScrolls(isScroll, !isNo);
        isScroll = !isNo;
      }
    }
    if (isInsensitive && isAsensitive) {
      throw ParseErrors.invalidCursor("INSENSITIVE", "ASENSITIVE");
    }
    boolean isHold = hold();
    tokens.expect(Keyword.FOR);
    Query query = grammar.selects.subquery();
    return new UtilityStatement.DeclareCursor(
        name, isBinary, isScroll, isInsensitive, isAsensitive, isHold, query, position);
  }

  private static void refuseBothScrolls(Boolean old, boolean value) {
    if (old != null && old != value) {
      throw ParseErrors.invalidCursor("SCROLL", "NO SCROLL");
    }
  }

  private boolean hold() {
    boolean isWith = tokens.accept(Keyword.WITH);
    if (isWith || tokens.accept(Keyword.WITHOUT)) {
      tokens.expect(Keyword.HOLD);
    }
    return isWith;
  }

  /** Reads CLOSE. */
  Statement close() {
    int position = tokens.expect(Keyword.CLOSE);
    String cursor = tokens.accept(Keyword.ALL) ? null : grammar.names.columnName();
    return new UtilityStatement.ClosePortal(cursor, position);
  }

  /** Which rows to fetch. */
  private record Rows(FetchDirection direction, long count) {}

  /** Reads FETCH or MOVE. */
  Statement fetch() {
    int position = tokens.position();
    boolean isMove = tokens.at(Keyword.MOVE);
    tokens.advance();
    Rows rows = rows();
    if (!tokens.accept(Keyword.FROM)) {
      tokens.accept(Keyword.IN);
    }
    String cursor = grammar.names.columnName();
    return new UtilityStatement.Fetch(isMove, rows.direction(), rows.count(), cursor, position);
  }

  private Rows rows() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return isSignedNumber()
          ? new Rows(FetchDirection.FORWARD, grammar.options.signedInteger())
          : new Rows(FetchDirection.FORWARD, 1);
    }
    if (tokens.accept(Keyword.ALL)) {
      return new Rows(FetchDirection.FORWARD, Long.MAX_VALUE);
    }
    if (!isDirection(keyword) || !isFollowed()) {
      return new Rows(FetchDirection.FORWARD, 1);
    }
    tokens.advance();
    return switch (keyword) {
      case PRIOR -> new Rows(FetchDirection.BACKWARD, 1);
      case FIRST -> new Rows(FetchDirection.ABSOLUTE, 1);
      case LAST -> new Rows(FetchDirection.ABSOLUTE, -1);
      case ABSOLUTE -> new Rows(FetchDirection.ABSOLUTE, grammar.options.signedInteger());
      case RELATIVE -> new Rows(FetchDirection.RELATIVE, grammar.options.signedInteger());
      case FORWARD -> new Rows(FetchDirection.FORWARD, countOrAll());
      case BACKWARD -> new Rows(FetchDirection.BACKWARD, countOrAll());
      default -> new Rows(FetchDirection.FORWARD, 1);
    };
  }

  private static boolean isDirection(Keyword keyword) {
    return switch (keyword) {
      case NEXT, PRIOR, FIRST, LAST, ABSOLUTE, RELATIVE, FORWARD, BACKWARD -> true;
      default -> false;
    };
  }

  /** A direction has something behind it, or it is the name of the cursor. */
  private boolean isFollowed() {
    TokenKind next = tokens.peekKind(1);
    return next != TokenKind.END && next != TokenKind.SEMICOLON;
  }

  private boolean isSignedNumber() {
    return tokens.at(TokenKind.INTEGER) || tokens.at(TokenKind.MINUS) || tokens.at(TokenKind.PLUS);
  }

  private long countOrAll() {
    if (tokens.accept(Keyword.ALL)) {
      return Long.MAX_VALUE;
    }
    return isSignedNumber() ? grammar.options.signedInteger() : 1;
  }
}
