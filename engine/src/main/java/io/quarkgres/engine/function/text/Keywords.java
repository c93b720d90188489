package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.set.ColumnsCursor;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.store.BlockCursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** PostgreSQL's key words, as pg_get_keywords lists them. Thread: any. */
final class Keywords {
  private static final String RESOURCE = "keywords.tsv";
  private static final Map<String, String[]> ROWS = rows();

  private Keywords() {}

  private static Map<String, String[]> rows() {
    Map<String, String[]> rows = new HashMap<>();
    for (String line : text().split("\n")) {
      String[] fields = line.split("\t");
      rows.put(fields[0], fields);
    }
    return rows;
  }

  /** Tells whether a word cannot be an identifier everywhere without quotes. */
  static boolean isReserved(String word) {
    String[] row = ROWS.get(word);
    return row != null && !row[1].equals("U");
  }

  static BlockCursor open() {
    BytesBuilder words = new BytesBuilder(512);
    IntBuilder categories = new IntBuilder(512);
    BooleanBuilder bareLabels = new BooleanBuilder(512);
    BytesBuilder categoryNames = new BytesBuilder(512);
    BytesBuilder bareNames = new BytesBuilder(512);
    for (String word : ROWS.keySet().stream().sorted().toList()) {
      String[] fields = ROWS.get(word);
      words.append(fields[0]);
      categories.append(fields[1].charAt(0));
      bareLabels.append(fields[2].equals("t"));
      categoryNames.append(fields[3]);
      bareNames.append(fields[4]);
    }
    Column[] columns = {
      words.build(),
      categories.build(),
      bareLabels.build(),
      categoryNames.build(),
      bareNames.build()
    };
    return new ColumnsCursor(columns);
  }

  private static String text() {
    try (InputStream in = FunctionRegistry.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }
}
