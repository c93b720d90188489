package io.quarkgres.engine.ddl.drop;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relations;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.ExtensionEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DropItem;
import io.quarkgres.engine.ddl.object.ExtensionDdl;
import io.quarkgres.engine.ddl.type.TypeTexts;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What depends on an object, and on that, and so on: what a DROP has to take along or is refused
 * for. Found depth first and told in PostgreSQL's order, older objects first. Used by the session's
 * thread.
 */
public final class Dependencies {
  /** A default counts as newer than the table whose oid it is known by. */
  private static final Comparator<Edge> NEWEST_FIRST =
      Comparator.comparingInt((Edge e) -> e.dependent().id().oid())
          .thenComparing((Edge e) -> e.dependent() instanceof DropItem.Default)
          .reversed();

  private final DdlContext context;
  private final Map<Integer, Set<Integer>> usedByView = new HashMap<>();

  public Dependencies(DdlContext context) {
    this.context = context;
  }

  /**
   * That something depends on something.
   *
   * @param isAutomatic whether it goes silently
   * @param onWhat what to call the thing depended on
   */
  private record Edge(DropItem dependent, boolean isAutomatic, String onWhat) {}

  /** An object that is to go with others. */
  private static final class Found {
    final DropItem item;
    boolean isAutomatic;
    final String onWhat;

    Found(DropItem item, boolean isAutomatic, String onWhat) {
      this.item = item;
      this.isAutomatic = isAutomatic;
      this.onWhat = onWhat;
    }
  }

  /**
   * Returns the targets and all that depends on them; raises 2BP01 or sends the notice about what
   * goes along.
   */
  List<DropItem> closure(List<? extends DropItem> targets, boolean isCascade) {
    Map<DropItem.Id, Found> found = new LinkedHashMap<>();
    List<Found> finished = new ArrayList<>();
    Set<DropItem.Id> originals = new HashSet<>();
    targets.forEach(t -> originals.add(t.id()));
    for (DropItem target : targets) {
      visit(new Edge(target, false, null), found, finished);
    }
    // A constraint goes silently with its table, whichever way it was found first.
    finished.removeIf(f ->
        f.item instanceof DropItem.Constraint c
            && found.containsKey(new DropItem.Id("relation", c.entry().tableOid(), 0)));
    Collections.reverse(finished);
    List<Found> told = new ArrayList<>();
    for (Found f : finished) {
      if (!f.isAutomatic && !originals.contains(f.item.id())) {
        told.add(f);
      }
    }
    if (!told.isEmpty()) {
      tell(targets, told, isCascade);
    }
    return finished.stream().map(f -> f.item).toList();
  }

  private void visit(Edge edge, Map<DropItem.Id, Found> found, List<Found> finished) {
    Found known = found.get(edge.dependent().id());
    if (known != null) {
      known.isAutomatic |= edge.isAutomatic();
      return;
    }
    Found made = new Found(edge.dependent(), edge.isAutomatic(), edge.onWhat());
    found.put(edge.dependent().id(), made);
    List<Edge> edges = new ArrayList<>(dependents(edge.dependent()));
    edges.sort(NEWEST_FIRST);
    edges.forEach(e -> visit(e, found, finished));
    finished.add(made);
  }

  private void tell(List<? extends DropItem> targets, List<Found> told, boolean isCascade) {
    if (isCascade) {
      if (told.size() == 1) {
        context.notice("NOTICE", "00000", "drop cascades to " + describe(told.get(0).item));
        return;
      }
      List<String> cascades = new ArrayList<>();
      told.forEach(f -> cascades.add("drop cascades to " + describe(f.item)));
      context.notice(
          "NOTICE",
          "00000",
          "drop cascades to " + told.size() + " other objects",
          String.join("\n", cascades));
      return;
    }
    List<String> lines = new ArrayList<>();
    told.forEach(f -> lines.add(describe(f.item) + " depends on " + f.onWhat));
    String subject =
        targets.size() == 1
            ? "cannot drop " + describe(targets.get(0)) + " because other objects depend on it"
            : "cannot drop desired object(s) because other objects depend on them";
    throw new SqlException(
        SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
        subject,
        String.join("\n", lines),
        "Use DROP ... CASCADE to drop the dependent objects too.");
  }

  /** Returns how messages name an object. */
  String describe(DropItem item) {
    return switch (item) {
      case DropItem.Relation r ->
          switch (r.entry()) {
            case TableEntry t -> "table " + context.shown(t);
            case ViewEntry v -> "view " + context.shown(v);
            case IndexEntry i -> "index " + context.shown(i);
            case SequenceEntry s -> "sequence " + context.shown(s);
            case VirtualTable v -> "view " + context.shown(v);
          };
      case DropItem.Constraint c ->
          "constraint "
              + ObjectNaming.quote(c.entry().name())
              + " on table "
              + context.shown(context.catalog().relationByOid(c.entry().tableOid()));
      case DropItem.Column c ->
          "column "
              + c.entry().name()
              + " of "
              + (c.relation() instanceof ViewEntry ? "view " : "table ")
              + context.shown(c.relation());
      case DropItem.Default d ->
          "default value for column " + d.column().name() + " of table " + context.shown(d.table());
      case DropItem.Schema s -> "schema " + ObjectNaming.quote(s.entry().name());
      case DropItem.Type t ->
          "type " + context.shown(context.catalog().types().byOid(t.entry().oid()));
      case DropItem.Installed e -> "extension " + e.entry().name();
    };
  }

