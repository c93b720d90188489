package io.quarkgres.engine.ast;

import java.util.List;

/**
 * A column of CREATE TABLE, ADD COLUMN, a composite type or a column definition list.
 *
 * @param type the type; {@code null} only in {@code CREATE TABLE OF} and {@code PARTITION OF}
 * @param compression the method after COMPRESSION, or {@code null}
 * @param collation the collation, or {@code null}
 */
public record ColumnDefinition(
    String name,
    TypeName type,
    String compression,
    QualifiedName collation,
    List<ColumnConstraint> constraints,
    int position)
    implements TableElement {}
