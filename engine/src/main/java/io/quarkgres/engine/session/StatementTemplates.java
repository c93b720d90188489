package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.literal.Literals;
import io.quarkgres.engine.session.cache.PlanCache;
import io.quarkgres.engine.session.cache.StatementTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Templates of statements for the whole server, so that a statement that came before with other
 * literals is neither parsed nor planned. A template is found by the text without literals, the
 * values of the literals that are no parameters, and all that a plan's key holds beside the text.
 * It is made when a text comes for the second time. Thread: any.
 */
final class StatementTemplates {
  /** The most texts that are remembered, with templates or without. */
  private static final int SHAPES_MAX = 2_000;

  /** The most templates of one text. */
  private static final int VARIANTS_MAX = 8;

  private final Map<String, Shape> shapes =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shape> eldest) {
          return size() > SHAPES_MAX;
        }
      };

  /**
   * What is known of a text without literals: replaced as a whole, newest variants first.
   *
   * @param missed a hash of the literals that a template was wanted for last
   */
  private record Shape(List<Variant> variants, int missed) {
    private static final Shape NEW = new Shape(List.of(), 0);

    private Shape retain(Set<Long> catalogVersions) {
      List<Variant> kept =
          variants.stream().filter(v -> catalogVersions.contains(v.catalogVersion())).toList();
      return kept.size() == variants.size() ? this : new Shape(kept, missed);
    }

    /** Returns a hash of the literals that are no parameters. */
    private int fixedHash(Literals literals) {
      int hash = 1;
      if (!variants.isEmpty()) {
        for (int literal : variants.getFirst().fixed().keySet()) {
          hash += literal ^ literals.text(literal).hashCode() * 31;
        }
      }
      return hash;
    }
  }

  /**
   * A template and what it is for.
   *
   * @param fixed the literals that are no parameters by their numbers, and their values
   * @param template {@code null} when the ordinary way is the better one
   * @param basis the plan whose tables' sizes tell how long that holds
   */
  private record Variant(
      Map<Integer, String> fixed,
      long catalogVersion,
      List<String> searchPath,
      String user,
      Object environment,
      StatementTemplate template,
      PlanCache.Kept basis) {
    private boolean isFor(SessionEnvironment environment, CatalogVersion catalog, String role) {
      return catalogVersion == catalog.version()
          && searchPath.equals(environment.searchPath())
          && user.equals(role)
          && Objects.equals(this.environment, environment.planEnvironment())
          && basis.isFresh();
    }

    private boolean hasFixed(Literals literals) {
      for (Map.Entry<Integer, String> literal : fixed.entrySet()) {
        if (!literals.text(literal.getKey()).equals(literal.getValue())) {
          return false;
        }
      }
      return true;
    }
  }

  /** Forgets the templates of other catalog versions: they hold on to tables that are gone. */
  void retain(Set<Long> catalogVersions) {
    synchronized (shapes) {
      shapes.replaceAll((text, shape) -> shape.retain(catalogVersions));
    }
  }

  /** Returns the template for a statement, {@code null} when there is none. */
  StatementTemplate find(Literals literals, ClientSession session) {
    Shape shape;
    synchronized (shapes) {
      shape = shapes.get(literals.shape());
    }
    Variant variant = shape == null ? null : variant(shape, literals, session);
    return variant == null ? null : variant.template();
  }

  private static Variant variant(Shape shape, Literals literals, ClientSession session) {
    SessionEnvironment environment = session.environment();
    CatalogVersion catalog = environment.catalog();
    String role = session.role().currentName();
    for (Variant variant : shape.variants()) {
      if (variant.isFor(environment, catalog, role) && variant.hasFixed(literals)) {
        return variant;
      }
    }
    return null;
  }

  /**
   * Notes a statement that is about to be run in the ordinary way, and makes its template if its
   * text has come before.
   */
  void learn(Literals literals, ParsedStatement parsed, ClientSession session) {
    String text = literals.shape();
    Shape shape;
    synchronized (shapes) {
      shape = shapes.putIfAbsent(text, Shape.NEW);
    }
    if (shape == null || variant(shape, literals, session) != null) {
      return;
    }
    int hash = shape.fixedHash(literals);
    if (hash != shape.missed() && !shape.variants().isEmpty()) {
      // Such literals have not come before, and may never again.
      synchronized (shapes) {
        shapes.put(text, new Shape(shape.variants(), hash));
      }
      return;
    }
    PlanCache.Kept ordinary = session.queries().cached(parsed, List.of());
    StatementTemplate template = new TemplateMaker(session, literals, parsed).make(ordinary.plan());
    SessionEnvironment environment = session.environment();
    Variant made =
        new Variant(
            template == null ? Map.of() : fixed(literals, template),
            environment.catalog().version(),
            environment.searchPath(),
            session.role().currentName(),
            environment.planEnvironment(),
            template,
            template == null ? ordinary : template.plan());
    synchronized (shapes) {
      shapes.put(text, with(shape, made));
    }
  }

  private static Map<Integer, String> fixed(Literals literals, StatementTemplate template) {
    Map<Integer, String> result = new LinkedHashMap<>();
    for (int i = 0; i < literals.count(); i++) {
      result.put(i, literals.text(i));
    }
    template.slots().forEach(slot -> result.remove(slot.literal()));
    return Map.copyOf(result);
  }

  private static Shape with(Shape shape, Variant made) {
    List<Variant> variants = new ArrayList<>(shape.variants());
    variants.addFirst(made);
    if (variants.size() > VARIANTS_MAX) {
      variants.removeLast();
    }
    return new Shape(List.copyOf(variants), shape.missed());
  }
}
