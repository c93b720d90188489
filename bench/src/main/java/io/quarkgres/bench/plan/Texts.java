package io.quarkgres.bench.plan;

/** Statements of the kinds that reports and applications send, each with a literal in it. */
public enum Texts {
  /** A look-up by one column. */
  LOOKUP("SELECT name FROM customers WHERE id = 4711"),
  /** All columns, one condition. */
  SCAN("SELECT * FROM orders WHERE amount > 250 AND id >= 17"),
  /** A sum for each group. */
  GROUPED("SELECT product, sum(amount), avg(price) FROM orders WHERE id >= 17 GROUP BY product"),
  /** Three tables. */
  JOINED(
      "SELECT c.region, p.kind, sum(o.amount * p.price) FROM orders o JOIN customers c ON o.customer"
          + " = c.id JOIN products p ON o.product = p.id WHERE o.id >= 17 GROUP BY c.region, p.kind"
          + " ORDER BY c.region, p.kind"),
  /** Common table expressions above each other. */
  NESTED(
      "WITH totals AS (SELECT customer, sum(amount) AS total, count(*) AS n FROM orders WHERE id >="
          + " 17 GROUP BY customer HAVING sum(amount) > 500), named AS (SELECT c.region, t.total,"
          + " t.n FROM totals t JOIN customers c ON c.id = t.customer WHERE c.tier <> 'bronze')"
          + " SELECT region, count(*), sum(total) AS revenue, avg(n) FROM named GROUP BY region"
          + " ORDER BY revenue DESC LIMIT 10"),
  /** A window function over a filter. */
  WINDOWED(
      "SELECT customer, product, rank() OVER (PARTITION BY product ORDER BY amount DESC) FROM orders"
          + " WHERE id >= 17 AND price < 99.5"),
  /** Functions of texts. */
  FUNCTIONS(
      "SELECT id, concat(upper(name), ' ', lower(region)), length(name), replace(tier, 'old', 'x')"
          + " FROM customers WHERE name LIKE 'A%' AND id >= 17 ORDER BY id"),
  /** A subquery that becomes a join. */
  SUBQUERY(
      "SELECT id, title FROM documents WHERE lang = 'en' AND id IN (SELECT product FROM orders WHERE"
          + " amount > 10) AND body->>'kind' = 'note' AND score >= 17 ORDER BY score DESC LIMIT 20");

  private final String sql;

  Texts(String sql) {
    this.sql = sql;
  }

  /** Returns the statement. */
  public String sql() {
    return sql;
  }
}
