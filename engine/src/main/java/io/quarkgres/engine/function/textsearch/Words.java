package io.quarkgres.engine.function.textsearch;

import io.quarkgres.engine.type.textsearch.TsPosition;
import io.quarkgres.engine.type.textsearch.TsQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lexemes of texts with their places, which stop words take up too. Used by one thread. */
final class Words {
  /** A lexeme and where it stands, counted from 1. */
  record Word(byte[] lexeme, int place) {}

  private final Configuration configuration;
  private final List<Word> words = new ArrayList<>();
  private int place;

  Words(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Returns the words of one text. */
  static List<Word> of(Configuration configuration, String text) {
    Words words = new Words(configuration);
    words.add(text);
    return words.words;
  }

  List<Word> all() {
    return words;
  }

  /** Adds the words of a text behind those before. */
  void add(String text) {
    int[] codePoints = text.codePoints().toArray();
    for (Token token : Tokens.of(codePoints)) {
      if (!token.type().isIndexed()) {
        continue;
      }
      String lexeme = configuration.lexeme(token, codePoints);
      byte[] bytes = lexeme == null ? null : lexeme.getBytes(StandardCharsets.UTF_8);
      if (bytes != null && bytes.length > TsQuery.LEXEME_BYTES_MAX) {
        continue;
      }
      place++;
      if (bytes != null) {
        words.add(new Word(bytes, Math.min(place, TsPosition.PLACE_MAX)));
      }
    }
  }

  /** Adds the words of one part of a document; no phrase goes from one part into the next. */
  void addPart(String text) {
    int before = words.size();
    add(text);
    if (words.size() > before) {
      place++;
    }
  }
}
