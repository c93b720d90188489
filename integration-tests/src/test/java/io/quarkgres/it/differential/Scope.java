package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// The sources that an expression may refer to: those of its own query and those of outer ones.
record Scope(List<Source> sources, Scope outer) {

  static final Scope NONE = new Scope(List.of(), null);

  Scope inner(List<Source> inner) {
    return new Scope(inner, this);
  }

  /// A reference to a column of this type, mostly of the nearest query; `null` when there is none.
  String column(SqlType type, Dice dice) {
    if (outer != null && dice.chance(25)) {
      String reference = outer.column(type, dice);
      if (reference != null) {
        return reference;
      }
    }
    List<String> candidates = new ArrayList<>();
    for (Source source : sources) {
      for (Source.Column column : source.columns(type)) {
        candidates.add(source.qualified(column));
      }
    }
    if (candidates.isEmpty()) {
      return outer == null ? null : outer.column(type, dice);
    }
    return dice.of(candidates);
  }

  /// Columns that identify a row of the join of all sources; `null` when not known.
  List<String> key() {
    List<String> key = new ArrayList<>();
    for (Source source : sources) {
      if (source.key().isEmpty()) {
        return null;
      }
      for (String name : source.key()) {
        key.add(source.qualified(name));
      }
    }
    return key;
  }
}
