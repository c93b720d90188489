package io.quarkgres.engine.function.textsearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.tartarus.snowball.ext.EnglishStemmer;

/** English stop words and stems. Thread: any. */
final class EnglishWords {
  /** What is longer is no word and stays as it is. */
  private static final int STEMMED_BYTES_MAX = 1000;

  private static final Set<String> STOP_WORDS = stopWords();

  private EnglishWords() {}

  private static Set<String> stopWords() {
    try (InputStream in = EnglishWords.class.getResourceAsStream("english_stop_words.txt")) {
      return Set.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the stem of a word in lower case, {@code null} for a stop word. */
  static String stem(String word) {
    if (STOP_WORDS.contains(word)) {
      return null;
    }
    if (word.length() > STEMMED_BYTES_MAX
        || word.getBytes(StandardCharsets.UTF_8).length > STEMMED_BYTES_MAX) {
      return word;
    }
    EnglishStemmer stemmer = new EnglishStemmer();
    stemmer.setCurrent(word);
    stemmer.stem();
    return stemmer.getCurrent();
  }
}
