package io.quarkgres.engine.function.set;

import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.store.BlockCursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The rows of pg_get_keywords, recorded from PostgreSQL. Thread: any. */
final class Keywords {
  private static final String RESOURCE = "keywords.tsv";

  private Keywords() {}

  static BlockCursor open() {
    BytesBuilder words = new BytesBuilder(512);
    IntBuilder categories = new IntBuilder(512);
    BooleanBuilder bareLabels = new BooleanBuilder(512);
    BytesBuilder categoryNames = new BytesBuilder(512);
    BytesBuilder bareNames = new BytesBuilder(512);
    for (String line : text().split("\n")) {
      String[] fields = line.split("\t");
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
