package io.quarkgres.engine.ast;

import java.util.List;

/** {@code [AS] name [(column, ...)]} after a FROM item. */
public record Alias(String name, List<String> columns, int position) {}
