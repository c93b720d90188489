package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.IndexStatement;
import io.quarkgres.engine.ast.SequenceOption;
import io.quarkgres.engine.ast.SourceExpression;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.ast.TableElement;
import io.quarkgres.engine.ast.TableElement.LikeOption;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.ObjectDefinitions;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.index.IndexDdl;
import io.quarkgres.engine.parse.Parser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * LIKE in CREATE TABLE: the columns, and what INCLUDING copies besides them: constraints, indexes,
 * comments. The texts in the catalog name columns, which are called the same in the copy. Used by
 * the session's thread.
 */
final class LikeCopy {
  private static final int PG_CLASS = 1259;
  private static final int PG_CONSTRAINT = 2606;

  private final DdlContext context;
  private final TableEntry source;
  private final Set<LikeOption> wanted;

  LikeCopy(DdlContext context, TableEntry source, Set<LikeOption> wanted) {
    this.context = context;
    this.source = source;
    this.wanted = wanted;
  }

  /** Adds the columns of a table to a new one, and what else is to be copied of it. */
  static void add(
      DdlContext context, OwnedSequences sequences, TableDraft draft, TableElement.Like like) {
    RelationEntry source = context.find(like.table());
    if (source == null) {
      throw context.undefinedRelation(like.table()).withPosition(like.table().position());
    }
    if (!(source instanceof TableEntry) && !(source instanceof ViewEntry)) {
      throw DdlErrors.notBuilt("LIKE of this relation");
    }
    if (!context.rights().onRelation(source, Privilege.SELECT, false)) {
      throw Rights.denied(source).withPosition(like.position());
    }
    Set<LikeOption> wanted = Set.copyOf(like.including());
    for (ColumnEntry c : source.columns()) {
      if (!c.isDropped()) {
        draft.add(column(context, sequences, draft, c, source, wanted));
      }
    }
    if (source instanceof TableEntry table) {
      draft.copies.add(new LikeCopy(context, table, wanted));
    }
  }

  private static ColumnEntry column(
      DdlContext context,
      OwnedSequences sequences,
      TableDraft draft,
      ColumnEntry c,
      RelationEntry source,
      Set<LikeOption> wanted) {
    boolean isGenerated = c.generated() != 0 && wanted.contains(LikeOption.GENERATED);
    boolean hasDefault = c.generated() == 0 && wanted.contains(LikeOption.DEFAULTS);
    boolean isIdentity = c.identity() != 0 && wanted.contains(LikeOption.IDENTITY);
    int number = draft.columns.size() + 1;
    if (isIdentity) {
      SequenceEntry old = OwnedSequences.of(context, source.oid(), c.number());
      sequences.make(draft, c.name(), number, c.type().oid(), options(old));
    }
    return new ColumnEntry(
        c.name(),
        number,
        c.type(),
        c.typmod(),
        c.collation(),
        c.isNotNull(),
        isGenerated || hasDefault ? c.defaultSql() : null,
        isIdentity ? c.identity() : (char) 0,
        isGenerated ? c.generated() : (char) 0,
        false);
  }

  /** Returns the options that make a sequence like another. */
  static List<SequenceOption> options(SequenceEntry s) {
    return List.of(
        new SequenceOption.Increment(Long.toString(s.increment()), -1),
        new SequenceOption.MinValue(Long.toString(s.minimum()), -1),
        new SequenceOption.MaxValue(Long.toString(s.maximum()), -1),
        new SequenceOption.Start(Long.toString(s.start()), -1),
        new SequenceOption.Cache(Long.toString(s.cache()), -1),
        new SequenceOption.Cycle(s.isCycling(), -1));
  }

  private String column(int number) {
    return source.columns().get(number - 1).name();
  }

