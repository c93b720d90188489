package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.DefinitionPrinter;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.deparse.Deparser;
import io.quarkgres.engine.deparse.ObjectNames;
import io.quarkgres.engine.deparse.Style;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.IntColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Prints definitions for a session. Used by the session's thread. */
final class SessionDefinitions implements DefinitionPrinter {
  private final SessionEnvironment environment;

  SessionDefinitions(SessionEnvironment environment) {
    this.environment = environment;
  }

  private Deparser deparser() {
    List<String> path = environment.service(CatalogServices.class).searchPathWithImplied();
    return new Deparser(
        environment.bindContext(List.of()),
        new ObjectNames(environment.catalog(), path),
        environment.types());
  }

  /** Returns what prints expressions to be kept: names are qualified, so any path finds them. */
  static Deparser forStorage(SessionEnvironment environment) {
    TypeContext plain = TypeContext.DEFAULT;
    TypeContext.ObjectNames shown = environment.types().objects();
    TypeContext types =
        new TypeContext(
            plain.dateStyle(),
            plain.intervalStyle(),
            plain.zone(),
            plain.extraFloatDigits(),
            plain.byteaHex(),
            environment.transactionMicros(),
            new QualifiedNames(environment, shown),
            environment.types().domains());
    return new Deparser(
        environment.bindContext(List.of()),
        new ObjectNames(environment.catalog(), List.of("pg_catalog")),
        types);
  }

  @Override
  public String view(ViewEntry view, boolean isPretty, int wrapColumn) {
    return deparser().view(view, new Style(isPretty, true, wrapColumn));
  }

  private Binder binder() {
    return new Binder(environment.bindContext(List.of()));
  }

  @Override
  public List<Reference> references(ViewEntry view) {
    List<Reference> result = new ArrayList<>();
    deparser()
        .used(view)
        .forEach((relation, columns) -> {
          columns.forEach(c -> result.add(new Reference(relation, c)));
          if (columns.isEmpty()) {
            result.add(new Reference(relation, 0));
          }
        });
    return result;
  }

  @Override
  public List<Integer> relationsIn(String sql) {
    List<Integer> result = new ArrayList<>();
    BoundExpr bound =
        binder().bindOver(Parser.parseExpression(sql), "", List.of(), 1, Binder.Purpose.COPY_WHERE);
    Expressions.walk(
        bound,
        e -> {
          if (e instanceof BoundExpr.Constant c
              && c.type().oid() == Oids.REGCLASS
              && c.value() instanceof IntColumn oids
              && !c.isNull()) {
            result.add(oids.values()[0]);
          }
        });
    return result;
  }

  @Override
  public Set<Integer> columnsIn(String sql, RelationEntry over) {
    Set<Integer> result = new TreeSet<>();
    Expressions.walk(
        binder()
            .bindOver(
                Parser.parseExpression(sql), over.name(), over.columns(), 1, Binder.Purpose.CHECK),
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref) {
            result.add(ref.column() + 1);
          }
        });
    return result;
  }

  @Override
  public int events(ViewEntry view) {
    return binder().events(view);
  }

  @Override
  public boolean isUpdatable(ViewEntry view, int column) {
    return binder().isUpdatable(view, column);
  }

  @Override
  public Printed expression(String sql, RelationEntry over, boolean isPretty) {
    return expression(sql, over, isPretty ? Style.PRETTY : Style.VIEW);
  }

  @Override
  public Printed indexExpression(String sql, RelationEntry over, boolean isPretty) {
    return expression(sql, over, isPretty ? Style.PRETTY : Style.PLAIN);
  }

  @Override
  public Printed domainCondition(String sql, DomainType domain, boolean isPretty) {
    Deparser.Printed printed =
        deparser()
            .overValue(
                Parser.parseExpression(sql),
                TypeEntry.Domain.value(domain),
                isPretty ? Style.PRETTY : Style.VIEW);
    return new Printed(printed.text(), printed.isCall());
  }

  private Printed expression(String sql, RelationEntry over, Style style) {
    Expression parsed = Parser.parseExpression(sql);
    if (parsed instanceof Expression.FunctionCall call && call.name().name().equals(LIST)) {
      List<String> all = new ArrayList<>();
      call.arguments().forEach(a -> all.add(printed(a.value(), over, style).text()));
      return new Printed(String.join(", ", all), false);
    }
    Deparser.Printed printed = printed(parsed, over, style);
    return new Printed(printed.text(), printed.isCall());
  }

  private Deparser.Printed printed(Expression parsed, RelationEntry over, Style style) {
    String name = over == null ? "" : over.name();
    List<ColumnEntry> columns = over == null ? List.of() : over.columns();
    return deparser().over(parsed, name, columns, Binder.Purpose.CHECK, style);
  }

  /** Relations by their qualified names. */
  private record QualifiedNames(SessionEnvironment environment, TypeContext.ObjectNames shown)
      implements TypeContext.ObjectNames {
    @Override
    public int oid(String kind, String name) {
      return shown.oid(kind, name);
    }

    @Override
    public String name(String kind, int oid) {
      RelationEntry relation =
          kind.equals("regclass") ? environment.catalog().relationByOid(oid) : null;
      return relation == null
          ? shown.name(kind, oid)
          : new ObjectNames(environment.catalog(), List.of()).relation(relation);
    }
  }
}
