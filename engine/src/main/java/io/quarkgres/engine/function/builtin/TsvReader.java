package io.quarkgres.engine.function.builtin;

import io.quarkgres.engine.function.FunctionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of an ASCII table, one after another. Used by one thread. */
final class TsvReader {
  private final byte[] bytes;
  private int at;

  private TsvReader(byte[] bytes) {
    this.bytes = bytes;
  }

  static TsvReader open(String resource) {
    try (InputStream in = FunctionRegistry.class.getResourceAsStream(resource)) {
      return new TsvReader(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  boolean hasNext() {
    return at < bytes.length;
  }

  String text() {
    int start = at;
    int end = fieldEnd();
    at = end + 1;
    return start == end ? "" : new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  int integer() {
    int end = fieldEnd();
    int value = integer(at, end);
    at = end + 1;
    return value;
  }

  private int integer(int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  List<Integer> integers() {
    int end = fieldEnd();
    if (end == at) {
      at++;
      return List.of();
    }
    List<Integer> result = new ArrayList<>(4);
    int start = at;
    for (int i = at; i <= end; i++) {
      if (i == end || bytes[i] == ' ') {
        result.add(integer(start, i));
        start = i + 1;
      }
    }
    at = end + 1;
    return List.copyOf(result);
  }

  List<String> texts(char separator) {
    String all = text();
    if (all.isEmpty()) {
      return List.of();
    }
    List<String> result = new ArrayList<>(4);
    int start = 0;
    for (int i = all.indexOf(separator); i >= 0; i = all.indexOf(separator, start)) {
      result.add(all.substring(start, i));
      start = i + 1;
    }
    result.add(all.substring(start));
    return List.copyOf(result);
  }

  void skipLine() {
    while (bytes[at++] != '\n') {}
  }

  private int fieldEnd() {
    int i = at;
    while (bytes[i] != '\t' && bytes[i] != '\n') {
      i++;
    }
    return i;
  }
}
