package io.quarkgres.engine.function.text;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A LIKE pattern, cut at its percent signs into pieces that are found one after another: O(text *
 * piece) without backtracking, because the leftmost place for a piece is always as good as any.
 * Immutable. Thread: any.
 */
final class LikePattern {
  private final List<Piece> pieces;

  /** Text between percent signs; an element of {@code bytes} that is -1 stands for a character. */
  private record Piece(short[] bytes) {
    static final short ANY_CHARACTER = -1;

    /** An escape character at the pattern's end: an error, but only when a match gets there. */
    static final short DANGLING_ESCAPE = -2;
  }

  private LikePattern(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /** Reads a pattern in which a backslash takes away the meaning of what follows. */
  static LikePattern of(byte[] pattern, int start, int length) {
    List<Piece> pieces = new ArrayList<>();
    short[] piece = new short[length];
    int n = 0;
    for (int i = start; i < start + length; i++) {
      byte b = pattern[i];
      if (b == '%') {
        pieces.add(new Piece(Arrays.copyOf(piece, n)));
        n = 0;
      } else if (b == '_') {
        piece[n++] = Piece.ANY_CHARACTER;
      } else {
        if (b == '\\') {
          i++;
        }
        piece[n++] = i == start + length ? Piece.DANGLING_ESCAPE : (short) (pattern[i] & 0xff);
      }
    }
    pieces.add(new Piece(Arrays.copyOf(piece, n)));
    return new LikePattern(pieces);
  }

  /**
   * Tells whether a text matches as a whole.
   *
   * @param isText whether an underscore stands for a UTF-8 character, or for a byte
   */
  boolean matches(byte[] heap, int start, int length, boolean isText) {
    int end = start + length;
    int at = matchAt(pieces.getFirst(), heap, start, end, isText);
    if (pieces.size() == 1) {
      return at == end;
    }
    for (int i = 1; at >= 0 && i < pieces.size() - 1; i++) {
      at = find(pieces.get(i), heap, at, end, isText);
    }
    return at >= 0 && endsWith(pieces.getLast(), heap, at, end, isText);
  }

  /** Returns the place behind the piece if it matches here, else -1. */
  private static int matchAt(Piece piece, byte[] heap, int from, int end, boolean isText) {
    int at = from;
    for (short wanted : piece.bytes) {
      if (at == end) {
        return -1;
      }
      if (wanted == Piece.DANGLING_ESCAPE) {
        throw danglingEscape();
      }
      if (wanted == Piece.ANY_CHARACTER) {
        at++;
        while (isText && at < end && (heap[at] & 0xc0) == 0x80) {
          at++;
        }
      } else if ((heap[at++] & 0xff) != wanted) {
        return -1;
      }
    }
    return at;
  }

  private static SqlException danglingEscape() {
    return new SqlException(
        SqlState.INVALID_ESCAPE_SEQUENCE, "LIKE pattern must not end with escape character");
  }

  private static int find(Piece piece, byte[] heap, int from, int end, boolean isText) {
    int first = piece.bytes.length == 0 ? Piece.ANY_CHARACTER : piece.bytes[0];
    for (int at = from; at <= end; at++) {
      if (first >= 0) {
        while (at < end && (heap[at] & 0xff) != first) {
          at++;
        }
      } else if (isText && at < end && (heap[at] & 0xc0) == 0x80) {
        continue;
      }
      int behind = matchAt(piece, heap, at, end, isText);
      if (behind >= 0) {
        return behind;
      }
    }
    return -1;
  }

  private static boolean endsWith(Piece piece, byte[] heap, int from, int end, boolean isText) {
    int at = end;
    for (int i = piece.bytes.length - 1; i >= 0; i--) {
      if (at == from) {
        return false;
      }
      at--;
      if (piece.bytes[i] == Piece.DANGLING_ESCAPE) {
        throw danglingEscape();
      }
      if (piece.bytes[i] == Piece.ANY_CHARACTER) {
        while (isText && at > from && (heap[at] & 0xc0) == 0x80) {
          at--;
        }
      } else if ((heap[at] & 0xff) != piece.bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Rewrites a pattern with another escape character (or none) to one with backslashes. */
  static byte[] withBackslashes(
      byte[] pattern,
      int start,
      int length,
      byte[] escape,
      int escapeStart,
      int escapeLength,
      boolean isSingle) {
    ByteSink out = new ByteSink(length + 8);
    if (escapeLength == 0) {
      for (int i = start; i < start + length; i++) {
        if (pattern[i] == '\\') {
          out.put('\\');
        }
        out.put(pattern[i]);
      }
      return out.toByteArray();
    }
    if (!isSingle) {
      throw new SqlException(
          SqlState.INVALID_ESCAPE_SEQUENCE,
          "invalid escape string",
          null,
          "Escape string must be empty or one character.");
    }
    if (escapeLength == 1 && escape[escapeStart] == '\\') {
      out.put(pattern, start, length);
      return out.toByteArray();
    }
    boolean isEscaped = false;
    for (int i = start; i < start + length; i++) {
      boolean isEscape =
          i + escapeLength <= start + length
              && ByteSearch.matchesAt(pattern, i, escape, escapeStart, escapeLength);
      if (isEscape && !isEscaped) {
        out.put('\\');
        isEscaped = true;
        i += escapeLength - 1;
      } else if (pattern[i] == '\\') {
        out.put('\\');
        if (!isEscaped) {
          out.put('\\');
        }
        isEscaped = false;
      } else {
        out.put(pattern[i]);
        isEscaped = false;
      }
    }
    return out.toByteArray();
  }
}
