package io.quarkgres.engine.function.textsearch;

import io.quarkgres.engine.type.textsearch.TsLexemeReader;
import io.quarkgres.engine.type.textsearch.TsQuery;
import io.quarkgres.engine.type.textsearch.TsQueryParts;
import io.quarkgres.engine.type.textsearch.TsQueryReader;
import java.util.List;

/** Makes queries of texts. Thread: any. */
final class Questions {
  private Questions() {}

  /** {@code to_tsquery}: a query whose words become lexemes; several of one word are a phrase. */
  static TsQuery query(Configuration configuration, String text) {
    return TsQueryReader.read(
            text, (word, weights, isPrefix) -> joined(configuration, word, true, weights, isPrefix))
        .query();
  }

  /** {@code plainto_tsquery}: all words. */
  static TsQuery plain(Configuration configuration, String text) {
    return joined(configuration, text, false, 0, false).query();
  }

  /** {@code phraseto_tsquery}: all words one after the other. */
  static TsQuery phrase(Configuration configuration, String text) {
    return joined(configuration, text, true, 0, false).query();
  }

  /** Joins the lexemes of a text; stop words between them keep their places. */
  private static TsQueryParts joined(
      Configuration configuration, String text, boolean isPhrase, int weights, boolean isPrefix) {
    TsQueryParts result = null;
    int place = 0;
    List<Words.Word> words = Words.of(configuration, text);
    for (Words.Word word : words) {
      if (result == null) {
        place = word.place();
        result = TsQueryParts.of(new TsQuery.Value(word.lexeme(), weights, isPrefix));
        continue;
      }
      TsQueryParts next = TsQueryParts.of(new TsQuery.Value(word.lexeme(), weights, isPrefix));
      int distance = Math.max(1, word.place() - place);
      result = isPhrase ? result.phrase(next, distance) : result.and(next);
      place = word.place();
    }
    return result == null ? TsQueryParts.NOTHING : result;
  }

  /**
   * {@code websearch_to_tsquery}: words that all have to be there, {@code "phrases"}, {@code or}
   * between and {@code -} before what must not be there. No text is wrong.
   */
  static TsQuery web(Configuration configuration, String text) {
    return new Web(configuration, text).or().query();
  }

  /** Reads what people type into a search box. Used by one thread. */
  private static final class Web {
    private final Configuration configuration;
    private final String text;
    private final TsLexemeReader reader;

    Web(Configuration configuration, String text) {
      this.configuration = configuration;
      this.text = text;
      this.reader = new TsLexemeReader(text, TsLexemeReader.Kind.WEB);
    }

    /** Skips white space and the signs of other query languages. */
    private void skipSpace() {
      while (reader.isSpace() || TsLexemeReader.isOperator(reader.peek())) {
        skip(1);
      }
    }

    private void skip(int characters) {
      reader.moveTo(reader.at() + characters);
    }

    TsQueryParts or() {
      TsQueryParts result = and();
      while (takesOr()) {
        result = result.or(and());
      }
      return result;
    }

    private TsQueryParts and() {
      TsQueryParts result = not();
      while (true) {
        skipSpace();
        if (reader.peek() == 0 || isOr()) {
          return result;
        }
        result = result.and(not());
      }
    }

    private TsQueryParts not() {
      skipSpace();
      if (reader.peek() != '-') {
        return operand();
      }
      skip(1);
      TsQueryParts operand = not();
      return operand.query() == null ? operand : TsQueryParts.of(new TsQuery.Not(operand.query()));
    }

    private TsQueryParts operand() {
      char c = reader.peek();
      if (c == 0) {
        return TsQueryParts.NOTHING;
      }
      if (c == '"') {
        int end = text.indexOf('"', reader.at() + 1);
        int to = end < 0 ? text.length() : end;
        String quoted = text.substring(reader.at() + 1, to);
        reader.moveTo(end < 0 ? to : to + 1);
        return joined(configuration, quoted, true, 0, false);
      }
      reader.next();
      return joined(configuration, reader.lexeme(), true, 0, false);
    }

    private boolean takesOr() {
      skipSpace();
      if (!isOr()) {
        return false;
      }
      skip(2);
      return true;
    }

    /** Tells whether the word "or" stands here with something behind it. */
    private boolean isOr() {
      int at = reader.at();
      if (!text.regionMatches(true, at, "or", 0, 2)) {
        return false;
      }
      int behind = at + 2;
      if (behind >= text.length()) {
        return false;
      }
      int c = text.codePointAt(behind);
      if (c == '-' || c == '_' || Characters.isLetter(c) || Characters.isDigit(c)) {
        return false;
      }
      for (int i = behind + 1; i < text.length(); i++) {
        if (!Characters.isSpace(text.charAt(i))) {
          return true;
        }
      }
      return false;
    }
  }
}
