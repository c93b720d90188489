package io.quarkgres.engine.session.copy;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.TypeContext;
import java.util.List;

/** Writes the text format: backslash escapes. Used by the session's thread. */
final class CopyTextWriter extends CopyLineWriter {
  CopyTextWriter(CopyOptions options, List<ResultColumn> columns, TypeContext types) {
    super(options, columns, types, '\b', '\f', '\n', '\r', '\t', 0x0b, '\\', options.delimiter());
  }

  @Override
  void protectName(int from) {
    escape(from);
  }

  @Override
  void protectValue(int from, int column) {
    escape(from);
  }

  private void escape(int from) {
    if (!hasSpecial(from)) {
      return;
    }
    for (byte b : takeFrom(from)) {
      int letter =
          switch (b) {
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case 0x0b -> 'v';
            case '\\' -> '\\';
            default -> b == options.delimiter() ? b : 0;
          };
      if (letter != 0) {
        line.put('\\');
        line.put(letter);
      } else {
        line.put(b);
      }
    }
  }
}