  /** Returns the checks and keys, to be added to the new table. */
  List<TableConstraint> constraints() {
    List<TableConstraint> result = new ArrayList<>();
    for (ConstraintEntry constraint : source.constraints()) {
      switch (constraint) {
        case ConstraintEntry.Check c -> {
          if (wanted.contains(LikeOption.CONSTRAINTS)) {
            SourceExpression condition =
                new SourceExpression(Parser.parseExpression(c.conditionSql()), c.conditionSql());
            result.add(new TableConstraint.Check(c.name(), condition, false, false, -1));
          }
        }
        case ConstraintEntry.Key c -> {
          if (wanted.contains(LikeOption.INDEXES)) {
            result.add(key(c));
          }
        }
        case ConstraintEntry.ForeignKey c -> {}
      }
    }
    return result;
  }

  private TableConstraint.Key key(ConstraintEntry.Key c) {
    IndexEntry index = (IndexEntry) context.catalog().relationByOid(c.indexOid());
    return new TableConstraint.Key(
        null,
        c.isPrimary(),
        index.nullsNotDistinct(),
        c.columns().stream().map(this::column).toList(),
        new TableConstraint.IndexParameters(
            index.includedColumns().stream().map(this::column).toList(), List.of(), null),
        new TableConstraint.Deferral(c.isDeferrable(), c.isInitiallyDeferred()),
        -1);
  }

  /** Adds what needs the new table to be there. */
  void finish(int tableOid, IndexDdl indexes) {
    if (wanted.contains(LikeOption.INDEXES)) {
      for (IndexEntry index : context.catalog().indexesOf(source.oid())) {
        boolean isOfConstraint =
            source.constraints().stream()
                .anyMatch(
                    c -> c instanceof ConstraintEntry.Key key && key.indexOid() == index.oid());
        if (!isOfConstraint) {
          copy(index, tableOid, indexes);
        }
      }
    }
    if (wanted.contains(LikeOption.COMMENTS)) {
      copyComments(tableOid);
    }
  }

  private void copy(IndexEntry index, int tableOid, IndexDdl indexes) {
    RelationEntry table = context.catalog().relationByOid(tableOid);
    String on = ObjectNaming.quote(table.schema()) + "." + ObjectNaming.quote(table.name());
    String sql = ObjectDefinitions.index(context.services(), index, on, false);
    String named = " INDEX " + ObjectNaming.quote(index.name()) + " ON ";
    String unnamed = sql.replace(named, " INDEX ON ");
    IndexStatement.CreateIndex create =
        (IndexStatement.CreateIndex) Parser.parse(unnamed).get(0).statement();
    Set<Integer> before = oids(tableOid);
    indexes.create(create);
    String comment = comment(PG_CLASS, index.oid(), 0);
    if (comment != null && wanted.contains(LikeOption.COMMENTS)) {
      for (int oid : oids(tableOid)) {
        if (!before.contains(oid)) {
          context.change(editor -> editor.comment(PG_CLASS, oid, 0, comment));
        }
      }
    }
  }

  private Set<Integer> oids(int tableOid) {
    Set<Integer> result = new HashSet<>();
    context.catalog().indexesOf(tableOid).forEach(i -> result.add(i.oid()));
    return result;
  }

  private String comment(int classOid, int oid, int part) {
    return context.catalog().comments().get(classOid + "/" + oid + "/" + part);
  }

  private void copyComments(int tableOid) {
    CatalogVersion catalog = context.catalog();
    TableEntry made = (TableEntry) catalog.relationByOid(tableOid);
    for (ColumnEntry old : source.columns()) {
      String text = comment(PG_CLASS, source.oid(), old.number());
      for (ColumnEntry c : made.columns()) {
        if (text != null && !old.isDropped() && c.name().equals(old.name())) {
          context.change(editor -> editor.comment(PG_CLASS, tableOid, c.number(), text));
        }
      }
    }
    for (ConstraintEntry old : source.constraints()) {
      String text = comment(PG_CONSTRAINT, old.oid(), 0);
      for (ConstraintEntry c : made.constraints()) {
        if (text != null && c.name().equals(old.name())) {
          context.change(editor -> editor.comment(PG_CONSTRAINT, c.oid(), 0, text));
        }
      }
    }
  }
}
