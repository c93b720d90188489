package io.quarkgres.it.differential;

/// Random expressions over the columns of a [VectorTables] table. Thread: one at a time.
final class VectorExpressions {
  private final VectorTables tables;
  private final Dice dice;

  VectorExpressions(VectorTables tables) {
    this.tables = tables;
    this.dice = tables.dice();
  }

  private int dimensions() {
    // Now and then a vector that does not fit.
    return dice.chance(3) ? tables.dimensions() + 1 : tables.dimensions();
  }

  private String constant(String text, String type) {
    return dice.chance(50) ? Parameters.mark(text, type) : VectorTables.quoted(text) + "::" + type;
  }

  private String vectorConstant() {
    return constant(tables.vector(dimensions()), "vector");
  }

  private String halfConstant() {
    return constant(tables.half(dimensions()), "halfvec");
  }

  private String sparseConstant() {
    return constant(tables.sparse(dimensions()), "sparsevec");
  }

  private String bitConstant() {
    int n = dimensions();
    return VectorTables.quoted(tables.bits(n)) + "::bit(" + n + ")";
  }

  /// A vector whose elements are exact.
  String vector(String t) {
    return switch (dice.below(12)) {
      case 0 -> vectorConstant();
      case 1 -> "(" + t + ".v " + dice.of("+", "-", "*") + " " + t + ".w)";
      case 2 -> "(" + t + ".w " + dice.of("+", "-", "*") + " " + vectorConstant() + ")";
      case 3 -> t + ".h::vector";
      case 4 -> t + ".s::vector";
      case 5 -> t + ".u";
      case 6 -> t + ".w";
      case 7 ->
          "subvector(%s.v || %s.w, %d, %d)"
              .formatted(t, t, dice.between(-1, tables.dimensions() + 1), tables.dimensions());
      default -> t + ".v";
    };
  }

  private String half(String t) {
    return switch (dice.below(6)) {
      case 0 -> halfConstant();
      case 1 -> "(" + t + ".h " + dice.of("+", "-", "*") + " " + halfConstant() + ")";
      case 2 -> t + ".v::halfvec";
      case 3 -> t + ".s::halfvec";
      default -> t + ".h";
    };
  }

  private String sparse(String t) {
    return switch (dice.below(6)) {
      case 0 -> sparseConstant();
      case 1 -> t + ".v::sparsevec";
      case 2 -> t + ".h::sparsevec";
      default -> t + ".s";
    };
  }

  private String bit(String t) {
    return switch (dice.below(5)) {
      case 0 -> bitConstant();
      case 1 -> "binary_quantize(" + t + ".v)";
      case 2 -> "binary_quantize(" + t + ".h)";
      default -> t + ".c";
    };
  }

  /// A column and a constant of its type with a distance between them, as a search has it.
  String search(String t) {
    return switch (dice.below(8)) {
      case 0 -> t + ".h " + operator() + " " + halfConstant();
      case 1 -> t + ".s " + operator() + " " + sparseConstant();
      case 2 -> t + ".c " + dice.of("<~>", "<%>") + " " + bitConstant();
      default -> t + ".v " + operator() + " " + vectorConstant();
    };
  }

  private String operator() {
    return dice.of("<->", "<->", "<=>", "<#>", "<+>");
  }

  /// A distance of any kind.
  String distance(String t, String other) {
    return switch (dice.below(7)) {
      case 0 -> "(" + half(t) + " " + operator() + " " + half(other) + ")";
      case 1 -> "(" + sparse(t) + " " + operator() + " " + sparse(other) + ")";
      case 2 -> "(" + bit(t) + " " + dice.of("<~>", "<%>") + " " + bit(other) + ")";
      case 3 ->
          dice.of("l2_distance", "inner_product", "cosine_distance", "l1_distance")
              + "("
              + vector(t)
              + ", "
              + vector(other)
              + ")";
      default -> "(" + vector(t) + " " + operator() + " " + vector(other) + ")";
    };
  }

  /// A value of any type.
  String value(String t) {
    return switch (dice.below(16)) {
      case 0 -> "vector_dims(" + dice.of(t + ".u", vector(t), half(t)) + ")";
      case 1 -> "vector_norm(" + vector(t) + ")";
      case 2 -> "l2_norm(" + dice.of(half(t), sparse(t)) + ")";
      case 3 -> "l2_normalize(" + dice.of(vector(t), half(t), sparse(t)) + ")";
      case 4 -> vector(t) + "::real[]";
      case 5 -> "(" + half(t) + ")::text";
      case 6 -> sparse(t);
      case 7 -> bit(t);
      case 8 -> t + ".u::vector(" + dice.of(tables.dimensions(), 2) + ")";
      case 9 -> condition(t);
      case 10 -> half(t);
      case 11 -> vector(t);
      case 12 ->
          dice.of(
              "vector_send(" + t + ".v)",
              "halfvec_send(" + t + ".h)",
              "sparsevec_send(" + t + ".s)",
              "ARRAY[" + t + ".v, " + t + ".w]",
              "coalesce(" + t + ".v, " + t + ".w)",
              "CASE WHEN " + t + ".k > 2 THEN " + t + ".v ELSE " + t + ".w END");
      default -> distance(t, t);
    };
  }

  /// A condition over one row.
  String condition(String t) {
    return switch (dice.below(11)) {
      case 0 -> "(" + t + ".v " + comparison() + " " + vector(t) + ")";
      case 1 -> "(" + t + ".h " + comparison() + " " + half(t) + ")";
      case 2 -> "(" + t + ".s " + comparison() + " " + sparse(t) + ")";
      case 3 ->
          "(" + t + dice.of(".v", ".h", ".s", ".c", ".u") + dice.of(" IS NULL)", " IS NOT NULL)");
      case 4 -> "(" + t + ".k " + comparison() + " " + dice.below(5) + ")";
      case 5 -> "(vector_dims(" + t + ".u) = " + dice.of(tables.dimensions(), 2) + ")";
      case 6 ->
          "(" + t + ".v IN (" + vectorConstant() + ", " + t + ".w, " + vectorConstant() + "))";
      case 7 -> "(" + t + ".v IS NOT DISTINCT FROM " + vector(t) + ")";
      default -> "(" + distance(t, t) + " " + comparison() + " " + dice.between(-2, 9) + ")";
    };
  }

  private String comparison() {
    return dice.of("<", "<=", "=", "<>", ">", ">=");
  }

  /// An aggregate over rows.
  String aggregate(String t) {
    // The sum of numbers that are far apart depends on their order.
    return switch (tables.isExtreme() ? dice.between(6, 8) : dice.below(9)) {
      case 0 -> "avg(" + vector(t) + ")";
      case 1 -> "sum(" + vector(t) + ")";
      case 2 -> dice.of("sum", "avg") + "(" + half(t) + ")";
      case 3 -> "count(DISTINCT " + dice.of(t + ".v", t + ".h", t + ".s", t + ".c") + ")";
      case 4 -> "array_agg(" + t + ".v ORDER BY " + t + ".v, " + t + ".id)";
      case 5 -> "sum(" + t + ".v) FILTER (WHERE " + t + ".k > 1)";
      case 6 -> "count(" + vector(t) + ")";
      default -> dice.of("min", "max") + "(" + distance(t, t) + ")";
    };
  }
}
