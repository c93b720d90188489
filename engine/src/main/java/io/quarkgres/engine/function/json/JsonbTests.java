package io.quarkgres.engine.function.json;

import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.util.List;

/** Containment and existence in jsonb. Thread: any. */
final class JsonbTests {
  private static final int DEPTH_MAX = 2_000;

  private JsonbTests() {}

  static void register(KernelTable t) {
    t.row(
        "jsonb_contains",
        (r, o) -> o.bool(containsDocument(JsonSlice.of(r, 0), JsonSlice.of(r, 1))));
    t.row(
        "jsonb_contained",
        (r, o) -> o.bool(containsDocument(JsonSlice.of(r, 1), JsonSlice.of(r, 0))));
    t.row(
        "jsonb_exists",
        (r, o) -> o.bool(exists(JsonSlice.of(r, 0), r.heap(1), r.start(1), r.length(1))));
    t.row("jsonb_exists_any", (r, o) -> o.bool(existsEach(r, false)));
    t.row("jsonb_exists_all", (r, o) -> o.bool(existsEach(r, true)));
  }

  /** At the top, an array contains a scalar that is one of its elements. */
  private static boolean containsDocument(JsonSlice left, JsonSlice right) {
    if (right.kind().isScalar()) {
      return left.kind().isScalar()
          ? isSameScalar(left, right)
          : left.kind() == JsonSlice.Kind.ARRAY && hasScalar(left.elements(), right);
    }
    return contains(left, right, 0);
  }

  private static boolean contains(JsonSlice left, JsonSlice right, int depth) {
    if (depth > DEPTH_MAX) {
      throw new SqlException(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
    }
    if (left.kind() != right.kind()) {
      return false;
    }
    return switch (left.kind()) {
      case OBJECT -> containsMembers(left, right, depth);
      case ARRAY -> containsElements(left.elements(), right.elements(), depth);
      case STRING, NUMBER, BOOLEAN, NULL -> isSameScalar(left, right);
    };
  }

  private static boolean containsMembers(JsonSlice left, JsonSlice right, int depth) {
    for (JsonSlice.Member member : right.members()) {
      JsonSlice found = left.member(member.key(), 0, member.key().length);
      if (found == null || !contains(found, member.value(), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean containsElements(List<JsonSlice> left, List<JsonSlice> right, int depth) {
    for (JsonSlice wanted : right) {
      boolean isFound = false;
      if (wanted.kind().isScalar()) {
        isFound = hasScalar(left, wanted);
      } else {
        for (int i = 0; i < left.size() && !isFound; i++) {
          isFound = contains(left.get(i), wanted, depth + 1);
        }
      }
      if (!isFound) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasScalar(List<JsonSlice> elements, JsonSlice wanted) {
    for (JsonSlice element : elements) {
      if (isSameScalar(element, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSameScalar(JsonSlice left, JsonSlice right) {
    if (left.kind() != right.kind()) {
      return false;
    }
    return left.isSameText(right)
        || left.kind() == JsonSlice.Kind.NUMBER
            && new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())) == 0;
  }

  private static boolean exists(JsonSlice document, byte[] key, int start, int length) {
    return switch (document.kind()) {
      case OBJECT -> document.member(key, start, length) != null;
      case ARRAY -> hasString(document.elements(), key, start, length);
      case STRING ->
          JsonScan.isKey(document.text(), document.start(), document.end(), key, start, length);
      case NUMBER, BOOLEAN, NULL -> false;
    };
  }

  private static boolean hasString(List<JsonSlice> elements, byte[] key, int start, int length) {
    for (JsonSlice element : elements) {
      if (element.kind() == JsonSlice.Kind.STRING
          && JsonScan.isKey(element.text(), element.start(), element.end(), key, start, length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean existsEach(Row r, boolean isAll) {
    JsonSlice document = JsonSlice.of(r, 0);
    ArrayValue keys = ArrayValue.read(r.column(1), r.position(), Layout.BYTES);
    BytesColumn texts = Columns.bytes(keys.elements());
    for (int i = 0; i < keys.cardinality(); i++) {
      boolean isFound =
          texts.isNull(i)
              ? isAll
              : exists(document, texts.heap(), texts.starts()[i], texts.lengths()[i]);
      if (isFound != isAll) {
        return isFound;
      }
    }
    return isAll;
  }
}