  private List<Edge> dependents(DropItem item) {
    return switch (item) {
      case DropItem.Relation r -> ofRelation(r);
      case DropItem.Constraint c -> ofConstraint(c);
      case DropItem.Column c -> ofColumn(c);
      case DropItem.Default d -> List.of();
      case DropItem.Schema s -> ofSchema(s);
      case DropItem.Type t -> ofType(t);
      case DropItem.Installed e -> ofExtension(e);
    };
  }

  private List<Edge> ofRelation(DropItem.Relation item) {
    RelationEntry relation = item.entry();
    CatalogVersion catalog = context.catalog();
    String what = describe(item);
    List<Edge> result = new ArrayList<>();
    for (ConstraintEntry reference : catalog.referencesTo(relation.oid())) {
      if (reference.tableOid() != relation.oid()) {
        result.add(new Edge(new DropItem.Constraint(reference), false, what));
      }
    }
    for (RelationEntry other : catalog.relations()) {
      switch (other) {
        case ViewEntry view when uses(view, relation.oid()) ->
            result.add(new Edge(new DropItem.Relation(view), false, what));
        case SequenceEntry s when s.ownedByTable() == relation.oid() ->
            result.add(new Edge(new DropItem.Relation(s), true, what));
        case IndexEntry i when i.tableOid() == relation.oid() ->
            result.add(new Edge(new DropItem.Relation(i), true, what));
        case TableEntry t when t.oid() == relation.oid() -> addOwn(t, what, result);
        case TableEntry t when relation instanceof SequenceEntry sequence ->
            addDefaults(sequence, t, what, result);
        case ViewEntry v -> {}
        case SequenceEntry s -> {}
        case IndexEntry i -> {}
        case TableEntry t -> {}
        case VirtualTable v -> {}
      }
    }
    return result;
  }

