package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundSkeleton;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.optimize.ParameterFolding;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.parse.literal.Literals;
import io.quarkgres.engine.parse.literal.ParameterPlaces;
import io.quarkgres.engine.plan.PlanShape;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.session.cache.PlanCache;
import io.quarkgres.engine.session.cache.StatementTemplate;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a {@link StatementTemplate} of a statement: the text is read again with parameters in the
 * places of literals, and what comes of it is used only if it is the statement that was written, in
 * all but the literals' values, and is run in the same way. Used by the session's thread.
 */
final class TemplateMaker {
  private final ClientSession session;
  private final Literals literals;
  private final ParsedStatement original;

  TemplateMaker(ClientSession session, Literals literals, ParsedStatement original) {
    this.session = session;
    this.literals = literals;
    this.original = original;
  }

  /**
   * Returns the template, or {@code null} when there is none.
   *
   * @param ordinary the plan of the statement as it was written
   */
  StatementTemplate make(PlannedStatement ordinary) {
    List<Replaced> places = places();
    if (places.isEmpty() || ordinary.failure() != null) {
      return null;
    }
    try {
      return make(ordinary, places);
    } catch (SqlException doubtful) {
      return null;
    }
  }

  private StatementTemplate make(PlannedStatement ordinary, List<Replaced> places) {
    List<Integer> declared = places.stream().map(p -> declaredType(p.slot())).toList();
    ParsedStatement parsed = Parser.parse(textWithParameters(places)).getFirst();
    SessionEnvironment environment = session.environment();
    BoundStatement bound = new Binder(environment.bindContext(declared)).bind(parsed.statement());
    // how a literal of an interval is read depends on the column's fields, a parameter's does not
    boolean hasInterval =
        bound.parameters().stream().anyMatch(type -> type.base().oid() == Oids.INTERVAL);
    if (hasInterval || !BoundSkeleton.same(ordinary.bound(), bound)) {
      return null;
    }
    ParameterFolding.Folded folded = ParameterFolding.fold(bound.relation(), places.size());
    List<SqlType> types = new ArrayList<>(bound.parameters());
    folded.computed().forEach(e -> types.add(e.type()));
    PlannedStatement planned = environment.plan(with(bound, folded, types));
    PlanCache.Kept kept = PlanCache.Kept.of(planned, parsed, environment.catalog());
    boolean isAsGood =
        planned.failure() == null
            && PlanShape.same(ordinary, planned)
            && (kept.isPoint() || !hasSpecialIndex(bound));
    return isAsGood
        ? new StatementTemplate(
            kept,
            parsed,
            places.stream().map(Replaced::slot).toList(),
            List.copyOf(types),
            folded.computed(),
            declared)
        : null;
  }

  private static BoundStatement with(
      BoundStatement bound, ParameterFolding.Folded folded, List<SqlType> types) {
    return new BoundStatement(
        folded.relation(),
        bound.columns(),
        List.copyOf(types),
        bound.kind(),
        bound.isReadOnly(),
        bound.tables(),
        bound.accesses(),
        bound.catalogVersion());
  }

  /** A literal that becomes a parameter, and where the text that stands for it begins. */
  private record Replaced(StatementTemplate.Slot slot, int start) {}

  private List<Replaced> places() {
    List<Replaced> result = new ArrayList<>();
    for (Expression place : ParameterPlaces.of(original.statement())) {
      Replaced found = find(place);
      if (found != null) {
        result.add(found);
      }
    }
    result.sort(Comparator.comparingInt(Replaced::start));
    return result;
  }

  /** Finds the literal that a constant was read from; {@code null} when that is not certain. */
  private Replaced find(Expression constant) {
    int index = 0;
    while (index < literals.count() && literals.start(index) < constant.position()) {
      index++;
    }
    if (index == literals.count()) {
      return null;
    }
    boolean isString = constant instanceof Expression.StringConstant;
    String value =
        constant instanceof Expression.StringConstant(String text, int _)
            ? text
            : ((Expression.NumericConstant) constant).text();
    if (isString != (literals.kind(index) == Literals.Kind.STRING)) {
      return null;
    }
    // Nothing, or a minus sign, stands between the place of a constant and its literal.
    String sign = original.sql().substring(constant.position(), literals.start(index)).strip();
    boolean isNegated = sign.equals("-") && !isString;
    boolean isFound =
        (isNegated || literals.start(index) == constant.position())
            && value.equals(sign + literals.text(index));
    return isFound
        ? new Replaced(new StatementTemplate.Slot(index, isNegated), constant.position())
        : null;
  }

  private String textWithParameters(List<Replaced> places) {
    StringBuilder text = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < places.size(); i++) {
      text.append(original.sql(), copied, places.get(i).start()).append(" $").append(i + 1);
      text.append(' ');
      copied = literals.end(places.get(i).slot().literal());
    }
    return text.append(original.sql(), copied, original.sql().length()).toString();
  }

  private int declaredType(StatementTemplate.Slot slot) {
    return switch (literals.kind(slot.literal())) {
      case INT4 -> Oids.INT4;
      case INT8 -> Oids.INT8;
      case NUMERIC -> Oids.NUMERIC;
      case STRING -> 0;
    };
  }

  /**
   * Tells whether a table has an index that some values of the literals could make useful and
   * others not: a partial one, or one of expressions.
   */
  private boolean hasSpecialIndex(BoundStatement bound) {
    CatalogVersion catalog = session.environment().catalog();
    for (BoundStatement.TableUse table : bound.tables()) {
      for (IndexEntry index : catalog.indexesOf(table.oid())) {
        boolean isPlain =
            index.predicateSql() == null
                && index.keys().stream().allMatch(key -> key.expressionSql() == null);
        if (!isPlain) {
          return true;
        }
      }
    }
    return false;
  }
}
