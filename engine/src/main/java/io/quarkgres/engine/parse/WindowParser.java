package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.Over;
import io.quarkgres.engine.ast.WindowSpecification;
import io.quarkgres.engine.ast.WindowSpecification.Bound;
import io.quarkgres.engine.ast.WindowSpecification.BoundKind;
import io.quarkgres.engine.ast.WindowSpecification.Exclusion;
import io.quarkgres.engine.ast.WindowSpecification.Frame;
import io.quarkgres.engine.ast.WindowSpecification.Units;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** Reads OVER, the WINDOW clause and frames. Thread: one. */
final class WindowParser {
  private final Grammar grammar;
  private final Tokens tokens;

  WindowParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads what follows OVER. */
  Over over() {
    int position = tokens.position();
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return new Over.Inline(specification());
    }
    return new Over.Named(grammar.names.columnName(), position);
  }

  /** Reads the definitions of a WINDOW clause. */
  List<WindowSpecification.Definition> definitions() {
    return grammar.names.list(this::definition);
  }

  private WindowSpecification.Definition definition() {
    int position = tokens.position();
    String name = grammar.names.columnName();
    tokens.expect(Keyword.AS);
    return new WindowSpecification.Definition(name, specification(), position);
  }

  private WindowSpecification specification() {
    int position = tokens.expect(TokenKind.LEFT_PAREN);
    tokens.enter();
    String base = hasBase() ? grammar.names.columnName() : null;
    List<Expression> partitionBy = List.of();
    if (tokens.accept(Keyword.PARTITION)) {
      tokens.expect(Keyword.BY);
      partitionBy = grammar.expressions.list();
    }
    List<OrderItem> orderBy = tokens.at(Keyword.ORDER) ? grammar.selects.orderBy() : List.of();
    Frame frame = frame();
    tokens.leave();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new WindowSpecification(base, partitionBy, orderBy, frame, position);
  }

  private boolean hasBase() {
    Keyword keyword = tokens.keyword();
    if (keyword == Keyword.PARTITION || (keyword != null && units(keyword) != null)) {
      return false;
    }
    return grammar.names.isColumnName(0);
  }

  private static Units units(Keyword keyword) {
    return switch (keyword) {
      case ROWS -> Units.ROWS;
      case RANGE -> Units.RANGE;
      case GROUPS -> Units.GROUPS;
      default -> null;
    };
  }

  private Frame frame() {
    Keyword keyword = tokens.keyword();
    Units units = keyword == null ? null : units(keyword);
    if (units == null) {
      return null;
    }
    int position = tokens.position();
    tokens.advance();
    Bound start;
    Bound end;
    if (tokens.accept(Keyword.BETWEEN)) {
      start = bound();
      tokens.expect(Keyword.AND);
      end = bound();
      checkPair(start, end);
    } else {
      start = bound();
      end = new Bound(BoundKind.CURRENT_ROW, null, -1);
      checkSingle(start);
    }
    return new Frame(units, start, end, exclusion(), position);
  }

  private Bound bound() {
    int position = tokens.position();
    if (tokens.at(Keyword.UNBOUNDED) && isDirection(tokens.peekKeyword(1))) {
      tokens.advance();
      return isPreceding()
          ? new Bound(BoundKind.UNBOUNDED_PRECEDING, null, position)
          : new Bound(BoundKind.UNBOUNDED_FOLLOWING, null, position);
    }
    if (tokens.accept(Keyword.CURRENT, Keyword.ROW)) {
      return new Bound(BoundKind.CURRENT_ROW, null, position);
    }
    Expression offset = grammar.expressions.expression();
    return isPreceding()
        ? new Bound(BoundKind.OFFSET_PRECEDING, offset, position)
        : new Bound(BoundKind.OFFSET_FOLLOWING, offset, position);
  }

  private static boolean isDirection(Keyword keyword) {
    return keyword == Keyword.PRECEDING || keyword == Keyword.FOLLOWING;
  }

  private boolean isPreceding() {
    if (tokens.accept(Keyword.PRECEDING)) {
      return true;
    }
    tokens.expect(Keyword.FOLLOWING);
    return false;
  }

  private static void checkSingle(Bound start) {
    if (start.kind() == BoundKind.UNBOUNDED_FOLLOWING) {
      throw wrongFrame("frame start cannot be UNBOUNDED FOLLOWING", start);
    }
    if (start.kind() == BoundKind.OFFSET_FOLLOWING) {
      throw wrongFrame("frame starting from following row cannot end with current row", start);
    }
  }

  private static void checkPair(Bound start, Bound end) {
    if (start.kind() == BoundKind.UNBOUNDED_FOLLOWING) {
      throw wrongFrame("frame start cannot be UNBOUNDED FOLLOWING", start);
    }
    if (end.kind() == BoundKind.UNBOUNDED_PRECEDING) {
      throw wrongFrame("frame end cannot be UNBOUNDED PRECEDING", end);
    }
    boolean endsBefore = end.kind() == BoundKind.OFFSET_PRECEDING;
    if (start.kind() == BoundKind.CURRENT_ROW && endsBefore) {
      throw wrongFrame("frame starting from current row cannot have preceding rows", end);
    }
    boolean endsAtOrBefore = endsBefore || end.kind() == BoundKind.CURRENT_ROW;
    if (start.kind() == BoundKind.OFFSET_FOLLOWING && endsAtOrBefore) {
      throw wrongFrame("frame starting from following row cannot have preceding rows", end);
    }
  }

  private static SqlException wrongFrame(String message, Bound bound) {
    return new SqlException(SqlState.WINDOWING_ERROR, message, bound.position());
  }

  private Exclusion exclusion() {
    if (!tokens.accept(Keyword.EXCLUDE)) {
      return Exclusion.NO_OTHERS;
    }
    if (tokens.accept(Keyword.CURRENT, Keyword.ROW)) {
      return Exclusion.CURRENT_ROW;
    }
    if (tokens.accept(Keyword.GROUP)) {
      return Exclusion.GROUP;
    }
    if (tokens.accept(Keyword.TIES)) {
      return Exclusion.TIES;
    }
    tokens.expect(Keyword.NO, Keyword.OTHERS);
    return Exclusion.NO_OTHERS;
  }
}
