package io.quarkgres.engine.ast;

import java.util.List;

/**
 * One {@code name [=] value} of a {@code WITH (...)} or parenthesised option list.
 *
 * @param namespace the part before the dot in {@code toast.autovacuum_enabled}, or {@code null}
 * @param value the value's text (numbers with their sign, identifiers folded, strings decoded), or
 *     {@code null} when the option stands alone or has a list
 * @param values the items of a parenthesised list; a lone {@code *} is the list {@code ["*"]}
 */
public record Option(
    String namespace, String name, String value, List<String> values, int position) {
  /** Makes an option without namespace and list. */
  public static Option of(String name, String value, int position) {
    return new Option(null, name, value, List.of(), position);
  }
}
