package io.quarkgres.engine.type.textsearch;

import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.spi.data.ByteSink;

/** Prints queries with as few parentheses as their operators need. Thread: any. */
public final class TsQueryText {
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int PHRASE = 3;
  private static final int NOT = 4;

  private TsQueryText() {}

  /** Prints a query. */
  public static void print(TsQuery query, ByteSink out) {
    if (query != null) {
      print(query, 0, false, out);
    }
  }

  private static void print(TsQuery query, int outer, boolean isRightOfPhrase, ByteSink out) {
    switch (query) {
      case TsQuery.Value q -> value(q, out);
      case TsQuery.Not q -> {
        out.put('!');
        print(q.operand(), NOT, false, out);
      }
      case TsQuery.And q -> binary(q.left(), " & ", q.right(), AND, outer, false, out);
      case TsQuery.Or q -> binary(q.left(), " | ", q.right(), OR, outer, false, out);
      case TsQuery.Phrase q -> {
        String operator = q.distance() == 1 ? " <-> " : " <" + q.distance() + "> ";
        binary(q.left(), operator, q.right(), PHRASE, outer, isRightOfPhrase, out);
      }
    }
  }

  private static void binary(
      TsQuery left,
      String operator,
      TsQuery right,
      int priority,
      int outer,
      boolean isNested,
      ByteSink out) {
    boolean isEnclosed = priority < outer || isNested;
    if (isEnclosed) {
      out.putAscii("( ");
    }
    print(left, priority, false, out);
    out.putAscii(operator);
    print(right, priority, priority == PHRASE, out);
    if (isEnclosed) {
      out.putAscii(" )");
    }
  }

  private static void value(TsQuery.Value q, ByteSink out) {
    quote(q.lexeme(), out);
    if (q.weights() == 0 && !q.isPrefix()) {
      return;
    }
    out.put(':');
    if (q.isPrefix()) {
      out.put('*');
    }
    for (int weight = 3; weight >= 0; weight--) {
      if ((q.weights() & 1 << weight) != 0) {
        out.put(TsPosition.letter(weight));
      }
    }
  }

  /** Prints a lexeme in apostrophes. */
  static void quote(byte[] lexeme, ByteSink out) {
    out.put('\'');
    for (byte b : lexeme) {
      if (b == '\'' || b == '\\') {
        out.put(b);
      }
      out.put(b);
    }
    out.put('\'');
  }

  /** Returns where a string that a zero byte ends has it. */
  static int endOfString(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    throw TypeErrors.invalidBinary("invalid string in message");
  }
}
