package io.quarkgres.engine.ast;

import java.util.List;

/**
 * A key of an index.
 *
 * @param column the column, or {@code null} when the key is an expression
 * @param expression the expression, or {@code null} when the key is a column
 * @param collation the collation, or {@code null}
 * @param operatorClass the operator class, or {@code null}
 * @param operatorClassOptions what follows the operator class in parentheses
 */
public record IndexElement(
    String column,
    SourceExpression expression,
    QualifiedName collation,
    QualifiedName operatorClass,
    List<Option> operatorClassOptions,
    OrderItem.Direction direction,
    OrderItem.Nulls nulls,
    int position) {}
