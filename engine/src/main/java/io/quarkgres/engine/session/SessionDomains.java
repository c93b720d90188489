package io.quarkgres.engine.session;

import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.DomainChecks;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.ErrorObject;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks values of domains for a session. The conditions of a domain are compiled when it is first
 * met, and anew when the catalog has changed. Used by the session's thread.
 */
final class SessionDomains implements DomainChecks {
  /** The number by which conditions refer to VALUE. */
  private static final int VALUE = 1;

  private final SessionEnvironment environment;
  private Map<Integer, Constraints> compiled = Map.of();
  private long compiledFor = -1;

  SessionDomains(SessionEnvironment environment) {
    this.environment = environment;
  }

  /** The constraints of a domain and of those beneath it, which are checked first. */
  private record Constraints(boolean isNotNull, List<Condition> conditions) {}

  /** A CHECK constraint. */
  private record Condition(String name, Evaluator evaluator) {}

  @Override
  public void check(DomainType domain, Column values, Selection rows) {
    Constraints constraints = constraints(domain);
    if (constraints.isNotNull()) {
      refuseNulls(domain, values, rows);
    }
    Frame frame = new Frame(environment);
    for (Condition condition : constraints.conditions()) {
      Block block = new Block(new Column[] {values}, values.count(), rows);
      BooleanColumn results = (BooleanColumn) condition.evaluator().evaluate(block, rows, frame);
      for (int i = 0; i < rows.count(); i++) {
        int position = rows.position(i);
        if (!results.isNull(position) && !results.values()[position]) {
          throw violation(domain, condition.name());
        }
      }
    }
  }

  private void refuseNulls(DomainType domain, Column values, Selection rows) {
    for (int i = 0; i < rows.count(); i++) {
      if (values.isNull(rows.position(i))) {
        throw new SqlException(
                SqlState.NOT_NULL_VIOLATION,
                "domain " + shown(domain) + " does not allow null values")
            .withObject(object(domain, null));
      }
    }
  }

  private SqlException violation(DomainType domain, String constraint) {
    return new SqlException(
            SqlState.CHECK_VIOLATION,
            "value for domain "
                + shown(domain)
                + " violates check constraint \""
                + constraint
                + "\"")
        .withObject(object(domain, constraint));
  }

  private String shown(SqlType type) {
    return ObjectNaming.typeName(environment.service(CatalogServices.class), type);
  }

  private static ErrorObject object(DomainType domain, String constraint) {
    return new ErrorObject(domain.info().schema(), null, null, domain.name(), constraint);
  }

  private Constraints constraints(DomainType domain) {
    CatalogVersion catalog = environment.catalog();
    if (compiledFor != catalog.version()) {
      compiled = new HashMap<>();
      compiledFor = catalog.version();
    }
    Constraints known = compiled.get(domain.oid());
    if (known == null) {
      known = compile(catalog, domain);
      compiled.put(domain.oid(), known);
    }
    return known;
  }

  private Constraints compile(CatalogVersion catalog, DomainType domain) {
    List<Condition> conditions = new ArrayList<>();
    boolean isNotNull = false;
    SqlType type = domain;
    while (type instanceof DomainType level) {
      TypeEntry.Domain entry = (TypeEntry.Domain) catalog.userType(level.oid());
      isNotNull |= entry.isNotNull();
      List<Condition> own = new ArrayList<>();
      for (TypeEntry.Check check : entry.checksByName()) {
        own.add(new Condition(check.name(), evaluator(catalog, level, check)));
      }
      conditions.addAll(0, own);
      type = level.parent();
    }
    return new Constraints(isNotNull, conditions);
  }

  private Evaluator evaluator(CatalogVersion catalog, DomainType level, TypeEntry.Check check) {
    ColumnEntry value = TypeEntry.Domain.value(level);
    BoundExpr condition =
        new Binder(environment.bindContext(List.of()))
            .bindCondition(
                Parser.parseExpression(check.conditionSql()),
                "",
                List.of(value),
                VALUE,
                Binder.Purpose.CHECK);
    Environment shared =
        new Environment(
            (subquery, scope) -> {
              throw new IllegalStateException("a check of a domain has no subquery");
            },
            catalog.types(),
            catalog.functions());
    OutputColumn output = new OutputColumn(VALUE, 0, value.name(), value.type(), value.typmod());
    return new Scope(shared, List.of(output)).compile(condition);
  }
}
