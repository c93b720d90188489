package io.quarkgres.engine.function.json;

import io.quarkgres.engine.type.json.JsonText;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** Writes a document with one change at a path. One use; one thread. */
final class JsonbPathEdit {
  /** What is done at the path. */
  enum Kind {
    /** A value that is there is replaced. */
    REPLACE,
    /** A value is replaced or added. */
    SET,
    /** An element is put before the one there, or a member added. */
    INSERT_BEFORE,
    /** An element is put behind the one there, or a member added. */
    INSERT_AFTER,
    /** A value is left out. */
    DELETE
  }

  private final BytesColumn path;
  private final Kind kind;
  private final JsonSlice value;
  private final ByteSink out;

  JsonbPathEdit(BytesColumn path, Kind kind, JsonSlice value, ByteSink out) {
    this.path = path;
    this.kind = kind;
    this.value = value;
    this.out = out;
  }

  private boolean isLast(int level) {
    return level == path.count() - 1;
  }

  private boolean adds() {
    return kind == Kind.SET || kind == Kind.INSERT_BEFORE || kind == Kind.INSERT_AFTER;
  }

  void apply(JsonSlice document, int level) {
    if (path.isNull(level)) {
      throw new SqlException(
          SqlState.NULL_VALUE_NOT_ALLOWED, "path element at position " + (level + 1) + " is null");
    }
    switch (document.kind()) {
      case OBJECT -> object(document, level);
      case ARRAY -> array(document, level);
      case STRING, NUMBER, BOOLEAN, NULL -> document.append(out);
    }
  }

  /** Writes a value, changed below it unless the path ends there. */
  private void descend(JsonSlice below, int level) {
    if (isLast(level)) {
      value.append(out);
    } else {
      apply(below, level + 1);
    }
  }

  private void object(JsonSlice document, int level) {
    byte[] key = path.copy(level);
    boolean isFirst = true;
    boolean isDone = false;
    out.put('{');
    for (JsonSlice.Member member : document.members()) {
      int order = JsonbEditing.compareKeys(member.key(), key);
      if (order == 0) {
        isDone = true;
        if (isLast(level) && kind == Kind.DELETE) {
          continue;
        }
        if (isLast(level) && (kind == Kind.INSERT_BEFORE || kind == Kind.INSERT_AFTER)) {
          throw JsonErrors.parameter(
              "cannot replace existing key",
              "Try using the function jsonb_set to replace key value.");
        }
      } else if (order > 0 && !isDone) {
        isDone = true;
        isFirst = addMember(key, level, isFirst);
      }
      JsonbEditing.comma(isFirst, out);
      isFirst = false;
      if (order == 0) {
        member.quotedKey().append(out);
        out.put(':');
        out.put(' ');
        descend(member.value(), level);
      } else {
        JsonbEditing.append(member, out);
      }
    }
    if (!isDone) {
      addMember(key, level, isFirst);
    }
    out.put('}');
  }

  /** Adds the new member if it belongs here; tells whether none is there yet. */
  private boolean addMember(byte[] key, int level, boolean isFirst) {
    if (!isLast(level) || !adds()) {
      return isFirst;
    }
    JsonbEditing.comma(isFirst, out);
    JsonText.putString(key, 0, key.length, out);
    out.put(':');
    out.put(' ');
    value.append(out);
    return false;
  }

  private void array(JsonSlice document, int level) {
    Integer number = JsonPaths.number(path.string(level));
    if (number == null) {
      throw JsonErrors.notAnInteger(level + 1, path.string(level));
    }
    List<JsonSlice> elements = document.elements();
    long index = number < 0 ? (long) elements.size() + number : number;
    boolean isBeyond = index < 0 || index >= elements.size();
    boolean isAdded = isLast(level) && isBeyond && adds();
    boolean isFirst = true;
    out.put('[');
    if (isAdded && index < 0) {
      value.append(out);
      isFirst = false;
    }
    for (int i = 0; i < elements.size(); i++) {
      boolean isHere = i == index;
      if (isHere && isLast(level) && kind == Kind.DELETE) {
        continue;
      }
      if (isHere && isLast(level) && kind == Kind.INSERT_BEFORE) {
        JsonbEditing.comma(isFirst, out);
        value.append(out);
        isFirst = false;
      }
      JsonbEditing.comma(isFirst, out);
      isFirst = false;
      boolean isInsertion = kind == Kind.INSERT_BEFORE || kind == Kind.INSERT_AFTER;
      if (isHere && !(isLast(level) && isInsertion)) {
        descend(elements.get(i), level);
      } else {
        elements.get(i).append(out);
      }
      if (isHere && isLast(level) && kind == Kind.INSERT_AFTER) {
        JsonbEditing.comma(isFirst, out);
        value.append(out);
      }
    }
    if (isAdded && index >= 0) {
      JsonbEditing.comma(isFirst, out);
      value.append(out);
    }
    out.put(']');
  }
}
