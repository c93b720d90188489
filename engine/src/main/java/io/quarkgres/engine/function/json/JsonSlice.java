package io.quarkgres.engine.function.json;

import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One value within valid JSON text, without the blanks around it. Works on json, which may have
 * blanks anywhere, and on jsonb, which is canonical text. Immutable. Thread: any.
 *
 * @param text the bytes it lies in
 * @param start where it starts
 * @param end the place behind it
 */
public record JsonSlice(byte[] text, int start, int end) {
  /** What a value is. */
  public enum Kind {
    /** An object. */
    OBJECT,
    /** An array. */
    ARRAY,
    /** A string. */
    STRING,
    /** A number. */
    NUMBER,
    /** True or false. */
    BOOLEAN,
    /** The JSON null. */
    NULL;

    /** Returns the name that {@code json_typeof} gives. */
    public String typeName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether it has no parts. */
    public boolean isScalar() {
      return this != OBJECT && this != ARRAY;
    }
  }

  /** One member of an object: the key's bytes unescaped, where the key stands, and the value. */
  public record Member(byte[] key, JsonSlice quotedKey, JsonSlice value) {}

  /** Returns the whole value of an argument. */
  public static JsonSlice of(Row r, int i) {
    return of(r.heap(i), r.start(i), r.length(i));
  }

  /** Returns the whole value of a text. */
  public static JsonSlice of(byte[] text, int start, int length) {
    int from = JsonScan.skipBlanks(text, start);
    return new JsonSlice(text, from, JsonScan.skipValue(text, from, start + length));
  }

  /** Returns what the value is. */
  public Kind kind() {
    return switch (text[start]) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.STRING;
      case 't', 'f' -> Kind.BOOLEAN;
      case 'n' -> Kind.NULL;
      default -> Kind.NUMBER;
    };
  }

  /** Returns its length in bytes. */
  public int length() {
    return end - start;
  }

  /** Appends the text as it stands. */
  public void append(ByteSink out) {
    out.put(text, start, length());
  }

  /** Returns what a string stands for, as UTF-8. */
  public byte[] unescaped() {
    return JsonScan.unescaped(text, start, end);
  }

  /** Returns the elements of an array. */
  public List<JsonSlice> elements() {
    List<JsonSlice> result = new ArrayList<>();
    int at = JsonScan.skipBlanks(text, start + 1);
    while (text[at] != ']') {
      int valueEnd = JsonScan.skipValue(text, at, end);
      result.add(new JsonSlice(text, at, valueEnd));
      at = JsonScan.skipBlanks(text, valueEnd);
      if (text[at] == ',') {
        at = JsonScan.skipBlanks(text, at + 1);
      }
    }
    return result;
  }

  /** Returns the members of an object, in the order they stand. */
  public List<Member> members() {
    List<Member> result = new ArrayList<>();
    int at = JsonScan.skipBlanks(text, start + 1);
    while (text[at] != '}') {
      int keyEnd = JsonScan.skipString(text, at);
      int valueStart = JsonScan.skipBlanks(text, JsonScan.skipBlanks(text, keyEnd) + 1);
      int valueEnd = JsonScan.skipValue(text, valueStart, end);
      result.add(
          new Member(
              JsonScan.unescaped(text, at, keyEnd),
              new JsonSlice(text, at, keyEnd),
              new JsonSlice(text, valueStart, valueEnd)));
      at = JsonScan.skipBlanks(text, valueEnd);
      if (text[at] == ',') {
        at = JsonScan.skipBlanks(text, at + 1);
      }
    }
    return result;
  }

  /** Returns the value of the last member with a key, or {@code null}. */
  public JsonSlice member(byte[] key, int keyStart, int keyLength) {
    JsonSlice found = null;
    int at = JsonScan.skipBlanks(text, start + 1);
    while (text[at] != '}') {
      int keyEnd = JsonScan.skipString(text, at);
      int valueStart = JsonScan.skipBlanks(text, JsonScan.skipBlanks(text, keyEnd) + 1);
      int valueEnd = JsonScan.skipValue(text, valueStart, end);
      if (JsonScan.isKey(text, at, keyEnd, key, keyStart, keyLength)) {
        found = new JsonSlice(text, valueStart, valueEnd);
      }
      at = JsonScan.skipBlanks(text, valueEnd);
      if (text[at] == ',') {
        at = JsonScan.skipBlanks(text, at + 1);
      }
    }
    return found;
  }

  /** Returns an element by its number, from the end when it is negative, or {@code null}. */
  public JsonSlice element(int number) {
    if (number < 0) {
      List<JsonSlice> all = elements();
      long index = (long) all.size() + number;
      return index < 0 ? null : all.get((int) index);
    }
    int at = JsonScan.skipBlanks(text, start + 1);
    for (int i = 0; text[at] != ']'; i++) {
      int valueEnd = JsonScan.skipValue(text, at, end);
      if (i == number) {
        return new JsonSlice(text, at, valueEnd);
      }
      at = JsonScan.skipBlanks(text, valueEnd);
      if (text[at] == ',') {
        at = JsonScan.skipBlanks(text, at + 1);
      }
    }
    return null;
  }

  /** Tells whether two values of canonical text are the same text. */
  boolean isSameText(JsonSlice other) {
    return Arrays.equals(text, start, end, other.text, other.start, other.end);
  }

  @Override
  public String toString() {
    return new String(text, start, length(), StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonSlice slice && isSameText(slice);
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }
}
