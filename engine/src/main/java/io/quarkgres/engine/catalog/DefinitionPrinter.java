package io.quarkgres.engine.catalog;

import io.quarkgres.engine.type.DomainType;
import java.util.List;
import java.util.Set;

/**
 * Prints stored definitions as PostgreSQL does, with names as the session's search path finds them.
 * Definitions have to be bound for that, which a later stage does; functions find this through
 * {@link CatalogServices}. Used by the statement's thread.
 */
public interface DefinitionPrinter {
  /** An expression; {@code isCall} tells that it stands without parentheses as an index key. */
  record Printed(String text, boolean isCall) {}

  /**
   * Returns a view's query.
   *
   * @param isPretty whether parentheses that precedence makes needless are left out
   * @param wrapColumn the width after which a list goes on in a new line; 0 for an item a line
   */
  String view(ViewEntry view, boolean isPretty, int wrapColumn);

  /** The function under which {@code pg_index.indexprs} has several expressions as one text. */
  String LIST = "index_expressions";

  /** Tells which changes a view allows, as bits: 4 UPDATE, 8 INSERT, 16 DELETE. */
  int events(ViewEntry view);

  /** Tells whether a column (from 1) of a view can be changed. */
  boolean isUpdatable(ViewEntry view, int column);

  /** A relation that a view reads: a column of it (from 1), or 0 for none in particular. */
  record Reference(int relation, int column) {}

  /** Returns what a view reads itself, not through other views. */
  List<Reference> references(ViewEntry view);

  /** Returns the relations that a stored expression names, such as the sequence of a default. */
  List<Integer> relationsIn(String sql);

  /** Returns the columns (from 1) of a relation that a stored expression over it reads. */
  Set<Integer> columnsIn(String sql, RelationEntry over);

  /**
   * Returns a stored expression.
   *
   * @param over the relation whose columns it uses, or {@code null}
   */
  Printed expression(String sql, RelationEntry over, boolean isPretty);

  /** Returns an expression of an index, in one line unless it is to be pretty. */
  Printed indexExpression(String sql, RelationEntry over, boolean isPretty);

  /** Prints a condition of a domain. */
  Printed domainCondition(String sql, DomainType domain, boolean isPretty);
}
