package io.quarkgres.engine.type.textsearch;

import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import java.util.Arrays;

/**
 * What a {@code tsquery} asks for; {@code null} stands for the query without lexemes, which nothing
 * matches.
 *
 * <p>The encoding is that of PostgreSQL's binary form: the number of nodes (4 bytes), then the
 * nodes, an operator before its right and then its left operand. A lexeme is the byte 1, its
 * weights (bit 0 for D up to bit 3 for A; 0 for any), 1 or 0 for a prefix, its UTF-8 bytes and a
 * zero byte; an operator is the byte 2, its code, and for a phrase the distance (2 bytes).
 * Immutable. Thread: any.
 */
public sealed interface TsQuery {
  /** The longest lexeme of queries and vectors. */
  int LEXEME_BYTES_MAX = 2046;

  /** The greatest distance in a phrase. */
  int DISTANCE_MAX = 16384;

  /** A lexeme, or the beginning of one, in positions with one of some weights. */
  record Value(byte[] lexeme, int weights, boolean isPrefix) implements TsQuery {}

  /** What does not match. */
  record Not(TsQuery operand) implements TsQuery {}

  /** Both. */
  record And(TsQuery left, TsQuery right) implements TsQuery {}

  /** Either. */
  record Or(TsQuery left, TsQuery right) implements TsQuery {}

  /** The right side this many places behind the left one. */
  record Phrase(TsQuery left, TsQuery right, int distance) implements TsQuery {}

  /** Returns how many lexemes and operators there are. */
  static int nodes(TsQuery query) {
    return switch (query) {
      case null -> 0;
      case Value q -> 1;
      case Not q -> 1 + nodes(q.operand());
      case And q -> 1 + nodes(q.left()) + nodes(q.right());
      case Or q -> 1 + nodes(q.left()) + nodes(q.right());
      case Phrase q -> 1 + nodes(q.left()) + nodes(q.right());
    };
  }

  /** Returns the encoded query. */
  static ByteSink encode(TsQuery query) {
    ByteSink out = new ByteSink(64);
    out.putInt(nodes(query));
    if (query != null) {
      Codec.write(query, out);
    }
    return out;
  }

  /** Reads an encoded query. */
  static TsQuery decode(byte[] bytes, int start, int length) {
    return new Codec(bytes, start, start + length).query();
  }

  /** Reads and writes nodes. Used by one thread. */
  final class Codec {
    private static final int VALUE = 1;
    private static final int OPERATOR = 2;
    private static final int NOT = 1;
    private static final int AND = 2;
    private static final int OR = 3;
    private static final int PHRASE = 4;
    private static final int WEIGHTS_MAX = 15;
    private final byte[] bytes;
    private final int end;
    private int at;
    private int left;

    private Codec(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.at = start;
      this.end = end;
    }

    private static void write(TsQuery query, ByteSink out) {
      switch (query) {
        case Value q -> {
          out.put(VALUE);
          out.put(q.weights());
          out.put(q.isPrefix() ? 1 : 0);
          out.put(q.lexeme(), 0, q.lexeme().length);
          out.put(0);
        }
        case Not q -> {
          out.put(OPERATOR);
          out.put(NOT);
          write(q.operand(), out);
        }
        case And q -> binary(AND, q.left(), q.right(), 0, out);
        case Or q -> binary(OR, q.left(), q.right(), 0, out);
        case Phrase q -> binary(PHRASE, q.left(), q.right(), q.distance(), out);
      }
    }

    private static void binary(int code, TsQuery left, TsQuery right, int distance, ByteSink out) {
      out.put(OPERATOR);
      out.put(code);
      if (code == PHRASE) {
        out.putShort(distance);
      }
      write(right, out);
      write(left, out);
    }

    private int byte8() {
      if (at >= end) {
        throw TypeErrors.insufficientData();
      }
      return bytes[at++] & 0xff;
    }

    private TsQuery query() {
      if (end - at < Integer.BYTES) {
        throw TypeErrors.insufficientData();
      }
      left = Datums.readInt(bytes, at);
      at += Integer.BYTES;
      if (left < 0 || left > end - at) {
        throw TypeErrors.invalidBinary("invalid size of tsquery");
      }
      TsQuery query = left == 0 ? null : node();
      if (left != 0 || at != end) {
        throw TypeErrors.invalidBinary("malformed tsquery: extra nodes");
      }
      return query;
    }

    private TsQuery node() {
      if (left-- == 0) {
        throw TypeErrors.invalidBinary("malformed tsquery: operand not found");
      }
      int kind = byte8();
      return switch (kind) {
        case VALUE -> value();
        case OPERATOR -> operator();
        default -> throw TypeErrors.invalidBinary("unrecognized tsquery node type: " + kind);
      };
    }

    private TsQuery value() {
      int weights = byte8();
      boolean isPrefix = byte8() != 0;
      int lexemeEnd = TsQueryText.endOfString(bytes, at, end);
      if (weights > WEIGHTS_MAX) {
        throw TypeErrors.invalidBinary("invalid tsquery: invalid weight bitmap");
      }
      if (lexemeEnd - at > LEXEME_BYTES_MAX) {
        throw TypeErrors.invalidBinary("invalid tsquery: operand too long");
      }
      Utf8.validate(bytes, at, lexemeEnd - at);
      byte[] lexeme = Arrays.copyOfRange(bytes, at, lexemeEnd);
      at = lexemeEnd + 1;
      return new Value(lexeme, weights, isPrefix);
    }

    private TsQuery operator() {
      int code = byte8();
      if (code == NOT) {
        return new Not(node());
      }
      int distance = code == PHRASE ? byte8() << 8 | byte8() : 0;
      if (code < NOT || code > PHRASE) {
        throw TypeErrors.invalidBinary("invalid tsquery: unrecognized operator type " + code);
      }
      TsQuery right = node();
      TsQuery first = node();
      return switch (code) {
        case AND -> new And(first, right);
        case OR -> new Or(first, right);
        default -> new Phrase(first, right, distance);
      };
    }
  }
}