  /** What goes with a table anyway, even if something else it depends on goes as well. */
  private static void addOwn(TableEntry table, String what, List<Edge> out) {
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && column.defaultSql() != null) {
        out.add(new Edge(new DropItem.Default(table, column), true, what));
      }
    }
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.ForeignKey) {
        out.add(new Edge(new DropItem.Constraint(constraint), true, what));
      }
    }
  }

  private static void addDefaults(
      SequenceEntry sequence, TableEntry table, String what, List<Edge> out) {
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && SequenceDefaults.reads(column, sequence)) {
        out.add(new Edge(new DropItem.Default(table, column), false, what));
      }
    }
  }

  private List<Edge> ofConstraint(DropItem.Constraint item) {
    List<Edge> result = new ArrayList<>();
    if (item.entry() instanceof ConstraintEntry.Key key) {
      if (key.isPrimary()) {
        addGroupings(key, describe(item), result);
      }
      String index = "index " + context.shown(context.catalog().relationByOid(key.indexOid()));
      for (ConstraintEntry reference : context.catalog().referencesTo(key.tableOid())) {
        if (reference instanceof ConstraintEntry.ForeignKey fk
            && fk.referencedIndex() == key.indexOid()) {
          result.add(new Edge(new DropItem.Constraint(fk), false, index));
        }
      }
    }
    return result;
  }

  /** The views whose GROUP BY is only right because of a primary key. */
  private void addGroupings(ConstraintEntry.Key key, String what, List<Edge> out) {
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof ViewEntry view
          && uses(view, key.tableOid())
          && context.deparser().neededKeys(view).contains(key.oid())) {
        out.add(new Edge(new DropItem.Relation(view), false, what));
      }
    }
  }

  /** Which columns a view uses is not kept; one that uses the relation counts as using all. */
  private List<Edge> ofColumn(DropItem.Column item) {
    String what = describe(item);
    List<Edge> result = new ArrayList<>();
    for (ConstraintEntry reference : context.catalog().referencesTo(item.relation().oid())) {
      if (reference instanceof ConstraintEntry.ForeignKey fk
          && fk.tableOid() != item.relation().oid()
          && fk.referencedColumns().contains(item.entry().number())) {
        result.add(new Edge(new DropItem.Constraint(fk), false, what));
      }
    }
    if (item.relation() instanceof TableEntry table) {
      addOwn(table, item.entry(), what, result);
      ColumnUses.generatedFrom(context, table, item.entry())
          .forEach(c -> result.add(new Edge(new DropItem.Column(table, c), false, what)));
    }
    for (RelationEntry other : context.catalog().relations()) {
      if (other instanceof ViewEntry view && uses(view, item.relation().oid())) {
        result.add(new Edge(new DropItem.Relation(view), false, what));
      }
    }
    return result;
  }

  /** What goes with a column anyway. */
  private void addOwn(TableEntry table, ColumnEntry column, String what, List<Edge> out) {
    if (column.defaultSql() != null && column.generated() == 0) {
      out.add(new Edge(new DropItem.Default(table, column), true, what));
    }
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Check
          && ColumnUses.uses(context, table, constraint, column)) {
        out.add(new Edge(new DropItem.Constraint(constraint), true, what));
      }
    }
  }

  private List<Edge> ofSchema(DropItem.Schema item) {
    String what = describe(item);
    List<Edge> result = new ArrayList<>();
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation.schemaOid() == item.entry().oid() && !(relation instanceof IndexEntry)) {
        result.add(new Edge(new DropItem.Relation(relation), false, what));
      }
    }
    for (TypeEntry type : context.catalog().userTypes()) {
      if (type.schemaOid() == item.entry().oid()) {
        result.add(new Edge(new DropItem.Type(type), false, what));
      }
    }
    for (ExtensionEntry extension : context.catalog().extensions()) {
      if (extension.schemaOid() == item.entry().oid()) {
        Extension code = ExtensionDdl.find(extension.name());
        result.add(new Edge(new DropItem.Installed(extension, code), false, what));
      }
    }
    return result;
  }

  /** The columns of a type or of arrays of it, and views that show any. */
  private List<Edge> ofType(DropItem.Type item) {
    String what = describe(item);
    int oid = item.entry().oid();
    List<Edge> result = new ArrayList<>();
    Map<Integer, String> names = Map.of(oid, what, oid - 1, what + "[]");
    addColumns(names, result);
    for (TypeEntry other : context.catalog().userTypes()) {
      if (other instanceof TypeEntry.Domain domain && names.containsKey(domain.parent())) {
        result.add(new Edge(new DropItem.Type(domain), false, names.get(domain.parent())));
      }
    }
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof ViewEntry view && casts(view, names.keySet())) {
        result.add(new Edge(new DropItem.Relation(view), false, what));
      }
    }
    new TypeTexts(context, item.entry()).users().forEach(u -> result.add(new Edge(u, false, what)));
    return result;
  }

  /** Tells whether the query of a view makes values of types. */
  private boolean casts(ViewEntry view, Set<Integer> types) {
    boolean[] found = new boolean[1];
    Relations.walkExpressions(
        context.bindView(view).relation(),
        top ->
            Expressions.walk(
                top,
                e ->
                    found[0] |=
                        !(e instanceof BoundExpr.ColumnRef) && types.contains(e.type().oid())));
    return found[0];
  }

  /**
   * Adds the columns of types, and the views that show any.
   *
   * @param types what to call each type, by oid
   */
  private void addColumns(Map<Integer, String> types, List<Edge> out) {
    for (RelationEntry relation : context.catalog().relations()) {
      boolean isTable = relation instanceof TableEntry;
      if (!isTable && !(relation instanceof ViewEntry)) {
        continue;
      }
      for (ColumnEntry column : relation.columns()) {
        String on = column.isDropped() ? null : types.get(column.type().oid());
        if (on != null) {
          DropItem user =
              isTable ? new DropItem.Column(relation, column) : new DropItem.Relation(relation);
          out.add(new Edge(user, false, on));
        }
      }
    }
  }

  private List<Edge> ofExtension(DropItem.Installed item) {
    Map<Integer, String> types = new HashMap<>();
    item.extension().types().forEach(t -> types.put(t.oid(), "type " + t.name()));
    List<Edge> result = new ArrayList<>();
    addColumns(types, result);
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof IndexEntry index && !isInTypes(index, types.keySet())) {
        boolean isOfMethod =
            item.extension().indexMethods().stream().anyMatch(m -> m.name().equals(index.method()));
        if (isOfMethod) {
          result.add(
              new Edge(new DropItem.Relation(index), false, "access method " + index.method()));
        }
      }
    }
    return result;
  }

  /** Tells whether an index goes with a column of the types anyway. */
  private boolean isInTypes(IndexEntry index, Set<Integer> types) {
    RelationEntry table = context.catalog().relationByOid(index.tableOid());
    return index.keys().stream()
        .anyMatch(k ->
            k.column() > 0 && types.contains(table.columns().get(k.column() - 1).type().oid()));
  }

  /** Tells whether a view's query, without the views in it, uses a relation. */
  public boolean uses(ViewEntry view, int oid) {
    Set<Integer> direct = new HashSet<>(used(view));
    for (int other : Set.copyOf(direct)) {
      // What a view in the query uses is that view's dependency.
      if (context.catalog().relationByOid(other) instanceof ViewEntry inner) {
        direct.removeAll(used(inner));
      }
    }
    return direct.contains(oid);
  }

  private Set<Integer> used(ViewEntry view) {
    return usedByView.computeIfAbsent(
        view.oid(),
        oid -> {
          Set<Integer> result = new HashSet<>();
          for (BoundStatement.TableUse use : context.bindView(view).tables()) {
            result.add(use.oid());
          }
          return result;
        });
  }
}
