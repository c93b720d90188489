package io.quarkgres.engine.session;

import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.DefinitionPrinter;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.deparse.Deparser;
import io.quarkgres.engine.deparse.ObjectNames;
import io.quarkgres.engine.deparse.Style;
import io.quarkgres.engine.type.TypeContext;
import java.util.List;

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
            new QualifiedNames(environment, shown));
    return new Deparser(
        environment.bindContext(List.of()),
        new ObjectNames(environment.catalog(), List.of("pg_catalog")),
        types);
  }

  @Override
  public String view(ViewEntry view, boolean isPretty, int wrapColumn) {
    return deparser().view(view, new Style(isPretty, true, wrapColumn));
  }

  @Override
  public Printed expression(String sql, RelationEntry over, boolean isPretty) {
    Style style = isPretty ? Style.PRETTY : Style.PLAIN;
    Deparser.Printed printed =
        over == null
            ? deparser().over(sql, "", List.of(), Binder.Purpose.GENERATED_COLUMN, style)
            : deparser()
                .over(sql, over.name(), over.columns(), Binder.Purpose.GENERATED_COLUMN, style);
    return new Printed(printed.text(), printed.isCall());
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
