package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.text.ByteSearch;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.Interruption;
import java.util.Arrays;

/**
 * The operators {@code ~}, {@code ~*} and their negations. An expression is looked up once for rows
 * that share it; one without special characters is searched for as bytes. Thread: any.
 */
final class RegexMatching {
  private RegexMatching() {}

  static void register(KernelTable t) {
    for (String type : new String[] {"text", "name"}) {
      t.scalar(type + "regexeq", kernel(RegexOptions.NONE, false));
      t.scalar(type + "regexne", kernel(RegexOptions.NONE, true));
      t.scalar(type + "icregexeq", kernel(RegexOptions.IGNORE_CASE, false));
      t.scalar(type + "icregexne", kernel(RegexOptions.IGNORE_CASE, true));
    }
  }

  private static ScalarKernel kernel(RegexOptions options, boolean isNegated) {
    return (c, a, s, n, x) ->
        match(Columns.bytes(a[0]), Columns.bytes(a[1]), options, isNegated, s, n, x.interruption());
  }

  private static Column match(
      BytesColumn texts,
      BytesColumn patterns,
      RegexOptions options,
      boolean isNegated,
      Selection rows,
      int size,
      Interruption interruption) {
    boolean[] out = new boolean[size];
    CodePoints points = new CodePoints();
    Regex regex = null;
    Regex.Matcher matcher = null;
    int last = -1;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      if (regex == null || !isSame(patterns, last, p)) {
        regex = Regex.of(patterns.string(p), options);
        matcher = regex.matcher(interruption);
        last = p;
      }
      boolean isMatch;
      if (regex.literal() != null) {
        byte[] literal = regex.literal();
        int start = texts.starts()[p];
        int end = start + texts.lengths()[p];
        isMatch = ByteSearch.find(texts.heap(), start, end, literal, 0, literal.length) >= 0;
      } else {
        points.decode(texts.heap(), texts.starts()[p], texts.lengths()[p]);
        matcher.setText(points.points(), points.length());
        isMatch = matcher.matches();
      }
      out[p] = isMatch != isNegated;
    }
    return new BooleanColumn(out, null, size);
  }

  private static boolean isSame(BytesColumn column, int i, int j) {
    int left = column.starts()[i];
    int right = column.starts()[j];
    int length = column.lengths()[i];
    return length == column.lengths()[j]
        && (left == right
            || Arrays.equals(
                column.heap(), left, left + length, column.heap(), right, right + length));
  }
}
