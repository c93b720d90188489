package io.quarkgres.engine.ast;

import java.util.List;

/**
 * {@code ON CONFLICT [target] DO NOTHING | DO UPDATE SET ...}.
 *
 * @param target which conflict, or {@code null} for any
 * @param isUpdate whether DO UPDATE was written
 * @param assignments empty for DO NOTHING
 * @param where the condition of DO UPDATE, or {@code null}
 */
public record OnConflict(
    Target target, boolean isUpdate, List<Assignment> assignments, Expression where, int position) {

  /** Names the unique index that arbitrates. */
  public sealed interface Target {
    /**
     * {@code (column, ...) [WHERE predicate]}: the index is inferred.
     *
     * @param where the predicate of a partial index, or {@code null}
     */
    record Inference(List<IndexElement> elements, Expression where, int position)
        implements Target {}

    /** {@code ON CONSTRAINT name}. */
    record Constraint(String name, int position) implements Target {}
  }
}
