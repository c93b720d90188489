package io.quarkgres.engine.function.text;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The character sets that texts are converted to and from. Names are compared without case and
 * without what is no letter or digit. Thread: any.
 *
 * @param name PostgreSQL's name
 * @param charset what converts it; {@code null} for UTF8, SQL_ASCII and those that are not built
 */
record Encodings(String name, Charset charset) {
  static final Encodings UTF8 = new Encodings("UTF8", null);
  private static final Encodings SQL_ASCII = new Encodings("SQL_ASCII", null);
  private static final Map<String, Encodings> BY_NAME = new HashMap<>();

  /** PostgreSQL's name, Java's name or - for what is not built, and other names it goes by. */
  private static final String[] TABLE = {
    "LATIN1 ISO-8859-1 iso88591",
    "LATIN2 ISO-8859-2 iso88592",
    "LATIN3 ISO-8859-3 iso88593",
    "LATIN4 ISO-8859-4 iso88594",
    "LATIN5 ISO-8859-9 iso88599",
    "LATIN6 - iso885910",
    "LATIN7 ISO-8859-13 iso885913",
    "LATIN8 - iso885914",
    "LATIN9 ISO-8859-15 iso885915",
    "LATIN10 - iso885916",
    "ISO_8859_5 ISO-8859-5",
    "ISO_8859_6 ISO-8859-6",
    "ISO_8859_7 ISO-8859-7",
    "ISO_8859_8 ISO-8859-8",
    "WIN1250 windows-1250 windows1250",
    "WIN1251 windows-1251 windows1251 win",
    "WIN1252 windows-1252 windows1252",
    "WIN1253 windows-1253 windows1253",
    "WIN1254 windows-1254 windows1254",
    "WIN1255 windows-1255 windows1255",
    "WIN1256 windows-1256 windows1256",
    "WIN1257 windows-1257 windows1257",
    "WIN1258 - windows1258 abc tcvn tcvn5712 vscii",
    "WIN866 IBM866 windows866 alt",
    "WIN874 - windows874",
    "KOI8R KOI8-R koi8",
    "KOI8U KOI8-U",
    "EUC_JP -",
    "EUC_CN -",
    "EUC_KR -",
    "EUC_TW -",
    "EUC_JIS_2004 -",
    "MULE_INTERNAL -",
    "SJIS - mskanji shiftjis win932 windows932",
    "BIG5 - win950 windows950",
    "GBK - win936 windows936",
    "UHC - win949 windows949",
    "GB18030 -",
    "JOHAB -",
    "SHIFT_JIS_2004 -"
  };

  static {
    BY_NAME.put("utf8", UTF8);
    BY_NAME.put("unicode", UTF8);
    BY_NAME.put("sqlascii", SQL_ASCII);
    for (String line : TABLE) {
      String[] words = line.split(" ");
      Charset charset = words[1].equals("-") ? null : Charset.forName(words[1]);
      Encodings encoding = new Encodings(words[0], charset);
      BY_NAME.put(clean(words[0]), encoding);
      for (int i = 2; i < words.length; i++) {
        BY_NAME.put(words[i], encoding);
      }
    }
  }

  private static String clean(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Returns the encoding of a name, or {@code null}. */
  static Encodings of(String name) {
    return BY_NAME.get(clean(name));
  }

  /** Tells whether bytes in it are taken for UTF-8. */
  boolean isUtf8() {
    return this == UTF8 || this == SQL_ASCII;
  }
}
